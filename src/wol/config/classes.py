"""The classes of the settings as pydantic takes them, and what is said of their fields: made of those of `wol.model`, so that nothing is said twice.

Every command needs the settings, and few need their validator: what is quick to load is defined, what is slow is derived.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec

from wol.model.settings_table import Table

_NOTHING = msgspec.Meta()


class SettingField(msgspec.Struct, frozen=True):
    """A key of a table: its type, its default (of `msgspec.NODEFAULT` if it has none), its description and its limits."""

    name: str
    type: Any
    default: Any
    description: str
    ge: int | None = None
    le: int | None = None


def is_table(kind: Any) -> bool:
    """Whether a type is the class of a table with fixed keys."""
    return isinstance(kind, type) and issubclass(kind, Table)


def fields(kind: type[Table]) -> Iterator[SettingField]:
    """Return the keys of a table, in order; what only the class has is none."""
    for field in msgspec.structs.fields(kind):
        plain, meta = typing.get_args(field.type) if typing.get_origin(field.type) is typing.Annotated else (field.type, _NOTHING)
        if meta.extra == {"is_key": False}:
            continue
        default = field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory()
        yield SettingField(field.name, plain, default, meta.description or "", meta.ge, meta.le)


@cache
def validated_class(kind: type[Table]) -> type:
    """Make the dataclass by which pydantic checks a table; an unknown key is an error."""
    made = []
    for field in fields(kind):
        about = {"description": field.description, "ge": field.ge, "le": field.le}
        metadata = {name: value for name, value in about.items() if value is not None}
        made.append((field.name, _validated(field.type), _field(field.default, metadata)))
    return dataclasses.make_dataclass(
        kind.__name__, made, kw_only=True, namespace={"__doc__": kind.__doc__, "__pydantic_config__": {"extra": "forbid"}}
    )


def _field(default: Any, metadata: dict[str, Any]) -> Any:
    if default is msgspec.NODEFAULT:
        return dataclasses.field(metadata=metadata)
    if isinstance(default, dict | Table):
        return dataclasses.field(default_factory=lambda: default, metadata=metadata)
    return dataclasses.field(default=default, metadata=metadata)


def _validated(kind: Any) -> Any:
    """Put the classes for pydantic in the place of ours."""
    if is_table(kind):
        return validated_class(kind)
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (dict, tuple):
        return origin[tuple(_validated(argument) for argument in arguments)]
    return kind
