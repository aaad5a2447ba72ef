"""The preview answers as a host would."""

from __future__ import annotations

import http.client
import re
import socket
from pathlib import Path

import pytest

import wol
from harness.serve_site import PNG
from harness.served import Served, served


def test_a_page(here: Served) -> None:
    """With its type, its tag, the script for it, and nothing that lets it be kept."""
    found = here.get("/about/")
    assert found.status == 200
    assert found.headers["content-type"] == "text/html; charset=utf-8"
    assert found.headers["cache-control"] == "no-store"
    assert found.headers["cross-origin-resource-policy"] == "same-origin"
    assert not [name for name in found.headers if name.startswith("access-control")]
    assert len(found.body) == int(found.headers["content-length"])
    assert re.search(f'data-tag="{found.headers["etag"][1:-1]}" data-edition="[0-9]+"></script></body>', found.text)
    assert b"live.js" not in (here.root / ".wol/preview/about/index.html").read_bytes()


@pytest.mark.parametrize(
    ("path", "sort"),
    [
        ("/feed.xml", "application/xml; charset=utf-8"),
        ("/feed.json", "application/json"),
        ("/app.webmanifest", "application/manifest+json"),
        ("/m.mjs", "text/javascript; charset=utf-8"),
        ("/m.wasm", "application/wasm"),
        ("/i.avif", "image/avif"),
        ("/i.svg", "image/svg+xml; charset=utf-8"),
        ("/.well-known/security.txt", "text/plain; charset=utf-8"),
        ("/data.bin", "application/octet-stream"),
        ("/empty.txt", "text/plain; charset=utf-8"),
        ("/with%20space.txt", "text/plain; charset=utf-8"),
    ],
)
def test_files(here: Served, path: str, sort: str) -> None:
    """Other files come as they are."""
    found = here.get(path)
    assert (found.status, found.headers["content-type"], found.headers["accept-ranges"]) == (200, sort, "bytes")
    assert found.body == (here.root / ".wol/preview" / path[1:].replace("%20", " ")).read_bytes()


def test_pages_by_hand(here: Served) -> None:
    """A page without a body tag gets the script at its end."""
    found = here.get("/plain.html")
    assert found.text.startswith("<p>No body<script ")


@pytest.mark.parametrize(
    ("path", "location"), [("/about", "/about/"), ("/about?a=1&b=%2F", "/about/?a=1&b=%2F"), ("/caf%C3%A9", "/caf%C3%A9/")]
)
def test_the_slash_of_a_folder(here: Served, path: str, location: str) -> None:
    """The address without it leads to the one with it, query and all."""
    found = here.get(path)
    assert (found.status, found.headers["location"]) == (302, location)


def test_redirects(here: Served) -> None:
    """The pages that lead on are pages."""
    found = here.get("/old/")
    assert found.status == 200
    assert "url=/about/" in found.text


def test_what_is_missing(here: Served) -> None:
    """The site's own 404 page, as such, with the script, so that it is replaced when there is something."""
    found = here.get("/nothing/")
    assert found.status == 404
    assert "Page not found" in found.text
    assert f'data-tag="{found.headers["etag"][1:-1]}"' in found.text
    assert here.get("/nothing.png").status == 404
    assert here.get("/404.html").status == 200


def test_head(here: Served) -> None:
    """As GET, without the body."""
    for path in ("/about/", "/data.bin", "/big.mp4", "/nothing/", "/about", "/.wol/events"):
        got, head = here.get(path) if "events" not in path else None, here.get(path, method="HEAD")
        assert head.body == b""
        if got is not None:
            assert (head.status, {**head.headers, "date": ""}) == (got.status, {**got.headers, "date": ""})


def test_conditional_requests(here: Served) -> None:
    """A tag or a date that is still right gives 304; a tag counts before a date."""
    for path in ("/about/", "/data.bin"):
        first = here.get(path)
        tag, date = first.headers["etag"], first.headers["last-modified"]
        past, future = "Mon, 01 Jan 2001 00:00:00 GMT", "Fri, 01 Jan 2100 00:00:00 GMT"
        for header in (
            f"If-None-Match: {tag}",
            f'If-None-Match: "x", W/{tag}',
            "If-None-Match: *",
            f"If-Modified-Since: {date}",
            f"If-Modified-Since: {future}",
        ):
            again = here.get(path, header)
            assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag), header
        for headers in (
            ['If-None-Match: "x"'],
            [f"If-Modified-Since: {past}"],
            ['If-None-Match: "x"', f"If-Modified-Since: {date}"],
            ["If-Modified-Since: soon"],
            [f"If-None-Match: {tag[1:-1]}"],
        ):
            assert here.get(path, *headers).status == 200, headers
    assert here.get("/nothing/", "If-None-Match: *").status == 404


@pytest.mark.parametrize(
    ("asked", "status", "start", "end"),
    [
        ("bytes=0-", 206, 0, None),
        ("bytes=0-0", 206, 0, 1),
        ("bytes=10-19", 206, 10, 20),
        ("bytes=-5", 206, -5, None),
        ("bytes=5000-999999", 206, 5000, None),
        ("bytes=0-9,5-19", 206, 0, 20),
        ("Bytes = 3-4", 206, 3, 5),
        ("bytes=5-1", 416, 0, 0),
        ("bytes=999999-", 416, 0, 0),
        ("bytes=-0", 416, 0, 0),
        ("bytes=a-b", 200, 0, None),
        ("bytes=", 200, 0, None),
        ("bytes", 200, 0, None),
        ("lines=0-5", 200, 0, None),
        ("bytes=0-9" + "9" * 5000, 200, 0, None),
        ("bytes=" + ",".join(f"{n}-{n}" for n in range(1000)), 200, 0, None),
    ],
)
def test_ranges(here: Served, asked: str, status: int, start: int, end: int | None) -> None:
    """One range, several that touch, one that cannot be; what has no meaning, and too many, give the whole (RFC 9110, 14.2)."""
    found = here.get("/data.bin", f"Range: {asked}")
    assert found.status == status
    assert found.headers["cache-control"] == "no-store"
    if status == 416:
        assert found.headers["content-range"] == f"bytes */{len(PNG)}"
    else:
        assert found.body == PNG[start:end]
        assert ("content-range" in found.headers) == (status == 206)


def test_ranges_with_a_condition(here: Served) -> None:
    """`If-Range` gives the whole when the file is another; several ranges come in parts; a large file comes in pieces."""
    tag = here.get("/data.bin").headers["etag"]
    assert here.get("/data.bin", "Range: bytes=0-1", f"If-Range: {tag}").status == 206
    assert here.get("/data.bin", "Range: bytes=0-1", 'If-Range: "x"').status == 200
    parts = here.get("/data.bin", "Range: bytes=0-1,100-101")
    assert parts.status == 206
    assert parts.headers["content-type"].startswith("multipart/byteranges")
    assert int(parts.headers["content-length"]) == len(parts.body)
    assert len(here.get("/big.mp4").body) == 2_000_000
    assert here.get("/big.mp4", "Range: bytes=1999999-").body == b"\0"
    assert here.get("/empty.txt", "Range: bytes=0-").status == 416
    assert here.get("/about/", "Range: bytes=0-1").status == 200


def test_one_connection_for_many_requests(here: Served) -> None:
    """Connections are kept, also after what is missing; two requests may come at once."""
    line = http.client.HTTPConnection("127.0.0.1", here.port, timeout=20)
    for _ in range(5):
        for path, status in (("/about/", 200), ("/nothing/", 404), ("/about", 302), ("/data.bin", 200)):
            line.request("GET", path)
            answer = line.getresponse()
            answer.read()
            assert answer.status == status
    connections = here.on(lambda: list(here.server.server_state.connections))
    sockets = [one.transport.get_extra_info("socket") for one in connections]
    assert sockets
    assert all(one.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) for one in sockets), "or each page takes 40 ms"
    line.close()
    twice = "GET /about/ HTTP/1.1\r\nHost: localhost\r\n\r\nGET /m.mjs HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    assert here.ask(twice.encode()).body.count(b"HTTP/1.1 200 OK") == 1


def test_a_file_that_has_gone(fresh: Served) -> None:
    """What somebody took out of the output is missing until the next build, and no defect."""
    fresh.built()
    assert fresh.get("/about/").status == 200
    (fresh.root / ".wol/preview/about/index.html").unlink()
    assert fresh.get("/about/").status == 404
    (fresh.root / ".wol/preview/404.html").unlink()
    found = fresh.get("/about/")
    assert found.status == 404
    assert "Nothing is here" in found.text
    assert 'data-tag="none"' in found.text


def test_our_own_files(here: Served) -> None:
    """The script and what it needs; nothing else of the package."""
    for file in (Path(wol.__file__).parent / "serve/static").glob("*.*s"):
        found = here.get(f"/.wol/{file.name}?wol=1")
        assert (found.status, found.body) == (200, file.read_bytes())
        assert found.headers["content-type"] in ("text/javascript; charset=utf-8", "text/css; charset=utf-8")
    for path in (
        "/.wol/",
        "/.wol/nothing.js",
        "/.wol/../app.py",
        "/.wol/..%2fapp.py",
        "/.wol/__init__.py",
        "/.wol/static/live.js",
        "/.wol/..",
    ):
        assert here.get(path).status == 404, path


def test_a_defect(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What fails in wol itself is told to the terminal; the client learns no more than that."""
    with served(root) as one:
        monkeypatch.setattr("wol.serve.app.respond", lambda *_, **__: 1 / 0)
        one.built()
        found = one.get("/about/")
        assert (found.status, found.headers["cache-control"]) == (500, "no-store")
        assert "Traceback" not in found.text
        assert [type(error) for error in one.defects] == [ZeroDivisionError]
        one.defects.clear()


def test_below_a_path(root: Path) -> None:
    """Where `base_url` has a path, the site lies there; outside, a plain page says so."""
    with served(root, base="/my blog") as one:
        one.built(base="/my%20blog")
        assert one.get("/").headers["location"] == "/my%20blog/"
        assert one.get("/my%20blog").headers["location"] == "/my%20blog/"
        assert one.get("/my%20blog/about").headers["location"] == "/my%20blog/about/"
        assert one.get("/my%20blog/about/").status == 200
        outside = one.get("/about/")
        assert outside.status == 404
        assert "This site lies under /my blog/." in outside.text
        assert "Page not found" in one.get("/my%20blog/nothing/").text
        one.built(base="")
        assert one.get("/about/").status == 200, "the path may change while it runs"
