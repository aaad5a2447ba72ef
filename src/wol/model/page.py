"""A rendered page that knows where the fragments of the theme stand in it: what the rest of it is made of does not depend on them."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

MAX_PAGE = 50_000_000
"""Characters of a page."""

Hole = tuple[int, int, str]
"""Where a fragment begins and ends among the bytes of a page, and its name."""

_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(list[Hole])


class Page(bytes):
    """The bytes of a page; `holes` are in the order in which they stand there. What is made of such bytes has none."""

    holes: tuple[Hole, ...] = ()

    @classmethod
    def with_holes(cls, data: bytes, holes: Iterable[Hole]) -> Page:
        made = cls(data)
        made.holes = tuple(holes)
        return made


def pack(holes: tuple[Hole, ...]) -> bytes:
    """Write holes in little room; nothing for none."""
    return _ENCODER.encode(holes) if holes else b""


def unpack(packed: bytes) -> list[Hole]:
    """Read what `pack` wrote."""
    return _DECODER.decode(packed)
