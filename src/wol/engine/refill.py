"""Other fragments in a page whose own text is as it was: pure, and the same bytes as rendering the page gives."""

from __future__ import annotations

from collections.abc import Mapping

from wol.model.page import MAX_PAGE, Hole, Page, unpack


def refilled(page: bytes, packed: bytes, fragments: Mapping[str, str]) -> Page | None:
    """Put the present fragments into the holes of a page; None where only rendering tells what becomes of it."""
    pieces: list[bytes] = []
    holes: list[Hole] = []
    done = size = 0
    for start, end, name in unpack(packed):
        try:
            filling = fragments[name].encode()
        except (KeyError, UnicodeEncodeError):
            return None
        pieces += (page[done:start], filling)
        begin = size + start - done
        size = begin + len(filling)
        holes.append((begin, size, name))
        done = end
    pieces.append(page[done:])
    made = Page.with_holes(b"".join(pieces), holes)
    return made if len(made) <= MAX_PAGE else None
