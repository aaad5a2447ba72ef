"""Writing references anew in a source whose targets have moved, byte for byte: only such as stand there as they are read."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import quote, unquote

import msgspec

from wol.model import mark
from wol.model.item import Body, Item, Link, LinkFact, MapFact, StoredFact, Summary
from wol.model.mark import LINK, EncodedMarks

_SAFE = "/~!$&'()*+,;=:@-._"
_PART = re.compile(r"[?#]")
_BEFORE = r"(?<![\w/%~.#-])"
_AFTER = r"(?![\w/%~.#?=&+-])"

_BARE = LinkFact(Link("link", ""))
"""Stands for any link."""


class Relinked(msgspec.Struct, frozen=True):
    """A source with its references written anew, how many were, and those that its writer has to look at: each with what it would be."""

    data: bytes
    done: int
    left: tuple[tuple[Link, str], ...]


def relative(raw: str, path: str, folder: str) -> str:
    """Give the reference that leads to a content path from a folder, in the way in which `raw` was typed: absolute or relative, encoded or not."""
    typed = _PART.split(raw, maxsplit=1)[0]
    to = "/" + path if typed.startswith("/") else posixpath.relpath(path, folder or ".")
    if typed.endswith("/"):
        to += "/"
    if unquote(typed) != typed or re.search(r"[\s()<>?#%]", to):
        to = quote(to, safe=_SAFE)
    return to + raw[len(typed) :]


def relink(data: bytes, wanted: Mapping[int, str], folder: str, read: Callable[[bytes], Item | None]) -> Relinked:
    """Write references of a source anew; `wanted` has the content path that the link of each number shall lead to, from `folder`.

    `read` reads the source where it will be. A change is kept if by it links lead where they shall, and nothing else of the item is another: so an example in a
    code block stays as it is. A form that is not found, such as one with entities, is left.
    """
    first = read(data)
    if first is None:
        return Relinked(data, 0, ())
    links = first.summary.links
    now, text = first, data.decode("utf-8")
    todo = {number: path for number, path in wanted.items() if links[number].path != path}
    for number in todo:
        raw = links[number].raw
        new = relative(raw, todo[number], folder)
        for start, end in _places(text, raw):
            if now.summary.links[number].path == todo[number]:
                break
            changed = text[:start] + (new if text[start:end] != html.escape(raw) else html.escape(new)) + text[end:]
            after = read(changed.encode("utf-8"))
            if after is not None and _is_better(now, after, first, wanted):
                now, text = after, changed
    missing = [number for number in todo if now.summary.links[number].path != todo[number]]
    left = tuple((links[number], relative(links[number].raw, todo[number], folder)) for number in missing)
    return Relinked(text.encode("utf-8"), len(todo) - len(missing), left)


def _places(text: str, raw: str) -> Iterator[tuple[int, int]]:
    """Find where a reference stands as it was read, decoded, or with entities; the last place first, so that those before it stay."""
    found: set[tuple[int, int]] = set()
    for form in {raw, unquote(raw), html.escape(raw)}:
        for match in re.finditer(f"{_BEFORE}{re.escape(form)}{_AFTER}", text):
            found.add(match.span())
    yield from sorted(found, reverse=True)


def _is_better(before: Item, after: Item, first: Item, wanted: Mapping[int, str]) -> bool:
    """Whether more links lead where they shall, all others where they did, and all else is the same."""
    if len(after.summary.links) != len(first.summary.links) or _but_links(before) != _but_links(after):
        return False
    fine = 0
    for number, (old, new) in enumerate(zip(before.summary.links, after.summary.links, strict=True)):
        if new.path == wanted.get(number, old.path):
            fine += new.path != old.path
        elif new.path != old.path:
            return False
    return fine > 0


def _but_addresses(marks: EncodedMarks) -> dict[str, msgspec.Raw]:
    """Return marks without where links lead; their sentences count."""
    if LINK not in marks:
        return dict(marks)
    links = tuple(msgspec.structs.replace(one, args=()) for one in mark.decode(marks[LINK]))
    return {**marks, **mark.encode({LINK: links})}


def _but_links(item: Item) -> tuple[Summary, Body]:
    facts, marks = {name: _but_link(fact) for name, fact in item.summary.facts.items()}, _but_addresses(item.summary.marks)
    bare = msgspec.structs.replace(item.summary, links=(), excerpt_links=(), image_link=None, image="", link="")
    summary = msgspec.structs.replace(bare, facts=facts, marks=marks)
    return summary, msgspec.structs.replace(item.body, links=())


def _but_link(fact: StoredFact) -> StoredFact:
    if isinstance(fact, MapFact):
        return MapFact({name: _BARE if isinstance(one, LinkFact) else one for name, one in fact.values.items()})
    return _BARE if isinstance(fact, LinkFact) else fact
