"""Where the fragments of a page stand in it, so that a page of which only they are others need not be rendered again.

The place of a fragment is known if a template prints it as it is, `{{ fragment("…") }}`, and nothing takes up what that template prints: no
macro, `set` block, filter or `super()`. Whoever has a fragment otherwise may measure or change it, and what comes of that is seen by rendering alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup

from wol.model.page import Hole, Page

_new = str.__new__


class Fragment(Markup):
    """The HTML of a fragment as `fragment("…")` gives it. What templates make of one is of this class too, but has no name."""

    __slots__ = ("_name",)
    _name: str

    @classmethod
    def named(cls, name: str, html: str) -> Fragment:
        """Give a fragment; its HTML was made by a template."""
        made = _new(cls, html)
        made._name = name
        return made


class PrintedText(NamedTuple):
    """What a template printed, and the fragments in it that it printed as they are, each with the character at which it begins."""

    html: str
    fragments: Sequence[tuple[int, Fragment]]


def is_whole(value: object) -> bool:
    """Whether a value is a fragment as it was given."""
    return type(value) is Fragment and hasattr(value, "_name")


def to_page(text: PrintedText) -> bytes:
    """Give the bytes of a page, without blanks around it and with a line break at its end. Raises UnicodeEncodeError for lone surrogates.

    It has no holes where a fragment is the first or last of the page, since another one may change which blanks are around it.
    """
    html, fragments = text
    data = f"{html.strip()}\n".encode()
    if not fragments:
        return data
    first, last = len(html) - len(html.lstrip()), len(html.rstrip())
    start, (end, fragment) = fragments[0][0], fragments[-1]
    if start <= first or end + len(fragment) >= last:
        return data
    return Page.with_holes(data, _holes(html, fragments, first))


def _holes(html: str, fragments: Sequence[tuple[int, Fragment]], done: int) -> Iterator[Hole]:
    """Give the places in bytes of a page that begins with the character `done`."""
    end = 0
    for start, fragment in fragments:
        begin = end + _size(html[done:start])
        end = begin + _size(fragment)
        done = start + len(fragment)
        yield begin, end, fragment._name


def _size(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode())
