"""Pages of long lists (authoring format, section 4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

FRONT = 0
"""Number of the front: the list's own URL."""


class PageOf(msgspec.Struct, frozen=True):
    """One page of a list: its number (0 is the front), its items, newest first, and the numbers of the pages next to it."""

    number: int
    items: tuple[str, ...]
    older: int | None = None
    newer: int | None = None

    @property
    def front(self) -> bool:
        """Whether this is the list's own URL, with the newest items."""
        return self.number == FRONT


def paginate(keys: Sequence[str], size: int, mode: Literal["stable", "newest"] = "stable") -> tuple[PageOf, ...]:
    """Cut a list, newest first, into pages; the front comes first, then from newer to older. There is always a front.

    `stable`: page k holds the items (k-1)*size+1 to k*size counted from the oldest, so that it keeps them when a newer one is added; the front
    has the rest, less than twice `size`. `newest`: the front has the newest `size`, `/page/2/` the next.
    """
    if mode == "newest":
        cuts = list(range(0, len(keys), size)) or [0]
        numbers = [FRONT, *range(2, len(cuts) + 1)]
    else:
        full = max(0, len(keys) // size - 1)
        cuts = [0, *range(len(keys) - full * size, len(keys), size)]
        numbers = [FRONT, *range(full, 0, -1)]
    ends = [*cuts[1:], len(keys)]
    return tuple(
        PageOf(
            number,
            tuple(keys[start:end]),
            older=numbers[place + 1] if place + 1 < len(numbers) else None,
            newer=numbers[place - 1] if place else None,
        )
        for place, (number, start, end) in enumerate(zip(numbers, cuts, ends, strict=True))
    )


def page_url(base: str, number: int) -> str:
    """Give the URL path of a page of the list at `base`, which ends in `/`."""
    return base if number == FRONT else f"{base}page/{number}/"
