"""`wol serve` as a whole, as a process: what it prints, what it serves while texts are written, and how it ends."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from harness.processes import children, ended
from harness.served import Answer, Lines, parse, talk
from harness.site import CONFIG, Ran, Site

POST = "---\ntitle: {}\ndate: 2026-01-01\n---\n{}\n"
FILES = {"content/about.md": "About me", "content/posts/a.md": POST.format("A", "First text")}
PATIENCE = 20.0


@dataclass
class Running:
    """A `wol serve` that runs, and the first line that it has printed."""

    process: subprocess.Popen[str]
    url: str
    port: int

    def get(self, path: str) -> Answer:
        """Ask for a path."""
        return parse(talk(self.port, f"GET {path} HTTP/1.1\r\nHost: localhost:{self.port}\r\nConnection: close\r\n\r\n".encode()))

    def until(self, path: str, text: str) -> Answer:
        """Ask for a path until a text is in it."""
        end = time.monotonic() + PATIENCE
        while text not in (found := self.get(path)).body.decode():
            assert time.monotonic() < end, found
            time.sleep(0.01)
        return found

    def end(self, number: int = signal.SIGTERM, *, to_all: bool = False) -> tuple[float, str, str]:
        """Send a signal; gives the seconds until the end, and what was printed since the first line."""
        began = time.monotonic()
        (os.killpg if to_all else os.kill)(self.process.pid, number)
        out, err = self.process.communicate(timeout=PATIENCE)
        return time.monotonic() - began, out, err


@contextmanager
def serve(site: Site, *options: str, before: str = "") -> Iterator[Running]:
    """Run `wol serve` at a free port, from the line that it prints first; it is killed if the test does not end it."""
    process = site.process("serve", "--port", "0", *options, before=before, COVERAGE_PROCESS_START="")
    try:
        assert process.stdout is not None
        first = process.stdout.readline()
        found = re.match(r"(http://[^ ]+:(\d+)\S*/)  Ctrl-C ends it.\n\Z", first)
        assert found, (first, process.communicate())
        yield Running(process, found[1], int(found[2]))
    finally:
        if process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                stream.close()


def is_free(port: int) -> bool:
    """Whether nobody listens at a port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def save(site: Site, path: str, text: str) -> None:
    """Save a file as careful editors do: in one step, so that a build under way sees the old text or the new one."""
    site.write("saved", text)
    (site.root / "saved").replace(site.root / path)


def is_wrong(ran: Ran, code: str) -> bool:
    """Whether a command has ended with this error."""
    return ran.code == 1 and f"error[{code}]: " in ran.stderr


@pytest.fixture
def tabs() -> Iterator[Callable[..., Lines]]:
    """Give `tabs(running, path, tag)`: the line of a tab, which is closed in the end."""
    opened: list[Lines] = []

    def make(one: Running, path: str, tag: str = "") -> Lines:
        opened.append(Lines(one.port, path, tag))
        return opened[-1]

    yield make
    for line in opened:
        line.close()


def test_a_session(site: Callable[..., Site], tabs: Callable[..., Lines]) -> None:
    """Write, save, see; break, mend; drafts show; `wol build` beside it makes the public site, with nothing of the preview in it; Ctrl-C ends all."""
    here = site({**FILES, "content/posts/d.md": "---\ntitle: D\ndate: 2026-01-02\ndraft: true\n---\nzqdraft"})
    with serve(here) as one:
        page = one.until("/2026/01/a/", "First text")
        assert f'href="{one.url}2026/01/a/"' in page.text
        assert "zqdraft" in one.get("/2026/01/d/").text
        line = tabs(one, "/2026/01/a/", page.headers["etag"].strip('"'))
        assert set(line.greeting()) == {"fine", "warnings"}
        save(here, "content/posts/a.md", POST.format("A", "Second text"))
        assert line.next(but=("warnings", "files"))[0] == "changed"
        assert "Second text" in one.get("/2026/01/a/").text
        assert line.next(but=("files",))[0] == "warnings", "the build has ended"
        save(here, "content/posts/a.md", "---\ntitle: A\ndate: 20/01/2026\n---\nThird")
        name, errors = line.next(but=("warnings", "files", "changed"))
        assert (name, errors[0]["path"], errors[0]["line"], errors[0]["excerpt"]) == ("errors", "content/posts/a.md", 3, "date: 20/01/2026")
        assert errors[0]["fix"] == "date: 2026-01-20"
        assert "Second text" in one.get("/2026/01/a/").text
        save(here, "content/posts/a.md", POST.format("A", "Fourth text"))
        assert line.next(but=("warnings", "files", "changed")) == ("fine", {})
        assert "Fourth text" in one.get("/2026/01/a/").text
        assert here.run("build").code == 0
        for path, data in here.files().items():
            assert b"zqdraft" not in data, path
            assert b"live.js" not in data, path
            assert b"127.0.0.1" not in data, path
        assert [path for path, data in here.files(".wol/preview").items() if b"live.js" in data] == []
        second = here.run("serve")
        assert is_wrong(second, "serve-running")
        assert f"being served already: {one.url} (process {one.process.pid}, since " in second.stderr
        builders = children(one.process.pid)
        seconds, out, err = one.end(signal.SIGINT, to_all=True)
        assert seconds < 2
        assert one.process.returncode == 130
        assert out.count("\n") == 3, out
        assert err.endswith("\nStopped.\n")
        assert err.count("error[date-invalid]") == 1
        assert "Traceback" not in err
        assert ended(builders)
        assert is_free(one.port)
        assert "process" not in (here.root / ".wol/serving").read_text()


SLOW = "{% for a in range(5000) %}{% for b in range(5000) %}{% endfor %}{% endfor %}{{ page.title }}"


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)])
def test_the_end_in_the_middle_of_a_build(site: Callable[..., Site], tabs: Callable[..., Lines], number: int, code: int) -> None:
    """With tabs open, requests waiting and a build that takes long: it ends soon, without a sound."""
    here = site({**FILES, "themes/mine/templates/page.html": SLOW}, CONFIG + "[theme]\nuse = ['mine']\n")
    with serve(here) as one:
        for _ in range(5):
            tabs(one, "/about/")
        waiting = socket.create_connection(("127.0.0.1", one.port))
        waiting.sendall(b"GET /about/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
        builders = children(one.process.pid)
        assert builders
        seconds, out, err = one.end(number)
        assert seconds < 2
        assert (one.process.returncode, out, err) == (code, "", "\nStopped.\n")
        assert ended(builders)
        assert is_free(one.port)
        waiting.close()


def test_broken_from_the_start(site: Callable[..., Site]) -> None:
    """A site that cannot be built yet is served all the same: with what is wrong, then with itself; its settings may change on the way."""
    here = site(FILES, CONFIG.replace('title = "A Site"', "title = 5"))
    with serve(here, "--host", "localhost") as one:
        found = one.until("/about/", "The site cannot be built")
        assert found.status == 503
        assert "config-value" in found.text
        here.write("site.toml", CONFIG)
        assert one.until("/about/", "About me").status == 200
        here.write("site.toml", CONFIG.replace("https://example.org", "https://example.org/blog"))
        one.until("/blog/about/", "About me")
        assert one.get("/about/").status == 404
        assert one.get("/").headers["location"] == "/blog/"
        assert one.end()[0] < 2


def test_a_port_that_is_taken(site: Callable[..., Site]) -> None:
    """The next that is free is taken, and said so."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        here = site(FILES, f"{CONFIG}[serve]\nport = {port}\n")
        process = here.process("serve", COVERAGE_PROCESS_START="")
        assert process.stdout is not None
        found = re.match(r"http://127\.0\.0\.1:(\d+)/", process.stdout.readline())
        assert found
        assert port < int(found[1]) < port + 20
        process.terminate()
        assert f"Port {port} is taken; {found[1]} is the next one that is free." in process.communicate(timeout=PATIENCE)[1]


def test_open_to_others(site: Callable[..., Site]) -> None:
    """To be reached from other machines it must be asked for, and warns."""
    with serve(site(FILES), "--host", "0.0.0.0", "--no-drafts") as one:
        assert one.url == f"http://127.0.0.1:{one.port}/"
        one.until("/about/", "About me")
        address = b"GET /about/ HTTP/1.1\r\nHost: %b\r\nConnection: close\r\n\r\n"
        assert parse(talk(one.port, address % b"192.168.7.7:1")).status == 200
        assert parse(talk(one.port, address % b"evil.example")).status == 403
        assert re.search(rf"Other machines in your network can see this site too: http://[^/]+:{one.port}/\n", one.end()[2])


def test_the_browser_is_opened(site: Callable[..., Site], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the address that is printed, by whatever the system calls its browser."""
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/seen.tmp && mv {tmp_path}/seen.tmp {tmp_path}/seen\n')
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{browser} %s")
    with serve(site(FILES), "--open") as one:
        end = time.monotonic() + PATIENCE
        while not (tmp_path / "seen").exists() and time.monotonic() < end:
            time.sleep(0.01)
        assert (tmp_path / "seen").read_text().strip() == one.url
        assert one.end()[0] < 2


def test_records_that_are_lost(site: Callable[..., Site]) -> None:
    """What lies in the preview's own folder is wol's, also when it has forgotten that."""
    here = site(FILES)
    with serve(here) as one:
        one.until("/about/", "About me")
        one.end()
    here.remove(".wol/state")
    here.write(".wol/preview/left/index.html", "left over")
    with serve(here) as one:
        one.until("/about/", "About me")
        assert one.get("/left/").status == 404
        assert "error" not in one.end()[2]


def test_the_terminal_may_be_closed(site: Callable[..., Site]) -> None:
    """What `nohup` says holds."""
    with serve(site(FILES), before="import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)") as one:
        one.until("/about/", "About me")
        one.process.send_signal(signal.SIGHUP)
        time.sleep(0.2)
        assert one.get("/about/").status == 200
        one.end()
        assert one.process.returncode == 143


def test_nobody_reads(site: Callable[..., Site]) -> None:
    """Where the output is a pipe that was closed, the next line ends it."""
    here = site(FILES)
    with serve(here) as one:
        assert one.process.stdout is not None
        one.process.stdout.close()
        here.write("content/about.md", "New")
        assert one.process.wait(PATIENCE) == 141


def test_wrong_use(site: Callable[..., Site], tmp_path: Path) -> None:
    """Hosts that are not ours, ports that are none, addresses that cannot be."""
    here = site(FILES)
    assert is_wrong(here.run("serve", "--host", "203.0.113.7"), "serve-address")
    assert is_wrong(here.run("serve", "--host", "a..b"), "serve-address")
    assert here.run("serve", "--port", "70000").code == 2
    assert here.run("serve", "--base-url", "nonsense").code == 2
    (tmp_path / "empty").mkdir()
    assert is_wrong(here.run("--root", str(tmp_path / "empty"), "serve"), "config-missing")
