"""Who is answered, and who is not."""

from __future__ import annotations

import pytest

from wol.serve.guards import Hosts, is_local, own_names, refusal

ALONE = Hosts()


def refused(*headers: str, method: str = "GET", hosts: Hosts = ALONE) -> int:
    """Give the status with which a request is refused; 0 where it is not."""
    pairs = [(name.lower().encode(), value.encode()) for name, _, value in (h.partition(": ") for h in headers)]
    found = refusal(method, b"/", "1.1", pairs, hosts)
    return found.status if found is not None else 0


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "LOCALHOST.:8000", "127.0.0.1", "127.0.0.1:99", "[::1]", "[::1]:8000"])
def test_our_own_names(host: str) -> None:
    """This machine's names for itself, with any port: it may be forwarded."""
    assert refused(f"Host: {host}") == 0


@pytest.mark.parametrize(
    "host",
    ["attacker.example", "127.0.0.1.nip.io", "127.0.0.1@evil.example", "localhost.evil.example", "evil.example:8000", "192.168.1.5", "::1",
     "127.0.0.1:8000:9", "localhost, evil.example", "a b", "[::1", "127.0.0.1/", "localhost#"],
)  # fmt: skip
def test_names_of_others(host: str) -> None:
    """Names that are not ours are how a page of others would read this site (DNS rebinding)."""
    assert refused(f"Host: {host}") == 403


def test_one_host() -> None:
    """There must be exactly one."""
    assert refused() == 400
    assert refused("Host: ") == 400
    assert refused("Host: localhost", "Host: localhost") == 400


@pytest.mark.parametrize(
    ("method", "status"), [("GET", 0), ("HEAD", 0), ("POST", 405), ("OPTIONS", 405), ("TRACE", 405), ("get", 501), ("BREW", 501)]
)
def test_methods(method: str, status: int) -> None:
    """Reading only."""
    assert refused("Host: localhost", method=method) == status


@pytest.mark.parametrize(
    ("origin", "status"),
    [("http://localhost:8000", 0), ("https://evil.example", 403), ("null", 403), ("http://10.0.0.1:8000", 403), ("http://localhost:3000", 403),
     ("https://localhost:8000", 403), ("http://localhost:8000.evil.example", 403), ("", 403)],
)  # fmt: skip
def test_origins(origin: str, status: int) -> None:
    """A page of another origin, also of another port of this machine, gets nothing."""
    assert refused("Host: localhost:8000", f"Origin: {origin}") == status


def test_other_sites() -> None:
    """What another site asks for is refused; a link that a person follows is not."""
    host, cross = "Host: localhost", "Sec-Fetch-Site: cross-site"
    visit = "Sec-Fetch-Mode: navigate"
    assert refused(host, cross) == 403
    assert refused(host, cross, visit, "Sec-Fetch-Dest: iframe") == 403
    assert refused(host, cross, "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: image") == 403
    assert refused(host, cross, visit, "Sec-Fetch-Dest: document") == 0
    assert refused(host, "Sec-Fetch-Site: same-origin") == refused(host, "Sec-Fetch-Site: none") == 0


def test_too_much() -> None:
    """Headers are bounded in number and size."""
    assert refused("Host: localhost", *["A: b"] * 200) == 431
    assert refused("Host: localhost", f"Cookie: {'x' * 40_000}") == 431
    assert refused("Host: localhost", f"Cookie: {'x' * 8_000}") == 0


def test_names_that_are_asked_for() -> None:
    """On all interfaces: any address, which no name server can turn to us, and the names of the machine; else only what was named."""
    hosts = own_names("0.0.0.0", "Desk.lan", None)
    for name in ("192.168.1.5:8000", "[fe80::1]:8000", "desk.lan", "desk.local", "localhost"):
        assert hosts.allows(name), name
    for name in ("evil.example", "192.168.1.5.nip.io", "lan"):
        assert not hosts.allows(name), name
    assert own_names("127.0.0.1", "desk", "https://me.tunnel.example/blog").allows("me.tunnel.example")
    assert not own_names("127.0.0.1", "desk", None).allows("desk")
    assert not own_names("127.0.0.1", "desk", None).allows("10.1.1.1")


@pytest.mark.parametrize(
    ("host", "local"), [("localhost", True), ("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("[::1]", True), ("0.0.0.0", False), ("::", False), ("desk", False), ("", False)]
)  # fmt: skip
def test_who_can_reach_it(host: str, local: bool) -> None:
    """Only addresses of the loopback are this machine's alone."""
    assert is_local(host) is local


@pytest.mark.parametrize(
    ("base_url", "origin", "status"),
    [
        ("https://me.tunnel.example", "https://me.tunnel.example", 0),
        ("https://me.tunnel.example/blog", "https://ME.tunnel.example", 0),
        ("https://me.tunnel.example:8443", "https://me.tunnel.example:8443", 0),
        ("https://me.tunnel.example:443", "https://me.tunnel.example", 0),
        ("https://me.tunnel.example", "https://me.tunnel.example:8443", 403),
        ("https://me.tunnel.example", "https://evil.example", 403),
        ("https://me.tunnel.example", "null", 403),
        ("http://me.tunnel.example", "https://me.tunnel.example", 403),
        ("http://me.tunnel.example", "http://me.tunnel.example", 0),
        (None, "https://me.tunnel.example", 403),
    ],
)
@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_origins_behind_https(base_url: str | None, origin: str, status: int, host: str) -> None:
    """A tunnel or a proxy speaks https to the browser and http to us, whatever it makes of `Host`."""
    hosts = own_names(host, "desk", base_url)
    called = "me.tunnel.example" if base_url is not None else "localhost:8000"
    assert refused(f"Host: {called}", f"Origin: {origin}", hosts=hosts) == status
    if origin.startswith("https:") and base_url is not None:
        assert refused("Host: localhost:8000", f"Origin: {origin}", hosts=hosts) == status


def test_frames() -> None:
    """The preview within an editor is a frame in a page of others: allowed where the writer says so, and on this machine alone."""
    frame = ("Host: localhost", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe")
    picture = ("Host: localhost", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: image")
    allowed = own_names("127.0.0.1", "desk", None, frames=True)
    assert refused(*frame) == 403
    assert refused(*frame, hosts=allowed) == 0
    assert refused(*picture, hosts=allowed) == 403
    assert refused(*frame, "Origin: https://evil.example", hosts=allowed) == 403
    assert refused(*frame, hosts=own_names("0.0.0.0", "desk", None, frames=True)) == 403
    told = refusal("GET", b"/", "1.1", [(name.encode(), value.encode()) for name, value in (h.lower().split(": ") for h in frame)], ALONE)
    assert told is not None
    assert "`frames = true` below `[serve]`" in told.why
