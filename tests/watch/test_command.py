"""`wol watch` as it is used: in a terminal, beside other commands, and for hours."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

from harness.processes import children, ended
from harness.site import CONFIG, Site, differences
from harness.watched import until

POST = "---\ntitle: {}\ndate: 2026-11-02\n---\n{}\n"
FILES: dict[str, str | bytes] = {"content/posts/a.md": POST.format("A", "one"), "content/about.md": "About"}
SLOW = "{% for a in '0123456789' %}" * 12 + "{% endfor %}" * 12
NO_WATCHES = """
import ctypes, errno
from watchdog.observers import inotify_c
real, left = inotify_c.inotify_add_watch, {}
def limited(*arguments):
    global left
    if left <= 0:
        ctypes.set_errno(errno.ENOSPC)
        return -1
    left -= 1
    return real(*arguments)
inotify_c.inotify_add_watch = limited
"""
NO_INSTANCES = """
import ctypes, errno
from watchdog.observers import inotify_c
def none():
    ctypes.set_errno(errno.EMFILE)
    return -1
inotify_c.inotify_init = none
"""
SOON = "\nfrom wol.watch import events\nevents.POLL = 0.1\n"


class Command:
    """A running `wol watch`, with what it has said so far."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.out = ""
        self.err = ""
        self._threads = [Thread(target=self._read, args=(name,), daemon=True) for name in ("out", "err")]
        for thread in self._threads:
            thread.start()

    def _read(self, name: str) -> None:
        stream = self.process.stdout if name == "out" else self.process.stderr
        assert stream is not None
        for line in stream:
            setattr(self, name, getattr(self, name) + line)

    def says(self, text: str, times: int = 1) -> None:
        """Wait until it has said something so often."""
        until(lambda: (self.out + self.err).count(text) >= times, f"{text!r} in {self.out!r} and {self.err!r}")

    def end(self, sent: signal.Signals = signal.SIGINT, *, to_all: bool = False) -> int:
        """End it, and give the exit code when all is said."""
        (os.killpg if to_all else os.kill)(self.process.pid, sent)
        code = self.process.wait(20)
        for thread in self._threads:
            thread.join(20)
        return code


@contextmanager
def watching(site: Site, *arguments: str, before: str = "") -> Iterator[Command]:
    """Run `wol watch` for a while."""
    command = Command(site.process("watch", *arguments, before=before))
    try:
        yield command
    finally:
        if command.process.poll() is None:
            command.process.kill()
        command.process.wait(20)
        for stream in (command.process.stdout, command.process.stderr):
            assert stream is not None
            stream.close()


def shows(site: Site, path: str, text: str) -> None:
    """Wait until a page has a text."""
    until(lambda: (site.output / path).is_file() and text in site.read(path), f"{text} in {path}")


def test_what_it_says(site: Callable[..., Site]) -> None:
    """The summary of the first build, a line for each that changes something, errors as `wol build` tells them, and when all is good again."""
    here = site(FILES)
    with watching(here) as command:
        command.says("Watching for changes; Ctrl-C ends it.\n")
        here.write("content/posts/a.md", POST.format("A", "two"))
        command.says("written", 2)
        here.write("content/posts/a.md", "---\ntitle: A\ndate: soon\n---\n")
        command.says("1 error;")
        here.write("content/posts/a.md", POST.format("A", "three"))
        command.says("Good again.")
        assert command.end() == 130
    out = re.sub(r"\d\d:\d\d:\d\d", "TIME", re.sub(r"\d+\.\d\d s", "N s", command.out)).splitlines()
    assert re.fullmatch(r"\d+ pages in public/: \d+ rendered, \d+ written, N s", out[0])
    assert out[1] == "Watching for changes; Ctrl-C ends it."
    assert re.fullmatch(r"TIME content/posts/a.md: \d+ rendered, \d+ written, N s", out[2])
    assert re.fullmatch(r"TIME content/posts/a.md: Good again. \d+ rendered, \d+ written, N s", out[-1])
    err = re.sub(r"\d\d:\d\d:\d\d", "TIME", command.err)
    assert err.startswith(
        "content/posts/a.md:3:7: error[date-invalid]: `soon` is not a date that wol can read\n  | date: soon\n  |       ^\n"
    )
    assert err.endswith("TIME content/posts/a.md: 1 error; nothing is changed in the site\n\nStopped.\n")


def test_errors_at_the_start(site: Callable[..., Site]) -> None:
    """A site that cannot be built is watched all the same; warnings are told once, and `-q` tells errors only."""
    files = {**FILES, "content/undated.md": "---\ntitle: U\nkind: post\n---\nx"}
    here, other = site(files, CONFIG + "[oh\n"), site(files, CONFIG + "[oh\n")
    with watching(here) as command, watching(other, "-q") as quiet:
        command.says("error[config-syntax]")
        command.says("Watching for changes")
        quiet.says("error[config-syntax]")
        here.write("site.toml", CONFIG)
        other.write("site.toml", CONFIG)
        shows(other, "about/index.html", "About")
        command.says("Good again.")
        here.write("content/about.md", "About, again")
        command.says("content/about.md: ")
        shows(here, "about/index.html", "About, again")
        assert (command.end(), quiet.end()) == (130, 130)
    assert command.err.count("warning[post-undated]") == 1
    assert command.out.count("; 1 warning") == 2
    assert quiet.out == ""
    assert re.fullmatch(r"site.toml:\d.*error\[config-syntax\][\s\S]*\n\nStopped\.\n", quiet.err)


@pytest.mark.parametrize(
    ("busy", "sent", "to_all", "code"),
    [
        (False, signal.SIGINT, True, 130),
        (False, signal.SIGHUP, True, 129),
        (True, signal.SIGINT, True, 130),
        (True, signal.SIGTERM, False, 143),
    ],
)
def test_the_end(site: Callable[..., Site], busy: bool, sent: signal.Signals, to_all: bool, code: int) -> None:
    """Ctrl-C, a polite request and a closed terminal end it within two seconds, with all its processes and without noise."""
    here = site({f"content/posts/p{n}.md": POST.format(f"P{n}", "x") for n in range(100)})
    here.build(at=None, jobs=1)
    before = here.files()
    if busy:
        here.write("themes/default/templates/post.html", SLOW)
    with watching(here) as command:
        if busy:
            until(lambda: any(len(children(child)) >= 2 for child in children(command.process.pid)))
        else:
            command.says("Watching for changes")
        started = {p for child in children(command.process.pid) for p in (child, *children(child))}
        began = time.monotonic()
        assert command.end(sent, to_all=to_all) == code
        assert time.monotonic() - began < 2
        assert ended(frozenset(started))
    assert command.err == "\nStopped.\n"
    assert here.files() == before


@pytest.mark.parametrize("busy", [False, True], ids=["waiting", "building"])
def test_a_kill(site: Callable[..., Site], busy: bool) -> None:
    """Where the process is killed that watches, the one that builds and its workers end too."""
    here = site({f"content/posts/p{n}.md": POST.format(f"P{n}", "x") for n in range(100)})
    here.build(at=None, jobs=1)
    if busy:
        here.write("themes/default/templates/post.html", SLOW)
    with watching(here) as command:
        if busy:
            until(lambda: any(len(children(child)) >= 2 for child in children(command.process.pid)))
        else:
            command.says("Watching for changes")
        started = {p for child in children(command.process.pid) for p in (child, *children(child))}
        assert started
        command.end(signal.SIGKILL)
        assert ended(frozenset(started))


def test_nobody_reads_what_it_says(site: Callable[..., Site]) -> None:
    """A closed pipe (`wol watch | head -1`) ends it like any command."""
    here = site(FILES)
    process = here.process("watch")
    assert process.stdout is not None
    assert process.stdout.readline()
    process.stdout.close()
    while process.poll() is None:
        here.write("content/about.md", f"About {time.monotonic()}")
        time.sleep(0.2)
    assert process.stderr is not None
    assert (process.wait(20), process.stderr.read()) == (141, "")
    process.stderr.close()


def test_beside_other_commands(site: Callable[..., Site]) -> None:
    """Two of them and builds between: each waits for the others, nothing fails, and the output is that of a clean build."""
    here, clean = site(FILES), site(FILES)
    with watching(here) as one, watching(here) as two:
        one.says("Watching for changes")
        two.says("Watching for changes")
        for number in range(3):
            here.write("a.md", POST.format("A", f"edit {number}"))
            (here.root / "a.md").replace(here.root / "content/posts/a.md")  # at once: whoever builds just now must not find half of it
            build = here.process("build")
            _, err = build.communicate(timeout=60)
            assert (build.returncode, err) == (0, "")
            shows(here, "2026/11/a/index.html", f"edit {number}")
        assert (one.end(), two.end()) == (130, 130)
    assert (one.err, two.err) == ("\nStopped.\n", "\nStopped.\n")
    clean.write("content/posts/a.md", POST.format("A", "edit 2"))
    clean.build(at=None)
    assert not (told := differences(here.files(), clean.files())), told


@pytest.mark.parametrize(
    "before",
    [NO_INSTANCES, NO_WATCHES.format(0), NO_WATCHES.format(50)],
    ids=["instances", "none", "later"],
)
def test_the_limits_of_the_system(site: Callable[..., Site], before: str) -> None:
    """Where it watches no more files, at the start or later, changes are looked for; one line says so."""
    here = site(FILES)
    with watching(here, before=before + SOON) as command:
        command.says("Watching for changes")
        for number in range(60):
            here.write(f"content/n{number}/deep/a.md", f"folder {number}")
        shows(here, "n59/deep/a/index.html", "folder 59")
        command.says("limit of inotify")
        here.write("content/n7/deep/a.md", "edited 7")
        shows(here, "n7/deep/a/index.html", "edited 7")
        here.write("content/new/deep/a.md", "new")
        shows(here, "new/deep/a/index.html", "new")
        command.end()
    assert command.err.count("limit of inotify") == 1
    assert "Traceback" not in command.err


def test_polling_on_demand(site: Callable[..., Site]) -> None:
    """`--poll` needs nothing of the system."""
    here = site(FILES)
    with watching(here, "--poll", before=NO_INSTANCES + SOON) as command:
        command.says("Watching for changes")
        here.write("content/about.md", "About, polled")
        shows(here, "about/index.html", "About, polled")
        command.end()
    assert command.err == "\nStopped.\n"


def spent(process: int) -> float:
    """Give the seconds of CPU that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_idle(site: Callable[..., Site]) -> None:
    """Where nothing is saved, nothing is done: no time of the processor to speak of."""
    here = site(FILES)
    with watching(here) as command:
        command.says("Watching for changes")
        processes = [command.process.pid, *children(command.process.pid)]
        assert len(processes) == 2

        def still() -> bool:
            before = [spent(p) for p in processes]
            time.sleep(0.5)
            return [spent(p) for p in processes] == before

        until(still)  # the second build, and what Python tidies up
        before = [spent(p) for p in processes]
        time.sleep(2)
        assert sum(spent(p) for p in processes) - sum(before) <= 0.02
        command.end()


def memory(process: int) -> int:
    """Give the kilobytes that a process holds in memory."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1])  # type: ignore[index]  # every process has it


@pytest.mark.long
def test_five_hundred_rebuilds(site: Callable[..., Site]) -> None:
    """What is held in memory does not grow with the number of builds: of texts, titles, files that come and go, and errors."""
    here = site({f"content/posts/p{n}.md": POST.format(f"P{n}", "text " * 200) for n in range(200)})
    held: list[list[int]] = []
    with watching(here) as command:
        command.says("Watching for changes")
        for number in range(500):
            here.write("content/posts/p1.md", POST.format(f"P1 {number // 2}", f"edit {number}"))
            if number % 5 == 0:
                here.write(f"content/new{number // 5 % 4}.md", f"new {number}")
            if number % 25 == 0:
                here.write("content/bad.md", "---\ndate: soon\n---\n")
                command.says("1 error", number // 25 + 1)
                here.remove("content/bad.md")
            shows(here, "2026/11/p1/index.html", f"edit {number}")
            if number % 100 == 99:
                held.append([memory(p) for p in (command.process.pid, *children(command.process.pid))])
        command.end()
    for process in zip(*held, strict=True):
        assert process[-1] < process[0] * 1.1 + 4000, held
