"""Who may ask: this machine's own browser, for pages, and nobody by way of another site.

Against DNS rebinding the name in `Host` must be one of ours; an address cannot be rebound. `Origin` and `Sec-Fetch-Site` (Fetch Metadata, W3C)
tell what other sites ask for in a visitor's name. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from ipaddress import ip_address

import msgspec

LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})

METHODS = ("GET", "HEAD")
KNOWN_METHODS = frozenset({"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"})

MOST_HEADERS = 100
LONGEST_HEADERS = 32 * 1024
"""Bytes of all headers together; browsers send some kilobytes, with cookies of other local servers."""

LONGEST_TARGET = 8 * 1024
VERSIONS = ("1.0", "1.1")

_AUTHORITY = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([^\[\]:@/?#\s]+))(?::[0-9]{0,5})?")

_FRAMES = (
    "Other sites may not show this one in a frame. For a preview within your editor, write `frames = true` below `[serve]` in site.toml and start `wol serve` again. "
    "Then any page that you visit can show your drafts in a frame, though it cannot read them."
)

Headers = Sequence[tuple[bytes, bytes]]
"""Names in small letters, with their values, as they came."""


class Hosts(msgspec.Struct, frozen=True):
    """The names under which the server may be called, in small letters; `addresses`: also by any address of a machine.

    `origins` are the https addresses at which another program on this machine passes requests on; `frames`: pages of others may show ours in a frame.
    """

    names: frozenset[str] = LOCAL
    addresses: bool = False
    origins: frozenset[str] = frozenset()
    frames: bool = False

    def allows(self, authority: str) -> bool:
        """Return whether a `Host` (name or address, with or without a port) is one of ours."""
        found = _AUTHORITY.fullmatch(authority)
        if found is None:
            return False
        name = (found[1] or found[2]).lower().removesuffix(".")
        return name in self.names or (self.addresses and _is_address(name))


class Refusal(msgspec.Struct, frozen=True):
    """Why a request is not answered: the status and a sentence."""

    status: int
    why: str


def refusal(method: str, target: bytes, version: str, headers: Headers, hosts: Hosts) -> Refusal | None:
    """Return why a request is refused; None if it is not. `target` has its query."""
    if version not in VERSIONS:
        return Refusal(505, "There is no such version of HTTP.")
    if len(target) > LONGEST_TARGET:
        return Refusal(414, "The path is too long.")
    if len(headers) > MOST_HEADERS or sum(len(name) + len(value) for name, value in headers) > LONGEST_HEADERS:
        return Refusal(431, "There are too many headers.")
    called = values(headers, b"host")
    if len(called) != 1 or not called[0]:
        return Refusal(400, "A request needs one Host.")
    if not hosts.allows(called[0]):
        return Refusal(403, "This server does not answer to that name. Start it with --host or --base-url to be called otherwise.")
    if method not in METHODS:
        return Refusal(405, "Only GET and HEAD are answered.") if method in KNOWN_METHODS else Refusal(501, "There is no such method here.")
    own = {f"http://{called[0].lower()}", *hosts.origins}
    if any(origin.lower() not in own for origin in values(headers, b"origin")):
        return Refusal(403, "Other sites may not read this one.")
    if "cross-site" in values(headers, b"sec-fetch-site") and not _is_visit(headers):
        if not _is_frame(headers):
            return Refusal(403, "Other sites may not use this one.")
        if not hosts.frames:
            return Refusal(403, _FRAMES)
    return None


def values(headers: Headers, name: bytes) -> list[str]:
    """Return all values of a header."""
    return [value.decode("latin-1").strip() for key, value in headers if key == name]


def own_names(host: str, machine: str, base_url: str | None, *, frames: bool = False) -> Hosts:
    """Return the names of a server that listens at `host` on the machine of that name, for a site that may have been given an address of its own.

    `frames` counts only where nobody but this machine can reach the server.
    """
    asked = host.strip("[]").lower()
    names: Iterable[str] = LOCAL | {asked}
    origins: frozenset[str] = frozenset()
    if base_url is not None:
        from urllib.parse import urlsplit

        parts = urlsplit(base_url)
        names = {*names, parts.hostname or ""}
        if parts.scheme.lower() == "https":
            origins = frozenset({f"https://{parts.netloc.rpartition('@')[2].lower().removesuffix(':443')}"})
    if is_local(asked):
        return Hosts(frozenset(names), origins=origins, frames=frames)
    machine = machine.lower()
    return Hosts(frozenset({*names, machine, f"{machine.partition('.')[0]}.local"}) - {""}, addresses=True, origins=origins)


def is_local(host: str) -> bool:
    """Return whether only this machine can reach what listens there."""
    host = host.strip("[]").lower()
    return host == "localhost" or (_is_address(host) and ip_address(host).is_loopback)


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _is_frame(headers: Headers) -> bool:
    """Return whether a page is asked for by a frame in a page of others, such as the preview within an editor."""
    return values(headers, b"sec-fetch-mode") == ["navigate"] and values(headers, b"sec-fetch-dest")[:1] in (["iframe"], ["frame"])


def _is_visit(headers: Headers) -> bool:
    """Return whether somebody follows a link to here: the page becomes the whole tab, so the other site sees nothing of it."""
    return values(headers, b"sec-fetch-mode") == ["navigate"] and values(headers, b"sec-fetch-dest") == ["document"]
