"""The settings as plain data: for the cache, and as a table of dotted names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from wol.model.config import Config
from wol.model.target import Value


def dump(config: Config) -> dict[str, Any]:
    """Return the settings as plain data, so that a later run takes them from the cache and needs no pydantic."""
    found: dict[str, Any] = msgspec.to_builtins(config)
    return found


def restore(data: Mapping[str, Any]) -> Config:
    """Make the settings of what `dump` gave; raises msgspec.ValidationError if it is of another version."""
    return msgspec.convert(data, Config)


def flatten(config: Config) -> dict[str, Value]:
    """Return every setting by its dotted name: `site.title`, `extra.accent`, and whole tables too, `site.author`.

    What uses one setting so depends on that one alone. Those of features are among them. Lists are not entered: `theme.nav` is one value. A name that is not there has no entry.
    """
    plain = dump(config)
    tables = plain.pop("tables")
    return dict(_walk("", {**plain, **tables}))


def _walk(prefix: str, table: Mapping[str, Any]) -> Iterator[tuple[str, Value]]:
    for key, value in table.items():
        yield prefix + key, value
        if isinstance(value, dict):
            yield from _walk(f"{prefix}{key}.", value)
