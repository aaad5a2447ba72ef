"""Reading settings that may still have any shape: what is absent or of another type is as if it were not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wol.config.locate import Path


def value(data: Any, *path: str, sort: type = str) -> Any:
    """Return a value if it is there and of the type, else None."""
    for part in path:
        data = data.get(part) if isinstance(data, dict) else None
    return data if isinstance(data, sort) else None


def table(data: Any, *path: str) -> Mapping[str, Any]:
    """Return a table, empty where there is none."""
    return value(data, *path, sort=dict) or {}


def texts(data: Any, *path: str) -> Iterator[tuple[Path, str]]:
    """Return each text of a list, with where it stands."""
    for number, entry in enumerate(value(data, *path, sort=list) or ()):
        if isinstance(entry, str):
            yield (*path, number), entry
