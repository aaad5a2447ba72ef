"""How much text a value of a template holds, so that an operation that would make more than any page needs is refused before it is done."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

MAX_TEXT = 1_000_000
"""Characters or elements of what one operation may make."""

_NESTED = (list, tuple, set, frozenset, Mapping)


def size_of(value: Any, limit: int = MAX_TEXT) -> int:
    """Count the characters of texts and the elements of collections, those inside them too; counting ends above a limit.

    A list may hold itself many times over, so a short value can be endless when it is shown.
    """
    if not isinstance(value, _NESTED):
        return len(value) if hasattr(value, "__len__") else 1
    size = 0
    pending: list[Iterable[Any]] = [_elements(value)]
    while pending and size <= limit:
        for element in pending.pop():
            if isinstance(element, _NESTED):
                size += 1
                pending.append(_elements(element))
            else:
                size += max(1, len(element)) if isinstance(element, str | bytes) else 1
            if size > limit:
                break
    return size


def _elements(value: Collection[Any]) -> Iterable[Any]:
    return [*value.keys(), *value.values()] if isinstance(value, Mapping) else value
