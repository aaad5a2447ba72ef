"""The reference of `site.toml`, from the classes by which it is validated."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Mapping
from typing import Any, Literal

import msgspec

from wol.config.classes import SettingField, fields, is_table
from wol.config.declared_tables import settings_class
from wol.features.registry import declared, tables
from wol.reference.definitions import entry, heading


def lines() -> Iterator[str]:
    """Describe every table and key, the features that can be switched, and the options of the default theme."""
    yield (
        "Only `title` and `base_url` in `[site]` are required; a key that is not on this page is an error. Paths are relative to "
        "`site.toml` and stay inside its folder. Your editor can check the file while you type: see [editor set-up](../editor.md)."
    )
    yield from _keys(settings_class(tables()), ())


def _keys(kind: Any, path: tuple[str, ...]) -> Iterator[str]:
    """Describe the keys of a table, then the tables in it; those of `site.toml` itself in their order."""
    deeper = []
    for field in fields(kind):
        hint, where = field.type, (*path, field.name)
        if _below(hint) is not None and path:
            deeper.append((where, hint, field.description))
        elif _below(hint) is not None:
            yield from _table(where, hint, field.description)
        elif path:
            yield from entry(field.name, ".".join(where), _facts(field, hint), field.description)
        else:
            yield heading(f"`[{field.name}]`", field.name)
            yield f"{field.description} A {_type(hint)}."
        if where in MORE:
            yield from MORE[where]()
    for where, hint, description in deeper:
        yield from _table(where, hint, description)


def _table(where: tuple[str, ...], hint: Any, description: str) -> Iterator[str]:
    below, name = _below(hint), ".".join(where)
    many = typing.get_origin(hint) is tuple
    named = hint is not below and not many
    yield heading(f"`[[{name}]]`" if many else f"`[{name}.NAME]`" if named else f"`[{name}]`", name)
    yield description
    yield from _keys(below, (*where, "NAME") if named else where)


def _features() -> Iterator[str]:
    """Describe the features that can be switched off."""
    yield "\nThese are on unless they are switched off, and so is what plugins add, by its name:"
    for feature in declared():
        if feature.switchable:
            yield from entry(feature.name, f"features.{feature.name}", "", feature.description)


def _options() -> Iterator[str]:
    """Describe the options of the default theme."""
    from wol.theme.folders import default_theme_folder
    from wol.theme.options import TYPES, read_manifest

    manifest, _ = read_manifest((default_theme_folder() / "theme.toml").read_bytes(), "theme.toml")
    for name, option in manifest.options.items():
        choices = f", {' or '.join(_code(choice) for choice in option.choices)}" if option.choices else ""
        facts = f"option of the default theme, {TYPES[option.type][0]}{choices}, default {_code(option.default)}"
        yield from entry(f"options.{name}", f"theme.options.{name}", facts, option.help)


MORE = {("features",): _features, ("theme", "options"): _options}
"""What is said besides of a key whose names are not known to the classes."""


def _below(kind: Any) -> Any:
    """Return the class of a nested table, also inside a mapping of names to tables or a list of them; None for a plain value."""
    if is_table(kind):
        return kind
    return next((a for a in typing.get_args(kind) if is_table(a)), None)


def _facts(field: SettingField, kind: Any) -> str:
    limits = f", {field.ge} to {field.le}" if field.le is not None else ""
    return f"{_type(kind)}{limits}, {_default(field)}"


def _type(kind: Any) -> str:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is Literal:
        return " or ".join(_code(a) for a in arguments)
    if origin is tuple:
        return f"list of {_plural(arguments[0])}"
    if origin in (dict, Mapping):
        return "table" if arguments[1] is Any else f"table of {_plural(arguments[1])}"
    if origin is types.UnionType or origin is typing.Union:
        return " or ".join(_type(a) for a in arguments)
    return {str: "text", bool: "`true` or `false`", int: "whole number", float: "number"}[kind]


def _plural(kind: Any) -> str:
    if typing.get_origin(kind) is tuple:
        return "lists"
    return f"{_type(kind)}s" if kind in (str, int, float) else _type(kind)


def _default(field: SettingField) -> str:
    value = field.default
    if value is msgspec.NODEFAULT:
        return "required"
    return "default: empty" if value in ("", (), {}) else f"default {_code(value)}"


def _code(value: Any) -> str:
    """Return a value as it is typed in TOML, as code."""
    return f"`{_toml(value)}`"


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return "{" + ", ".join(f'"{name}" = {_toml(one)}' for name, one in value.items()) + "}"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)
