"""What a reference leads to: the one answer for rendering, for checks, and for features such as backlinks (authoring format, 5.2).

Pure: all that it knows of a site it asks a `ReferenceLookup`, so whoever must record what was asked passes a lookup that does.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from typing import Any, Literal, Protocol
from urllib.parse import quote, unquote, urljoin

import msgspec

from wol.model.item import Link

_QUERY = re.compile(r"[?#]")
_PLAIN = re.compile(r"((?:\.\./)*)((?:\w[\w.~-]*/)*(?:\w[\w.~-]*)?)", re.ASCII)
"""Relative references that need no library: steps up, then names of plain characters."""
_HOST = "https://host"
"""Any host: without one, the standard library goes above the root where browsers stop."""
_TOP = "top"
_TEXT_FRAGMENT = ":~:"


class ReferenceLookup(Protocol):
    """What is known of a site."""

    def path(self, path: str) -> Sequence[str] | None:
        """Return what the table `paths` has for a content path: `["item", key]` or `["file", URL path]`."""

    def item(self, url: str) -> str | None:
        """Return the key of the item at a URL path, from the table `urls`."""

    def is_output(self, url: str) -> bool:
        """Whether a URL path of no item is answered by a file of the output."""

    def is_list(self, url: str) -> bool:
        """Whether a list is planned at a URL path that ends in `/`."""

    def withheld(self, path: str, url: str) -> str:
        """Return the key of the item, or the path of the attachment, that a path or a URL path names and that is not linked to; else an empty string."""


class Destination(msgspec.Struct, frozen=True):
    """What a reference leads to.

    To an item: `key`, and `url` where it was named by its URL path. To a file or a list: `url` alone. Else `reason`: `unpublished`, with the item's
    key or the attachment's path in `key`, or `missing`.
    """

    key: str = ""
    url: str = ""
    reason: Literal["", "unpublished", "missing"] = ""


MISSING = Destination(reason="missing")


class TableLookup:
    """Looks up the core tables `paths` and `urls` alone, for who needs no more than the items that references lead to."""

    def __init__(self, paths: Mapping[str, Any], urls: Mapping[str, Any]) -> None:
        self._paths = paths
        self._urls = urls

    def path(self, path: str) -> Sequence[str] | None:
        return self._paths.get(path)

    def item(self, url: str) -> str | None:
        return self._urls.get(url)

    def is_output(self, url: str) -> bool:
        return False

    def is_list(self, url: str) -> bool:
        return False

    def withheld(self, path: str, url: str) -> str:
        return ""


def resolve(link: Link, lookup: ReferenceLookup, key: str = "", url: str = "", base: str = "") -> Destination:
    """Return what a reference leads to: what its content path names, the list of the folder that it names, else what is at its URL path.

    `key` and `url` are those of the item that it is part of; without `url`, a relative reference is read as a content path only. A URL path may have
    `base`, the path of `base_url`, already.
    """
    if link.raw.startswith("#"):
        return Destination(key, url)
    if link.path:
        entry = lookup.path(link.path)
        if entry is not None:
            sort, name = entry
            return Destination(key=name) if sort == "item" else Destination(url=name)
    if is_folder(link.raw):
        of_folder = f"/{link.path}/" if link.path else "/"
        if lookup.is_list(of_folder):
            return Destination(url=of_folder)
    place = link.url or (beside(url, link.raw) if url else "")
    destination = at_url(place, lookup, base) if place else None
    if destination is not None:
        return destination
    withheld = lookup.withheld(link.path, place)
    return Destination(withheld, "", "unpublished") if withheld else MISSING


def at_url(url: str, lookup: ReferenceLookup, base: str = "") -> Destination | None:
    """Return what is at a URL path, with or without its last slash; None if nothing is, also below `base`."""
    key = lookup.item(url)
    if key is None and not url.endswith("/"):
        key = lookup.item(f"{url}/")
    if key is not None:
        return Destination(key, url)
    if lookup.is_output(url):
        return Destination(url=url)
    if base and f"{url}/".startswith(f"{base}/"):
        return at_url(url[len(base) :] or "/", lookup)
    return None


def is_folder(raw: str) -> bool:
    """Whether a reference may name a folder from where it stands: `notes/`, `../`, `.`, `notes`."""
    path = _QUERY.split(raw, maxsplit=1)[0]
    name = path.rpartition("/")[2]
    return path[:1] != "/" and (name in (".", "..") or "." not in name)


def has_anchor(link: Link, anchors: Container[str]) -> bool:
    """Whether a page with some anchors has the place that a link's fragment means: browsers know `#top` and text fragments of their own."""
    return not link.fragment or link.fragment in anchors or link.fragment == _TOP or link.fragment.startswith(_TEXT_FRAGMENT)


def beside(url: str, raw: str) -> str:
    """Return the URL path that a relative reference has for a browser on the page at `url`: `../other-post/`."""
    path = _QUERY.split(raw, maxsplit=1)[0]
    plain = _PLAIN.fullmatch(path)
    if not plain or not path:
        return unquote(urljoin(_HOST + quote(url), path).removeprefix(_HOST))
    folder = url
    for _ in range(1 + len(plain[1]) // len("../")):
        folder = folder.rpartition("/")[0]
    return f"{folder}/{plain[2]}"


def is_planned(planned: Container[str], url: str) -> bool:
    """Whether a URL path is one of those that are planned, as a server would find it."""
    return url in planned or f"{url}/" in planned or (url.endswith("/index.html") and url.removesuffix("index.html") in planned)
