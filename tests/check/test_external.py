"""Links to other sites: what is asked, how often, and what is made of the answers."""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

import httpx2
import pytest

from harness.site import CONFIG, Site
from wol import clock
from wol.check import check
from wol.check.external import answers
from wol.check.external.answers import DAY, Answer
from wol.check.external.asking import ask
from wol.check.external.fetch import Visitor
from wol.features import registry

POST = "---\ntitle: A\ndate: 2026-11-20\n---\n"


async def public(host: str) -> Sequence[str]:
    """Resolve every host to a public address, but one that is not there and one that lies within."""
    if host == "nowhere.example":
        raise OSError("Name or service not known")
    return ["10.0.0.7"] if host == "inner.example" else ["93.184.215.14"]


class Web:
    """Other sites: path to status, or to where it leads on. Counts what was asked."""

    def __init__(self, pages: dict[str, int | str], head: dict[str, int] | None = None) -> None:
        self.pages = pages
        self.head = head or {}
        self.asked: list[tuple[str, str]] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        url = str(request.url)
        self.asked.append((request.method, url))
        found = self.head.get(url, self.pages.get(url, 404)) if request.method == "HEAD" else self.pages.get(url, 404)
        if isinstance(found, str):
            return httpx2.Response(302, headers={"Location": found})
        return httpx2.Response(found, content=b"x" * 1000)

    def visitor(self) -> Visitor:
        return Visitor(httpx2.MockTransport(self), public)


def asked(tmp_path: Path, web: Web, *urls: str) -> dict[str, str]:
    """Ask for addresses without a pause."""
    return dict(ask(tmp_path, urls, web.visitor(), pause=0))


ANSWERS: dict[str, tuple[int, str]] = {
    "https://a.example/good": (200, ""),
    "https://a.example/empty": (204, ""),
    "https://a.example/missing": (404, "the host answers 404"),
    "https://a.example/gone": (410, "the host answers 410"),
    "https://a.example/odd": (400, "the host answers 400"),
    "https://a.example/ill": (500, "the host answers 500"),
    "https://a.example/forbidden": (403, ""),
    "https://a.example/login": (401, ""),
    "https://a.example/busy": (429, ""),
    "https://a.example/linked-in": (999, ""),
}


@pytest.mark.parametrize("url", ANSWERS)
def test_what_an_answer_means(tmp_path: Path, url: str) -> None:
    """What is not there is broken; a host that speaks to no programs says nothing of the page."""
    status, told = ANSWERS[url]
    assert asked(tmp_path, Web({url: status}), url) == ({url: told} if told else {})


def test_head_then_get(tmp_path: Path) -> None:
    """A host that does not answer HEAD is asked by GET; one that does is not."""
    web = Web({"https://a.example/": 200, "https://b.example/": 200}, head={"https://b.example/": 405})
    assert asked(tmp_path, web, "https://a.example/", "https://b.example/") == {}
    assert sorted(web.asked) == [("GET", "https://b.example/"), ("HEAD", "https://a.example/"), ("HEAD", "https://b.example/")]


def test_redirects_are_followed_to_a_bound(tmp_path: Path) -> None:
    """A few steps are as good as none; a circle is broken."""
    steps: dict[str, int | str] = {f"https://a.example/{n}": f"/{n + 1}" for n in range(5)}
    web = Web({**steps, "https://a.example/5": 200, "https://a.example/round": "/round"})
    assert asked(tmp_path, web, "https://a.example/0") == {}
    found = asked(tmp_path, web, "https://a.example/round")
    assert found == {"https://a.example/round": "it leads on more than 5 times"}
    assert len([url for _, url in web.asked if url.endswith("round")]) == 6


@pytest.mark.parametrize(
    "to",
    [
        "http://127.0.0.1/",
        "http://localhost:8000/",
        "http://169.254.169.254/",
        "http://[::1]/",
        "http://10.1.2.3/",
        "http://inner.example/",
    ],
)
def test_no_way_into_the_own_network(tmp_path: Path, to: str) -> None:
    """No other site can make this program ask something of the writer's own network, by an address or by a name."""
    web = Web({"https://a.example/": to, to: 200})
    (told,) = asked(tmp_path, web, "https://a.example/").values()
    assert "no public host" in told
    assert {url for _, url in web.asked} == {"https://a.example/"}


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://a.example/", "javascript:alert(1)", "mailto:a@a.example"])
def test_only_web_addresses(tmp_path: Path, to: str) -> None:
    """Nothing but http and https is followed."""
    (told,) = asked(tmp_path, Web({"https://a.example/": to}), "https://a.example/").values()
    assert "no web address" in told


def test_a_host_that_is_not_there(tmp_path: Path) -> None:
    """What cannot be reached is told, and is no defect of wol."""
    (told,) = asked(tmp_path, Web({}), "https://nowhere.example/").values()
    assert told == "there is no connection: Name or service not known"


def test_a_host_that_never_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A visit ends."""

    async def wait(request: httpx2.Request) -> httpx2.Response:
        await asyncio.sleep(60)
        return httpx2.Response(200)

    monkeypatch.setattr("wol.check.external.fetch.PATIENCE", 0.05)
    found = ask(tmp_path, ["https://a.example/"], Visitor(httpx2.MockTransport(wait), public), pause=0)
    assert found == {"https://a.example/": "the host does not answer in time"}


def test_answers_are_kept(tmp_path: Path) -> None:
    """A good link is not asked for again for two weeks, a broken one for half a day; what is no longer linked is forgotten."""
    web = Web({"https://a.example/good": 200})
    urls = ("https://a.example/good", "https://a.example/bad")
    assert list(asked(tmp_path, web, *urls)) == ["https://a.example/bad"]
    web.asked.clear()
    assert list(asked(tmp_path, web, *urls)) == ["https://a.example/bad"]
    assert web.asked == []
    aged = {url: Answer(one.state, one.at - DAY, one.what) for url, one in answers.load(tmp_path).items()}
    answers.save(tmp_path, aged, urls)
    asked(tmp_path, web, *urls)
    assert {url for _, url in web.asked} == {"https://a.example/bad"}
    asked(tmp_path, web, urls[0])
    assert set(answers.load(tmp_path)) == {urls[0]}


def test_the_age_of_an_answer_is_told(tmp_path: Path) -> None:
    """Who reads that a link is broken can see when that was seen."""
    answers.save(tmp_path, {"https://a.example/": Answer("broken", clock.now() - DAY // 8, "the host answers 404")}, ["https://a.example/"])
    assert asked(tmp_path, Web({}), "https://a.example/") == {"https://a.example/": "the host answers 404 (seen 3 hours ago)"}


def test_a_foreign_or_torn_file_counts_as_none(tmp_path: Path) -> None:
    """What was kept is only a help."""
    (tmp_path / "links").write_bytes(b"torn")
    assert asked(tmp_path, Web({"https://a.example/": 200}), "https://a.example/") == {}
    assert set(answers.load(tmp_path)) == {"https://a.example/"}


def test_what_was_learnt_is_kept_when_it_is_stopped(tmp_path: Path) -> None:
    """Ctrl-C loses no answer."""

    def stop(request: httpx2.Request) -> httpx2.Response:
        if request.url.path == "/2":
            raise KeyboardInterrupt
        return httpx2.Response(200)

    urls = [f"https://a.example/{n}" for n in range(4)]
    with pytest.raises(KeyboardInterrupt):
        ask(tmp_path, urls, Visitor(httpx2.MockTransport(stop), public), pause=0)
    assert set(answers.load(tmp_path)) == {urls[0], urls[1]}


def test_hosts_are_asked_slowly(tmp_path: Path) -> None:
    """One host gets one request after the other, with a pause; others do not wait for it."""
    times: list[tuple[float, str]] = []

    def page(request: httpx2.Request) -> httpx2.Response:
        times.append((clock.elapsed(), request.url.host))
        return httpx2.Response(200)

    urls = [f"https://{host}.example/{n}" for host in ("a", "b") for n in range(3)]
    ask(tmp_path, urls, Visitor(httpx2.MockTransport(page), public), pause=0.1)
    for host in ("a.example", "b.example"):
        own = [at for at, name in times if name == host]
        assert min(later - earlier for earlier, later in pairwise(own)) >= 0.09
    assert times[-1][0] - times[0][0] < 0.5


def test_broken_links_are_warnings(site: Callable[..., Site]) -> None:
    """A link that another site does not serve is `check-external`, at its line; nothing else is asked for than what pages link to."""
    body = "See [one](https://a.example/good), [two](https://a.example/missing#part), ![x](https://a.example/x.png).\n"
    here = site(
        {
            "content/posts/a.md": POST + body,
            "content/drafts/d.md": "[three](https://a.example/secret)",
            "content/b.md": "`https://a.example/code` and <mailto:a@a.example>",
        }
    )
    here.build()
    web = Web({"https://a.example/good": 200})
    checked = check(here.root, registry.load, ask=lambda urls: ask(here.root / ".wol", urls, web.visitor(), pause=0))
    (found,) = [one for one in checked.diagnostics if one.code == "check-external"]
    assert found.severity == "warning"
    assert str(found.span) == "content/posts/a.md:5:42"
    assert found.message == "The link to `https://a.example/missing#part` seems to be broken: the host answers 404"
    assert {url for _, url in web.asked} == {"https://a.example/good", "https://a.example/missing"}
    assert checked.outside == 2


def test_an_allowance_for_a_link_waits(site: Callable[..., Site]) -> None:
    """What is allowed of links to others is told as idle only if these were followed."""
    allow = '[check]\nallow = [{code = "check-external", path = "a.example", reason = "it is often down"}]\n'
    here = site({"content/posts/a.md": POST + "[x](https://a.example/x)\n"}, CONFIG + allow)
    here.build()
    assert check(here.root, registry.load).diagnostics == ()
    broken = check(here.root, registry.load, ask=lambda urls: dict.fromkeys(urls, "the host answers 404"))
    assert broken.diagnostics == ()
    well = check(here.root, registry.load, ask=lambda urls: {})
    assert [one.code for one in well.diagnostics] == ["check-allowance"]


@contextlib.contextmanager
def served() -> Iterator[tuple[str, Counter[str]]]:
    """Serve pages on this computer: `/good`, `/endless` and nothing else; counts the methods of requests."""
    counted: Counter[str] = Counter()

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            counted["HEAD"] += 1
            self.send_response(405 if self.path == "/endless" else 200 if self.path == "/good" else 404)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_GET(self) -> None:
            counted["GET"] += 1
            self.send_response(200 if self.path == "/endless" else 404)
            self.end_headers()
            with contextlib.suppress(OSError):
                while self.path == "/endless":
                    self.wfile.write(b"x" * 65536)
                    counted["chunks"] += 1

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", counted
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_real_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over a real connection too; of a page without end next to nothing is read."""
    monkeypatch.setattr("wol.check.external.fetch.is_local", lambda host: False)
    with served() as (address, counted):
        urls = [f"{address}/{name}" for name in ("good", "endless", "missing")]
        found = ask(tmp_path, urls, Visitor(), pause=0)
    assert found == {f"{address}/missing": "the host answers 404"}
    assert counted["HEAD"] == 3
    assert counted["chunks"] < 200


def test_the_client_is_loaded_only_for_this(site: Callable[..., Site]) -> None:
    """A check that follows no links to others loads no HTTP client."""
    here = site({"content/posts/a.md": POST + "[x](https://a.example/x)\n"})
    here.build()
    code = "import sys, atexit; atexit.register(lambda: print('LOADED', 'httpx2' in sys.modules, 'asyncio' in sys.modules))"
    done = here.process("check", "--format", "json", before=code)
    stdout, stderr = done.communicate(timeout=60)
    assert not stderr
    assert stdout.endswith("LOADED False False\n")
    assert json.loads(stdout.rpartition("LOADED")[0])["ok"] is True
