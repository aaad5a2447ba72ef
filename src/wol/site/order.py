"""The order of every list: newest first, then by source path; undated last (authoring format, section 2.1)."""

from __future__ import annotations

from collections.abc import Iterable

from wol.model.item import Moment, Summary


def position(key: str, date: Moment | None) -> tuple[bool, int, str]:
    """Give what an item is sorted by."""
    return (True, 0, key) if date is None else (False, -date.instant, key)


def in_order(summaries: Iterable[Summary]) -> list[Summary]:
    """Sort items as every list has them."""
    return sorted(summaries, key=lambda s: position(s.key, s.date))
