"""Marks: facts that a text states, such as a link, each with the sentence that states it.

A mark has no line number, since a line changes with every edit above it: where only lines change, the marks of a text stay the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

LINK = "link"
"""The kind of mark that wol itself makes: an internal link of the text. Its `args` are a `Link.address`."""

_PREFIX = "marks."


class Mark(msgspec.Struct, frozen=True, array_like=True):
    """A fact that a text states.

    `sentence` is the sentence around it as plain text, and `anchor` the id of the block it is in, or of the nearest heading above.
    """

    kind: str
    args: tuple[str, ...]
    sentence: str = ""
    anchor: str = ""


Marks = Mapping[str, tuple[Mark, ...]]
"""The marks of an item by kind, each kind in the order of the text; a kind without marks is absent."""


def column_of(kind: str) -> str:
    """Return the name of the column that holds the marks of a kind: `marks.link`."""
    return _PREFIX + kind


def kind_of(column: str) -> str:
    """Return the kind of mark that a column holds; empty for every other column."""
    return column.removeprefix(_PREFIX) if column.startswith(_PREFIX) else ""


EncodedMarks = Mapping[str, msgspec.Raw]
"""The marks of an item as its summary holds them: each kind is decoded only by who asks for it, since most builds read none."""

_decode = msgspec.msgpack.Decoder(tuple[Mark, ...]).decode


def encode(marks: Marks) -> dict[str, msgspec.Raw]:
    """Encode marks for a summary."""
    return {kind: msgspec.Raw(msgspec.msgpack.encode(some)) for kind, some in marks.items()}


def decode(encoded: msgspec.Raw) -> tuple[Mark, ...]:
    """Decode the marks of one kind."""
    return _decode(encoded)


def differing(before: EncodedMarks, after: EncodedMarks) -> Iterable[str]:
    """Name the columns of marks in which two items differ."""
    if before == after:
        return ()
    return [column_of(kind) for kind in before.keys() | after.keys() if before.get(kind) != after.get(kind)]
