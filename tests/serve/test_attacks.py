"""What clients that mean no good may send; each of these goes over a raw socket, for a well-behaved client would tidy it."""

from __future__ import annotations

import os
import socket
import time
from contextlib import suppress

import pytest

from harness.served import Lines, Served, parse, talk

SECRET = b"root:"


@pytest.mark.parametrize(
    "path",
    [
        "/../../../../etc/passwd", "/..//..//..//etc/passwd", "/a/../../../../etc/passwd", "/%2e%2e%2f%2e%2e%2fetc/passwd", "/..%2f..%2f..%2fetc%2fpasswd",
        "/%2e%2e/%2e%2e/etc/passwd", "/%252e%252e%252f%252e%252e%252fetc/passwd", "/..\\..\\..\\etc\\passwd", "/%5c..%5c..%5cetc/passwd", "/..%5c../etc/passwd",
        "//etc/passwd", "///evil.example/%2f..", "/\\evil.example", "/%5Cevil.example/%2e%2e", "//evil.example", "/%2fevil.example", "/.//evil.example/..",
        "/%2F%2Fevil.example", "//about", "///about", "/./about", "/.git/config", "/.env", "/site.toml", "/.wol/state/preview/owned", "/.wol/state/preview/state",
        "/.wol/config", "/.htaccess", "/content/about.md", "/etc/passwd", "/.wol-stage/x",
    ],
)  # fmt: skip
def test_ways_out(here: Served, path: str) -> None:
    """P1 to P4, P8: no path leads out of the site, to what lies beside it, or to another host."""
    found = here.get(path)
    assert found.status in (404, 400), path
    assert "location" not in found.headers
    assert SECRET not in found.body
    assert b"owned" not in found.body


@pytest.mark.parametrize(
    "path",
    ["/%00", "/a%00.html", "/%ff%fe", "/%c0%ae%c0%ae%c0%afetc", "/%e0%80%af", "/%", "/%g0", "/a%0d%0aLocation:%20x", "/\x7f", "/\xe9"],
)
def test_what_is_no_path(here: Served, path: str) -> None:
    """P7: zeros, line ends, and bytes that are no UTF-8."""
    found = here.get(path)
    assert found.status == 400
    assert b"Traceback" not in found.body


def test_links_in_the_output(fresh: Served) -> None:
    """P9: a link that somebody put into the output leads nowhere, be it of a file, of a folder, or of itself."""
    fresh.built()
    output = fresh.root / ".wol/preview"
    page = output / "about/index.html"
    page.unlink()
    page.symlink_to("/etc/hosts")
    assert fresh.get("/about/").status == 404
    page.unlink()
    page.symlink_to("index.html")
    assert fresh.get("/about/").status == 404
    os.replace(output / "2026", output / "elsewhere")
    (output / "2026").symlink_to(fresh.root)
    (fresh.root / "01").mkdir()
    (fresh.root / "01/index.html").write_text("secret")
    assert fresh.get("/2026/01/").status == 404
    (output / "extra.html").write_text("left over")
    assert fresh.get("/extra.html").status == 404, "not of the plan"
    page.unlink()
    os.mkfifo(page)
    assert fresh.get("/about/").status == 404


@pytest.mark.parametrize(
    ("host", "status"),
    [
        (b"attacker.example", 403), (b"127.0.0.1.nip.io", 403), (b"", 400), (b"localhost\r\nHost: localhost", 400), (b"localhost\r\nHost: evil.example", 400),
        (b"evil.example:80@localhost", 403), (b"192.168.0.1", 403), (b"localhost", 200), (b"[::1]:1", 200),
    ],
)  # fmt: skip
def test_names_of_others(here: Served, host: bytes, status: int) -> None:
    """P10: only by its own names is the server called."""
    assert here.ask(b"GET /about/ HTTP/1.1\r\nHost: %b\r\nConnection: close\r\n\r\n" % host).status == status


def test_no_host_and_whole_addresses(here: Served) -> None:
    """P10: no name at all, and an address in the place of a path, whichever it is."""
    assert here.ask(b"GET /about/ HTTP/1.0\r\n\r\n").status == 400
    assert here.ask(b"GET /about/ HTTP/1.1\r\nConnection: close\r\n\r\n").status == 400
    for target in (b"http://evil.example/about/", b"http://localhost/about/", b"about/", b"*"):
        assert here.ask(b"GET %b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" % target).status in (400, 403), target


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://10.0.0.1", "http://localhost:1", "https://localhost"])
def test_origins_of_others(here: Served, origin: str) -> None:
    """P11: no page of another origin gets at the line of changes, or at a page."""
    line = Lines(here.port, "/about/", "", f"Origin: {origin}")
    assert line.status == 403
    line.close()
    found = here.get("/about/", f"Origin: {origin}")
    assert (found.status, b"About" in found.body) == (403, False)


def test_other_sites(here: Served) -> None:
    """P12: no header lets others in, a preflight least of all; what another site embeds is not sent."""
    preflight = here.get("/2026/01/b/", "Origin: https://evil.example", "Access-Control-Request-Method: GET", method="OPTIONS")
    embedded = here.get("/2026/01/b/", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: script")
    assert preflight.status == 405
    assert embedded.status == 403
    for found in (preflight, embedded, here.get("/", "Sec-Fetch-Site: same-origin")):
        assert not [name for name in found.headers if name.startswith("access-control")]
        assert found.headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize(
    ("method", "status"), [("POST", 405), ("PUT", 405), ("DELETE", 405), ("PATCH", 405), ("TRACE", 405), ("OPTIONS", 405), ("CONNECT", 405), ("PROPFIND", 501), ("get", 501)]
)  # fmt: skip
def test_methods(here: Served, method: str, status: int) -> None:
    """P13: reading only; a body is not waited for."""
    found = here.get("/about/", "Content-Length: 5", method=method)
    assert found.status == status
    assert ("allow" in found.headers) == (status == 405)
    assert found.headers["connection"] == "close"


@pytest.mark.parametrize(
    "request_",
    [
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 65536 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: y\r\n" * 10_000 + b"\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: y\r\n" * 150 + b"\r\n",
        b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"x" * 100_000,
        b"GET / HTTP/1.1\r\nHost : localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\n Host: localhost\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
        b"GET /\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"\0\0\0\r\n\r\n",
    ],
    ids=["long-line", "many-headers", "some-headers", "long-path", "no-line-end", "blank", "folded", "version", "old", "tls", "zeros"],
)
def test_too_much_and_nonsense(here: Served, request_: bytes) -> None:
    """P15: what is too large or no HTTP is refused, and the next is served."""
    found = parse(talk(here.port, request_))
    assert found.status in (400, 414, 431, 505)
    assert b"Traceback" not in found.body
    assert here.get("/about/").status == 200


def test_two_readings_of_one_request(here: Served) -> None:
    """A request whose length can be read in two ways is refused."""
    both = b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n"
    assert parse(talk(here.port, both)).status in (200, 400)
    assert here.get("/about/").status == 200


def test_clients_that_send_no_end(here: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """P15: two hundred clients that send a little now and then keep nobody from being served, and are left after a while."""
    monkeypatch.setattr("wol.serve.server.HEADERS_WITHIN", 1.5)
    slow = [socket.create_connection(("127.0.0.1", here.port), timeout=20) for _ in range(200)]
    for line in slow[:100]:
        with suppress(ConnectionError):  # it may have been left already
            line.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ")
    began = time.monotonic()
    assert here.get("/about/").status == 200
    assert time.monotonic() - began < 5
    for line in slow:
        with suppress(ConnectionError):
            assert line.recv(10) == b""
        line.close()


def test_a_client_that_reads_nothing(here: Served) -> None:
    """One that asks and takes nothing holds up nobody, and nor does one that goes away in the middle."""
    lines = []
    for _ in range(20):
        line = socket.create_connection(("127.0.0.1", here.port), timeout=20)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.sendall(b"GET /big.mp4 HTTP/1.1\r\nHost: localhost\r\n\r\n")
        lines.append(line)
    assert here.get("/about/").status == 200
    for line in lines:
        line.close()
    assert here.get("/about/").status == 200
