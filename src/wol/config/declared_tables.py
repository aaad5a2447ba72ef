"""The tables of `site.toml` that features declare: one class of all settings, their checks, and their values as plain data with defaults."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Annotated, Any

import msgspec

from wol.config.classes import fields, is_table
from wol.config.problems import Problem
from wol.errors import WolError, diagnostic
from wol.model.config import Config
from wol.model.feature import Feature
from wol.model.functions import load_function
from wol.model.settings_table import SettingProblem, SettingsTable, Table, setting

Tables = Mapping[str, SettingsTable]
"""The declared tables by their names in `site.toml`."""


def tables_of(features: Iterable[Feature]) -> dict[str, SettingsTable]:
    """Return the tables that features declare; raises WolError (plugin-failed) for a name that is taken."""
    owners = dict.fromkeys((field.name for field in fields(Config)), "wol")
    tables: dict[str, SettingsTable] = {}
    for feature in features:
        for name, table in feature.settings.items():
            if name in owners:
                message = f"The table `[{name}]` of `site.toml` is declared by both `{owners[name]}` and `{feature.name}`"
                raise WolError(diagnostic("plugin-failed", message, hint="give the table of the plugin another name"))
            owners[name] = feature.name
            tables[name] = table
    return tables


def class_of(table: SettingsTable) -> type[Table]:
    """Return the class of a declared table."""
    kind: Any = load_function(table.kind)
    return kind  # type: ignore[no-any-return]  # `declared_types` has checked those of plugins


def settings_class(tables: Tables) -> type[Config]:
    """Return the class of all that `site.toml` may say: the tables of the core, then those that are declared."""
    return _settings_class(tuple(tables.items()))


@cache
def _settings_class(tables: tuple[tuple[str, SettingsTable], ...]) -> type[Config]:
    if not tables:
        return Config
    declared = []
    for name, table in tables:
        kind = class_of(table)
        described = Annotated[kind, setting(table.description)]  # type: ignore[valid-type]  # made while running
        default = {} if is_required(kind) else {"default_factory": kind}
        declared.append((name, described, msgspec.field(**default)))  # type: ignore[call-overload]  # one keyword or none
    return msgspec.defstruct("Config", declared, bases=(Config,), namespace={"__doc__": Config.__doc__}, frozen=True, kw_only=True)  # type: ignore[return-value]  # a subclass


def is_required(kind: Any) -> bool:
    """Whether a table must be there, since it has a key without a default."""
    return is_table(kind) and any(field.default is msgspec.NODEFAULT for field in fields(kind))


def declared_problems(data: Mapping[str, Any], tables: Tables, shape: Iterable[Problem]) -> Iterator[Problem]:
    """Find values of declared tables that have the right type and still cannot be; keys with `shape` problems are passed over."""
    wrong = {problem.where[:2] for problem in shape}
    for name, table in tables.items():
        if table.check is None or not isinstance(data.get(name), dict):
            continue
        right = {key: value for key, value in data[name].items() if (name, key) not in wrong}
        try:
            settings = msgspec.convert(right, class_of(table))
        except msgspec.ValidationError:
            continue
        for problem in load_function(table.check)(settings):
            assert isinstance(problem, SettingProblem)
            where = (name, problem.key) if problem.key else (name,)
            yield Problem(where, problem.message, problem.hint)


def filled(data: Mapping[str, Any], tables: Tables) -> dict[str, Any]:
    """Return the declared tables of good plain data with all defaults; raises msgspec.ValidationError if they are not good."""
    return {
        name: msgspec.to_builtins(msgspec.convert(data.get(name, {}), class_of(table)))
        for name, table in tables.items()
        if name in data or not is_required(class_of(table))
    }


def complete(config: Config, features: Iterable[Feature], read: Callable[[], bytes], *, is_checked: bool) -> Config:
    """Return settings with the tables that plugins declare, which are known only when the settings have named the plugins.

    `read` gives the bytes of `site.toml`; `is_checked` says that they were found good before. Raises WolError with all that is wrong.
    """
    known = list(features)
    tables = tables_of(known)
    of_plugins = {name: tables[name] for feature in known if feature.plugin for name in feature.settings}
    if not of_plugins and config.tables.keys() <= tables.keys():
        return config
    off = {name for feature in known if not feature.is_on for name in feature.settings}
    wanted = {
        name: table for name, table in of_plugins.items() if name in config.tables or name not in off or not is_required(class_of(table))
    }
    is_good = is_checked and config.tables.keys() <= tables.keys()
    if is_good:
        missing = [name for name, table in wanted.items() if name not in config.tables and is_required(class_of(table))]
        try:
            own = filled(config.tables, wanted)
            is_good = not missing and not list(declared_problems(config.tables, wanted, ()))
        except msgspec.ValidationError:
            is_good = False
    if not is_good:
        from wol.config.load import NAME
        from wol.config.validate import validated

        required = {name: table for name, table in tables.items() if name in wanted or name not in of_plugins}
        own = filled(validated(read(), NAME, None, required, is_complete=True)["tables"], wanted)
    return msgspec.structs.replace(config, tables={**config.tables, **own})
