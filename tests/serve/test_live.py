"""What browsers see while builds come and go: pages ahead of the commit, errors, and who is told of what."""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import pytest

from harness.served import Answer, Served, served
from harness.site import Site
from wol.errors import diagnostic
from wol.watch.messages import BuildCrashed, QuotedDiagnostic

ABOUT = "about/index.html"
WRONG = QuotedDiagnostic(diagnostic("front-matter-type", "`date` is no date", "content/posts/a.md", 3, 7), "date: soon")
MIND = QuotedDiagnostic(diagnostic("link-broken", "A link leads nowhere", "content/about.md", 1, 1))


def tag(answer: Answer) -> str:
    """Give the tag that the script of a page has."""
    return answer.headers["etag"].strip('"')


def stage(one: Served, path: str, text: str) -> dict[str, str]:
    """Write a file as the build in flight has it."""
    file = one.root / ".wol/state/preview/stage" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return {path: str(file)}


def place(one: Served, path: str) -> None:
    """Move a staged file to its place, as a commit does."""
    (one.root / ".wol/state/preview/stage" / path).replace(one.root / ".wol/preview" / path)


class Later:
    """A request that is waited for elsewhere."""

    def __init__(self, ask: Callable[[], Answer]) -> None:
        self._found: list[Answer] = []
        self._thread = threading.Thread(target=lambda: self._found.append(ask()))
        self._thread.start()

    def waits(self) -> bool:
        self._thread.join(0.15)
        return self._thread.is_alive()

    def answer(self) -> Answer:
        self._thread.join(20)
        return self._found[0]


def test_ahead_of_the_commit(fresh: Served) -> None:
    """A page of the build in flight is shown, stays when it is moved to its place, and its reader is told once."""
    fresh.built()
    first = fresh.get("/about/")
    line = fresh.lines("/about/", tag(first))
    other = fresh.lines("/posts/")
    assert set(line.greeting()) == set(other.greeting()) == {"fine", "warnings"}
    staged = stage(fresh, ABOUT, "<p>New text</p>")
    fresh.on(lambda: fresh.hub.building(("content/about.md",)))
    fresh.on(lambda: fresh.hub.rendered(staged))
    second = fresh.get("/about/")
    assert "New text" in second.text
    assert line.next() == ("changed", {"tag": tag(second)})
    place(fresh, ABOUT)
    assert fresh.get("/about/").body == second.body, "between the move and the end of the build"
    fresh.built(ABOUT, "style.css")
    third = fresh.get("/about/")
    assert (third.text.replace(edition_of(third), edition_of(second)), tag(third)) == (second.text, tag(second))
    assert line.next() == ("warnings", [])
    name, told = line.next()
    assert (name, told["paths"]) == ("files", ["/style.css"])
    assert other.next() == ("warnings", []), "its page is as it was"


def test_an_error_drops_what_was_shown(fresh: Served) -> None:
    """The last good page comes back, its reader is told so and hears of the error, and is told when it is mended."""
    fresh.built()
    first = fresh.get("/about/")
    line = fresh.lines("/about/", tag(first))
    line.greeting()
    fresh.on(lambda: fresh.hub.building(()))
    fresh.on(lambda: fresh.hub.rendered(stage(fresh, ABOUT, "New")))
    assert line.next()[0] == "changed"
    fresh.failed(WRONG, MIND)
    assert fresh.get("/about/").body == first.body
    assert line.next() == ("changed", {"tag": tag(first)})
    name, errors = line.next()
    assert name == "errors"
    assert [(e["code"], e["line"], e["excerpt"], e["caret"]) for e in errors] == [("front-matter-type", 3, "date: soon", 6)]
    assert errors[0]["open"] == f"vscode://file{fresh.root}/content/posts/a.md:3:7"
    assert [w["code"] for w in line.next()[1]] == ["link-broken"]
    late = fresh.lines("/about/", tag(first)).greeting()
    assert [e["code"] for e in late["errors"]] == ["front-matter-type"], "who comes later is told too"
    fresh.built()
    assert line.next() == ("fine", {})


def test_a_new_page_ahead(fresh: Served) -> None:
    """A page that was never there is shown as soon as it is whole, and gone when the build fails; whoever waits on the 404 page is told."""
    fresh.built()
    line = fresh.lines("/new/", tag(fresh.get("/new/")))
    assert "changed" not in line.greeting()
    fresh.on(lambda: fresh.hub.rendered(stage(fresh, "new/index.html", "New page")))
    assert "New page" in fresh.get("/new/").text
    assert fresh.get("/new").headers["location"] == "/new/"
    assert line.next()[0] == "changed"
    fresh.failed(WRONG)
    assert fresh.get("/new/").status == 404
    assert line.next()[0] == "changed"


def test_what_is_removed(fresh: Served) -> None:
    """A page that the build no longer owns is not served, whatever lies in the folder; its reader is told."""
    fresh.built()
    line = fresh.lines("/about/", tag(fresh.get("/about/")))
    line.greeting()
    fresh.built(removed=(ABOUT,))
    assert (fresh.root / ".wol/preview" / ABOUT).exists()
    missing = fresh.get("/about/")
    assert missing.status == 404
    assert line.next() == ("changed", {"tag": tag(missing)})


def test_the_first_build_is_waited_for(fresh: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of last time waits a moment, lest it be stale; one that is not there waits for the build, or for itself alone."""
    monkeypatch.setattr("wol.serve.hub.AGAIN", 20.0)
    asked = Later(lambda: fresh.get("/about/"))
    missing = Later(lambda: fresh.get("/new/"))
    assert asked.waits()
    assert missing.waits()
    assert {ABOUT, "new/index.html"} <= fresh.wanted[-1]
    fresh.on(lambda: fresh.hub.rendered(stage(fresh, "new/index.html", "New page")))
    assert "New page" in missing.answer().text
    assert asked.waits()
    nothing = Later(lambda: fresh.get("/nothing/"))
    assert nothing.waits()
    monkeypatch.setattr("wol.serve.hub.AGAIN", 0.1)
    assert fresh.get("/").status == 200, "a moment is all"
    fresh.built()
    assert asked.answer().status == 200
    assert nothing.answer().status == 404


def test_a_build_under_way_may_make_it(fresh: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that is missing is waited for while a build is under way, and not otherwise."""
    monkeypatch.setattr("wol.serve.hub.LATER", 20.0)
    fresh.built()
    began = time.monotonic()
    assert fresh.get("/new/").status == 404
    assert time.monotonic() - began < 10
    fresh.on(lambda: fresh.hub.building(()))
    asked = Later(lambda: fresh.get("/new/"))
    assert asked.waits()
    fresh.on(lambda: fresh.hub.rendered(stage(fresh, "new/index.html", "New page")))
    assert asked.answer().status == 200


@pytest.fixture
def never_built(tmp_path: Path) -> Path:
    """A site of which there is no preview yet."""
    Site(tmp_path / "site", {"content/about.md": "About"})
    return tmp_path / "site"


def test_a_site_that_cannot_be_built(never_built: Path) -> None:
    """Every page says what is wrong, in escaped words, and is replaced when the site is built."""
    with served(never_built) as one:
        asked = Later(lambda: one.get("/about/"))
        assert asked.waits()
        evil = diagnostic("front-matter-type", "<script>alert(1)</script>", 'content/"><img onerror=x>.md', 1)
        one.failed(QuotedDiagnostic(evil, "<b>"))
        found = asked.answer()
        assert found.status == 503
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in found.text
        assert "<b>" not in found.text
        assert "<img" not in found.text
        assert 'data-tag="none"' in found.text
        line = one.lines("/about/", "none")
        assert set(line.greeting()) == {"errors", "warnings"}
        one.on(lambda: one.hub.rendered(stage(one, ABOUT, "About")))
        assert line.next() == ("changed", {"tag": tag(one.get("/about/"))})


def test_a_build_that_takes_very_long(never_built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for ever."""
    monkeypatch.setattr("wol.serve.hub.FIRST", 0.2)
    with served(never_built) as one:
        found = one.get("/about/")
        assert (found.status, "is being built" in found.text) == (503, True)


def test_a_defect(fresh: Served) -> None:
    """A build that breaks off is told of as what it is."""
    fresh.built()
    line = fresh.lines("/about/")
    line.greeting()
    fresh.on(lambda: fresh.hub.broken(BuildCrashed("ValueError: <oops>")))
    name, errors = line.next()
    assert (name, errors[0]["code"], errors[0]["message"]) == ("errors", "defect", "ValueError: <oops>")


def test_coming_back(fresh: Served) -> None:
    """A tab that calls again is told of a change that it missed, and of none where it knows the page or asks without a tag."""
    fresh.built()
    now = tag(fresh.get("/about/"))
    assert "changed" not in fresh.lines("/about/", now).greeting()
    assert "changed" not in fresh.lines("/about/").greeting()
    line = fresh.lines("/about/", "another")
    line.greeting()
    assert line.next() == ("changed", {"tag": now})
    for path in ("", "nonsense", "/%00", "//x", "/%F0%9F", "/a" * 3000):
        assert set(fresh.lines(path, "none").greeting()) == {"fine", "warnings"}


def test_files_that_changed_while_a_tab_did_not_listen(fresh: Served) -> None:
    """A tab that calls again is told of the styles and images that changed since it loaded its own, whatever the page's own tag is."""
    fresh.built()
    page = fresh.get("/about/")
    edition = edition_of(page)
    assert "files" not in fresh.lines("/about/", tag(page), edition=edition).greeting()
    fresh.built("style.css", "a.png", ABOUT)
    fresh.built("a.png", removed=("b.js",))
    line = fresh.lines("/about/", tag(page), edition=edition)
    line.greeting()
    name, told = line.next()
    assert (name, sorted(told["paths"])) == ("files", ["/a.png", "/b.js", "/style.css"])
    fresh.built("a.png")
    later = fresh.lines("/about/", tag(page), edition=told["edition"])
    later.greeting()
    assert later.next()[1]["paths"] == ["/a.png"]
    assert "files" not in events(fresh, "/about/", tag(page), edition_of(fresh.get("/about/")))
    assert "files" in events(fresh, "/about/", tag(page), "0"), "one of a server of another day"
    for typed in ("", "undefined", "-1", "9" * 30, "%00"):
        assert "files" not in events(fresh, "/about/", tag(page), typed)


def events(one: Served, path: str, tag: str, edition: str) -> set[str]:
    """Give the names of what a tab is told at once."""
    line = one.lines(path, tag, edition=edition)
    told = set(line.greeting())
    one.failed()
    name, _ = line.next()
    return told | {name}


def edition_of(answer: Answer) -> str:
    """Give the edition that the script of a page has."""
    found = re.search('data-edition="([0-9]+)"', answer.text)
    assert found
    return found[1]


def test_what_is_looked_at(fresh: Served) -> None:
    """Pages that are open, and those that were asked for a moment ago, are wanted; files are not."""
    fresh.built()
    line = fresh.lines("/posts/")
    line.greeting()
    fresh.get("/about/")
    fresh.get("/feed.xml")
    assert fresh.wanted[-1] == {"posts/index.html", ABOUT}
    line.close()
    deadline = time.monotonic() + 20
    while "posts/index.html" in fresh.wanted[-1] and time.monotonic() < deadline:
        time.sleep(0.01)
    assert fresh.wanted[-1] == {ABOUT}


def test_a_tab_that_reads_nothing(fresh: Served) -> None:
    """One that takes no messages is left after a while, and the others hear all."""
    fresh.built()
    line = fresh.lines("/about/")
    line.greeting()
    client = fresh.on(lambda: next(iter(fresh.hub._clients)))

    def flood() -> None:
        for _ in range(100):
            client.tell(b"event: x\ndata: 1\n\n")

    fresh.on(flood)
    assert line.ended()


def test_the_end_with_lines_open(never_built: Path) -> None:
    """Open lines and waiting requests keep nothing from ending."""
    with served(never_built) as one:
        lines = [one.lines("/") for _ in range(5)]
        asked = Later(lambda: one.get("/new/"))
        assert asked.waits()
        began = time.monotonic()
        one.stop()
        assert all(line.ended() for line in lines)
        assert asked.answer().status == 503
    assert time.monotonic() - began < 5


def test_windows_that_share_a_line(fresh: Served) -> None:
    """Each event says by its id for which window it is; what no views are is refused."""
    fresh.built()
    seen = shared(fresh, [["/about/", "", ""], ["/nowhere/", "", "0"]])
    assert seen.startswith(b"HTTP/1.1 200")
    assert {line for line in seen.splitlines() if line.startswith(b"id:")} == {b"id: 0", b"id: 1"}
    assert seen.count(b"event: warnings") == 2
    refused: tuple[object, ...] = ([], {}, [["/about/"]], [["/about/", "", 1]], "x", [["/a/", "", ""]] * 65)
    for views in refused:
        assert shared(fresh, views).startswith(b"HTTP/1.1 400"), views


def shared(one: Served, views: object) -> bytes:
    """Ask for the line of several windows, and give what comes at once."""
    target = "/.wol/events?views=" + quote(json.dumps(views))
    data = b""
    with socket.create_connection(("127.0.0.1", one.port), timeout=1) as line:
        line.sendall(f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{one.port}\r\n\r\n".encode())
        with suppress(TimeoutError):
            while data.count(b"event: warnings") < 2 and (piece := line.recv(1 << 16)):
                data += piece
    return data
