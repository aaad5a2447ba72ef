"""The facts of one HTML file of the output that checks need, collected in one walk."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from wol.model.inspection import PageFacts

_SELECTOR = (
    ":is(html, title, base, meta, h1, h2, h3, h4, h5, h6, style, [id], [href], [src], [srcset], [poster], [style], a[name], object[data])"
)
_LOADED = {
    "img": "image",
    "input": "image",
    "image": "image",
    "use": "image",
    "script": "script",
    "iframe": "frame",
    "frame": "frame",
    "embed": "object",
    "object": "object",
    "video": "media file",
    "audio": "media file",
    "source": "media file",
    "track": "media file",
}
_RELATIONS = {
    "stylesheet": "style sheet",
    "icon": "icon",
    "apple-touch-icon": "icon",
    "mask-icon": "icon",
    "manifest": "file",
    "preload": "file",
    "modulepreload": "file",
    "prefetch": "file",
    "preconnect": "connection",
    "dns-prefetch": "connection",
}
"""Relations of `<link>` for which a browser loads something; to what all others name a reader may go."""
_PICTURES = frozenset({"og:image", "twitter:image"})
_CANDIDATE = re.compile(r"[\s,]*([^\s,](?:\S*[^\s,])?)(?:\s[^,]*)?")
_URL = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"'\s]*))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_EXCERPT = 60


class _Facts:
    """What the walk has found so far."""

    def __init__(self) -> None:
        self.links: dict[str, None] = {}
        self.related: dict[str, None] = {}
        self.files: dict[tuple[str, str], None] = {}
        self.anchors: dict[str, None] = {}
        self.doubled: dict[str, None] = {}
        self.titles: list[str] = []
        self.lang: str | None = None
        self.levels: list[tuple[int, str]] = []
        self.bare: dict[str, None] = {}
        self.metas: dict[str, str] = {}
        self.canonical = ""
        self.base = ""


def read_page(path: str, data: bytes) -> PageFacts:
    """Read an HTML file as browsers do; `path` is where it lies in the output."""
    facts = _Facts()
    for node in LexborHTMLParser(data).css(_SELECTOR):
        _take(facts, node)
    return PageFacts(
        path=path,
        links=tuple(facts.links),
        related=tuple(facts.related),
        files=tuple(facts.files),
        anchors=tuple(facts.anchors),
        doubled=tuple(facts.doubled),
        titles=tuple(facts.titles),
        lang=facts.lang,
        levels=tuple(facts.levels),
        bare=tuple(facts.bare),
        description=facts.metas.get("description"),
        robots=facts.metas.get("robots", ""),
        canonical=facts.canonical,
        base=facts.base,
    )


def _take(facts: _Facts, node: LexborNode) -> None:
    tag, attributes = node.tag or "", node.attributes
    own = attributes.get("id")
    if own:
        (facts.doubled if own in facts.anchors else facts.anchors)[own] = None
    style = attributes.get("style")
    if style and "(" in style:
        facts.files.update(dict.fromkeys(("image", url) for url in addresses_of_style(style)))
    if tag == "a" or tag == "area":
        href = attributes.get("href", attributes.get("xlink:href"))
        if href is not None:
            facts.links[href] = None
        elif name := attributes.get("name"):
            facts.anchors[name] = None
    elif tag == "link":
        _take_relation(facts, attributes)
    elif tag in _LOADED:
        _take_loaded(facts, tag, node, attributes)
    elif len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
        facts.levels.append((int(tag[1]), " ".join(node.text().split())[:_EXCERPT]))
    elif tag == "meta":
        name = (attributes.get("name") or attributes.get("property") or "").lower()
        facts.metas.setdefault(name, attributes.get("content") or "")
        if name in _PICTURES and attributes.get("content"):
            facts.files["picture for social media", attributes["content"] or ""] = None
    elif tag == "title":
        if node.parent is not None and node.parent.tag == "head":
            facts.titles.append(" ".join(node.text().split()))
    elif tag == "html":
        facts.lang = attributes.get("lang")
    elif tag == "style":
        facts.files.update(dict.fromkeys(("file", url) for url in addresses_of_style(node.text())))
    elif tag == "base":
        facts.base = facts.base or attributes.get("href") or ""


def _take_relation(facts: _Facts, attributes: dict[str, str | None]) -> None:
    href, words = attributes.get("href"), (attributes.get("rel") or "").lower().split()
    if href is None:
        return
    if "canonical" in words:
        facts.canonical = href
    sort = next((sort for word, sort in _RELATIONS.items() if word in words), "")
    if sort:
        facts.files[sort, href] = None
    else:
        facts.related[href] = None


def _take_loaded(facts: _Facts, tag: str, node: LexborNode, attributes: dict[str, str | None]) -> None:
    sort = _LOADED[tag]
    if tag == "source" and node.parent is not None and node.parent.tag == "picture":
        sort = "image"
    for name in ("src", "href", "xlink:href", "data"):
        url = attributes.get(name)
        if url is not None:
            facts.files[sort, url] = None
    if poster := attributes.get("poster"):
        facts.files["image", poster] = None
    facts.files.update(dict.fromkeys(("image", url) for url in addresses_of_set(attributes.get("srcset") or "")))
    if tag == "img" and "alt" not in attributes:
        facts.bare[attributes.get("src") or ""] = None


def addresses_of_set(srcset: str) -> Iterator[str]:
    """Return the addresses of a `srcset` (HTML standard, section 4.8.4.2.1)."""
    return (match[1] for match in _CANDIDATE.finditer(srcset) if not match[1].startswith("data:"))


def addresses_of_style(text: str) -> Iterator[str]:
    """Return the addresses of `url(…)` and `@import` in CSS."""
    for match in _URL.finditer(text):
        url = next((part for part in match.groups() if part), "")
        if url:
            yield url
