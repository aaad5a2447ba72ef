"""HTML with placeholders to parts, which rendering fills in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from wol.model.item import Callout, Candidate, Close, Dynamic, Link, Open, Part, Place

BLOCK = "\x05{}\x06"
"""Placeholder of a callout that the theme renders, and of a part that a feature renders."""

SIGNS = "\x01\x02\x03\x04\x05\x06"
"""All signs of placeholders; texts hold none of them."""

_FIRST = "\x01\x04\x02\x05"
"""The signs by which placeholders are found: the first of each, but for links, which have a tag before it."""

_BEFORE_LINK = len('<a href="')
_PLACEHOLDER = re.compile(
    r'<a href="\x01(?P<open>\d+)\x03"(?P<attributes>(?:"[^"]*"|[^">])*)>|\x04</a>|\x02(?P<place>\d+)\x03|\x05(?P<block>\d+)\x06'
)


def split(html: str, blocks: Sequence[Callout | Candidate | Dynamic]) -> tuple[Part, ...]:
    """Cut HTML at its placeholders into parts."""
    out: list[Part] = []
    at = 0
    for place in sorted(place for sign in _FIRST for place in _places(html, sign)):
        start = place - _BEFORE_LINK if html[place] == _FIRST[0] else place
        found = _PLACEHOLDER.match(html, start) if start >= at else None
        if found is None:
            continue
        if found.start() > at:
            out.append(html[at : found.start()])
        at = found.end()
        if (number := found["open"]) is not None:
            out.append(Open(int(number), found["attributes"]))
        elif (number := found["place"]) is not None:
            out.append(Place(int(number)))
        elif (number := found["block"]) is not None:
            out.append(blocks[int(number)])
        else:
            out.append(Close())
    if at < len(html):
        out.append(html[at:])
    return tuple(out)


def _places(html: str, sign: str) -> Iterator[int]:
    """Give all places of a sign; `find` goes over a text a hundred times as fast as an expression."""
    place = html.find(sign)
    while place >= 0:
        yield place
        place = html.find(sign, place + 1)


def renumber(parts: Sequence[Part], links: Sequence[Link]) -> tuple[tuple[Part, ...], tuple[Link, ...]]:
    """Give parts with only the links that they use, numbered anew."""
    used: dict[int, int] = {}

    def new(part: Part) -> Part:
        if isinstance(part, Open):
            return Open(used.setdefault(part.link, len(used)), part.attrs)
        if isinstance(part, Place):
            return Place(used.setdefault(part.link, len(used)))
        if isinstance(part, Callout):
            title = tuple(new(inner) for inner in part.title)
            return Callout(
                part.name, title, tuple(new(inner) for inner in part.parts), part.fold, part.id, part.classes, part.words, part.values
            )
        if isinstance(part, Candidate):
            return Candidate(used.setdefault(part.link, len(used)), tuple(new(inner) for inner in part.parts), part.typed)
        if isinstance(part, Dynamic):
            return Dynamic(part.kind, part.args, tuple(new(inner) for inner in part.parts), part.text)
        return part

    renewed = tuple(new(part) for part in parts)
    return renewed, tuple(links[number] for number in used)


def as_typed(parts: Sequence[Part], links: Sequence[Link]) -> str:
    """Join parts to HTML in which every reference stands as it was typed, callouts of a theme as plain blocks, and parts of features as their text."""
    from markdown_it.common.utils import escapeHtml

    out: list[str] = []
    closing: list[str] = []
    for part in parts:
        if isinstance(part, str):
            out.append(part)
        elif isinstance(part, Open):
            link = links[part.link]
            out.append("[" if link.typed else f'<a href="{escapeHtml(link.raw)}"{part.attrs}>')
            closing.append(escapeHtml(link.typed_end) if link.typed else "</a>")
        elif isinstance(part, Place):
            out.append(escapeHtml(links[part.link].raw))
        elif isinstance(part, Close):
            out.append(closing.pop() if closing else "")
        elif isinstance(part, Candidate):
            out.append(part.typed)
        elif isinstance(part, Dynamic):
            out.append(as_typed(part.parts, links) or escapeHtml(part.text))
        else:
            out.append(f"<div>{as_typed(part.title, links)}\n{as_typed(part.parts, links)}</div>\n")
    return "".join(out)
