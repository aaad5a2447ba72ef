"""Tables of `site.toml` that features declare: classes of keys with types, limits, defaults and descriptions."""

from __future__ import annotations

from typing import Any

import msgspec

from wol.model.functions import Function


def setting(description: str, *, ge: int | None = None, le: int | None = None) -> msgspec.Meta:
    """Describe a key of a table, with its limits if it is a number: `items: Annotated[int, setting("Items of a feed.", ge=1)] = 20`."""
    return msgspec.Meta(description=description, ge=ge, le=le)


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A table of `site.toml` with fixed keys: any other key is an error."""


class SettingsTable(msgspec.Struct, frozen=True, kw_only=True):
    """A table of `site.toml` that belongs to a feature.

    `kind` is its class, a subclass of `Table`, or the import string of that class. `check(settings)` is given an instance and returns a `SettingProblem` for
    each value that has the right type and still cannot be; it is called for the keys whose types are right, with defaults in the place of the others.
    """

    kind: Any
    description: str
    check: Function | None = None


class SettingProblem(msgspec.Struct, frozen=True):
    """What is wrong with a value: the `key` in the table, a message of one sentence, and a hint that, applied literally, mends it."""

    key: str
    message: str
    hint: str = ""
