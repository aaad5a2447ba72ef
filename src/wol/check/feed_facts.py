"""The facts of one feed that checks need: whether it can be read, its entries, and its addresses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from wol.check.page_facts import addresses_of_set
from wol.model.inspection import FeedFacts

_ATOM = "{http://www.w3.org/2005/Atom}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_NAMES = ("href", "src", "poster")


def read_feed(path: str, data: bytes) -> FeedFacts | None:
    """Read a file that may be a feed, RSS, Atom or JSON Feed, whatever its name; None if it is none."""
    return _read_json(path, data) if path.endswith(".json") or data.lstrip()[:1] in (b"{", b"[") else _read_xml(path, data)


def _read_xml(path: str, data: bytes) -> FeedFacts | None:
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.XMLSyntaxError as error:
        return FeedFacts(path, problem=f"not well-formed: {error.msg}")
    if root.tag == "rss":
        links, entries = _rss(root)
    elif root.tag == f"{_ATOM}feed":
        links, entries = _atom(root)
    else:
        return None
    return FeedFacts(path, tuple(entries), tuple(dict.fromkeys(links)))


def _rss(root: Any) -> tuple[list[str], list[tuple[str, str]]]:
    links = [text for element in root.iter("link") if (text := (element.text or "").strip())]
    entries = []
    for item in root.iter("item"):
        entries.append(((item.findtext("guid") or "").strip(), (item.findtext("link") or "").strip()))
        for name in ("description", _CONTENT):
            links += of_html(item.findtext(name) or "")
    return links, entries


def _atom(root: Any) -> tuple[list[str], list[tuple[str, str]]]:
    links = [element.get("href", "") for element in root.iter(f"{_ATOM}link")]
    entries = []
    for entry in root.iter(f"{_ATOM}entry"):
        found = (e.get("href", "") for e in entry.findall(f"{_ATOM}link") if e.get("rel", "alternate") == "alternate")
        entries.append(((entry.findtext(f"{_ATOM}id") or "").strip(), next(found, "")))
        for element in (*entry.findall(f"{_ATOM}content"), *entry.findall(f"{_ATOM}summary")):
            if element.get("type") == "html":
                links += of_html(element.text or "")
    return links, entries


def _read_json(path: str, data: bytes) -> FeedFacts | None:
    try:
        feed = json.loads(data)
    except ValueError as error:
        return FeedFacts(path, problem=f"not well-formed: {error}")
    if not isinstance(feed, dict) or "jsonfeed.org" not in str(feed.get("version")):
        return None
    links = [str(feed[name]) for name in ("home_page_url", "feed_url") if name in feed]
    entries = []
    for item in feed.get("items") or ():
        entries.append((str(item.get("id") or ""), str(item.get("url") or "")))
        links += [str(item[name]) for name in ("url", "external_url", "image") if item.get(name)]
        links += of_html(str(item.get("content_html") or ""))
    return FeedFacts(path, tuple(entries), tuple(dict.fromkeys(links)))


@lru_cache(maxsize=4096)
def of_html(html: str) -> tuple[str, ...]:
    """Return the addresses in the HTML of an entry. The same text stands in several feeds, so it is kept."""
    return tuple(_of_html(html)) if "=" in html else ()


def _of_html(html: str) -> Iterator[str]:
    for node in LexborHTMLParser(html, is_fragment=True).css("[href], [src], [poster], [srcset]"):
        attributes = node.attributes
        yield from (value for name in _NAMES if (value := attributes.get(name)) is not None)
        yield from addresses_of_set(attributes.get("srcset") or "")
