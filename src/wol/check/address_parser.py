"""Parses addresses on pages of the site: a path in the site, another site, or something that only this computer has."""

from __future__ import annotations

import ipaddress
import posixpath
import re
from typing import Literal, NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit

from wol import local_paths, paths

Sort = Literal["inside", "beside", "outside", "local", "other"]

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_IGNORED = str.maketrans("", "", "\t\r\n")
_SPACE = " \f\t\r\n"
_LOCAL = (".localhost", ".local", ".localdomain")


class ParsedAddress(NamedTuple):
    """A parsed address.

    `inside`: `place` is the decoded path from the root of the output (`/a/`), `fragment` is decoded. `beside`: the same host, but not below the path of
    `base_url`; `place` is that path. `outside`: `place` is the whole URL without its fragment. `local`: this computer alone. `other`: `mailto:`, `data:` and
    the like.
    """

    sort: Sort
    place: str
    fragment: str = ""


class AddressParser:
    """Parses the addresses of a site that is published at `base_url`."""

    def __init__(self, base_url: str) -> None:
        parts = urlsplit(base_url)
        self.host = paths.ascii_host(parts.netloc.lower())
        self.path = unquote(parts.path).rstrip("/")
        self._scheme = parts.scheme
        self._known: dict[str, ParsedAddress] = {}

    def read(self, here: str, typed: str, base: str = "") -> ParsedAddress:
        """Parse an address on the page at the path `here` (decoded, without the path of `base_url`); `base` is that of `<base>`."""
        try:
            return self._read(here, typed, base)
        except ValueError:  # such as brackets that are no IPv6 address
            return ParsedAddress("other", typed)

    def _read(self, here: str, typed: str, base: str) -> ParsedAddress:
        if not base:
            address = self._known.get(typed)
            if address is not None:
                return address
            if typed[:1] == "#":
                return ParsedAddress("inside", here, unquote(typed[1:]))
        clean = typed.strip(_SPACE).translate(_IGNORED)
        if base:
            return self._whole(urljoin(urljoin(quote(self.path + here), base), clean))
        if clean[:1] == "/" or _SCHEME.match(clean):
            address = self._known[typed] = self._whole(clean)
            return address
        if ":" in clean or "//" in clean or "?" in clean:
            return self._whole(urljoin(quote(self.path + here), clean))
        return self._beside(here, clean)

    def _beside(self, here: str, typed: str) -> ParsedAddress:
        """Read a relative address of the usual sort (RFC 3986, section 5.2.4)."""
        path, _, fragment = typed.partition("#")
        if not path:
            return ParsedAddress("inside", here, unquote(fragment))
        path = unquote(path)
        resolved = posixpath.normpath(f"{self.path}{here[: here.rindex('/') + 1]}{path}")
        is_folder = resolved != "/" and (path.endswith(("/", "/.", "/..")) or path in (".", ".."))
        return self._own(f"{resolved}/" if is_folder else resolved, fragment)

    def _whole(self, typed: str) -> ParsedAddress:
        """Read an address with a scheme, or from the root."""
        if typed.startswith("//"):
            typed = f"{self._scheme}:{typed}"
        scheme = _SCHEME.match(typed)
        if scheme is None:
            path, _, fragment = typed.partition("#")
            return self._own("/" + unquote(path.partition("?")[0]).lstrip("/"), fragment)
        name = scheme[1].lower()
        if name not in ("http", "https"):
            return ParsedAddress("local" if local_paths.is_local(typed) else "other", typed)
        parts = urlsplit(typed)
        host = parts.hostname or ""
        if paths.ascii_host(parts.netloc.lower()) == self.host:
            return self._own(unquote(parts.path) or "/", parts.fragment)
        return ParsedAddress("local" if is_local(host) else "outside", typed.partition("#")[0])

    def _own(self, path: str, fragment: str) -> ParsedAddress:
        if path != self.path and not path.startswith(self.path + "/"):
            return ParsedAddress("beside", path, unquote(fragment))
        return ParsedAddress("inside", path[len(self.path) :] or "/", unquote(fragment))


def is_local(host: str) -> bool:
    """Return whether a host is the computer itself (RFC 6761, section 6.3) or one of its own network."""
    if host == "localhost" or host.endswith(_LOCAL):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_private or address.is_loopback or address.is_link_local or address.is_unspecified


def host_of(url: str) -> str:
    """Return the host of a URL without its port; empty if it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
