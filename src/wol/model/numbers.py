"""Whole numbers that Python refuses to read or to write with decimal digits."""

from __future__ import annotations

import re

LONGEST_BITS = 14_000
"""Of the largest whole number that Python writes with decimal digits."""

_HUGE = re.compile(r"(?<![\w.])[+-]?\d[\d_]{4000,}")


def huge_number(text: str) -> int:
    """Give the line of a number with more digits than Python reads; 0 if there is none."""
    found = _HUGE.search(text)
    return text.count("\n", 0, found.start()) + 1 if found is not None else 0
