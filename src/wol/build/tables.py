"""The tables of features: run in the order of what they need, and compared with those of the last build."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Any

import msgspec

from wol.build.state import State, encode
from wol.build.store import CorruptStoreError
from wol.errors import Diagnostic, WolError, diagnostic
from wol.model.config import Config
from wol.model.feature import Feature
from wol.model.item import COLUMNS, Summary
from wol.model.site import Table
from wol.model.target import Name

FINE = frozenset({"terms", "taxonomies"})
"""Tables in which a single field of a value is a dependency of its own: a new post in a term must not wake what shows the term's name."""


class Columns:
    """The summary columns of the items that a build has, each made when it is first read."""

    def __init__(self, summaries: Mapping[str, Summary]) -> None:
        self._summaries = summaries
        self._columns: dict[str, dict[str, Any]] = {}

    def __getitem__(self, name: str) -> Mapping[str, Any]:
        column = self._columns.get(name)
        if column is None:
            column = self._columns[name] = {key: getattr(s, name) for key, s in self._summaries.items()}
        return column


class Input:
    """What one feature sees of the site (`model.feature.SiteInput`): only what it declares."""

    def __init__(self, feature: Feature, config: Config, columns: Columns, tables: Mapping[str, Table]) -> None:
        self._feature = feature
        self._columns = columns
        self._tables = tables
        self.config = config

    def column(self, name: str) -> Mapping[str, Any]:
        if name not in self._feature.columns or name not in COLUMNS:
            raise WolError(self._undeclared("column", name, "columns"))
        return self._columns[name]

    def table(self, name: str) -> Table:
        if name not in self._feature.needs:
            raise WolError(self._undeclared("table", name, "needs"))
        return self._tables.get(name, {})

    def _undeclared(self, what: str, name: str, where: str) -> Any:
        message = f"The feature `{self._feature.name}` reads the {what} `{name}` without declaring it"
        return diagnostic("plugin-failed", message, hint=f"add it to `{where}`")


def in_order(features: Iterable[Feature]) -> list[Feature]:
    """Sort features so that each comes after those whose tables it needs; raises WolError (plugin-failed) for a circle or two of one table."""
    givers: dict[str, Feature] = {}
    by_name: dict[str, Feature] = {}
    for feature in features:
        by_name[feature.name] = feature
        for table in feature.provides:
            if table in givers:
                raise WolError(
                    diagnostic("plugin-failed", f"The features `{givers[table].name}` and `{feature.name}` both give the table `{table}`")
                )
            givers[table] = feature
    graph: TopologicalSorter[str] = TopologicalSorter()
    for feature in by_name.values():
        graph.add(feature.name, *(givers[t].name for t in feature.needs if t in givers and givers[t] is not feature))
    try:
        return [by_name[name] for name in graph.static_order()]
    except CycleError as error:
        circle = " needs ".join(f"`{n}`" for n in reversed(error.args[1]))
        raise WolError(diagnostic("plugin-failed", f"Features need one another's tables in a circle: {circle}")) from error


def run_features(features: Sequence[Feature], config: Config, columns: Columns, tables: dict[str, Table]) -> None:
    """Add every feature's tables to `tables`; the features are in order."""
    for feature in features:
        if not feature.provides:
            continue
        with_tables = guarded(feature, "`tables`", lambda f=feature: f.tables(Input(f, config, columns, tables)))  # type: ignore[misc]  # mypy has no inference for a default
        if set(with_tables) != set(feature.provides):
            raise WolError(
                diagnostic(
                    "plugin-failed",
                    f"The feature `{feature.name}` gives the tables {sorted(with_tables)}, but declares {sorted(feature.provides)}",
                )
            )
        tables.update(with_tables)


def check_features(features: Sequence[Feature], config: Config, columns: Columns, tables: Mapping[str, Table]) -> list[Diagnostic]:
    """Ask every feature what the writer should know."""
    found: list[Diagnostic] = []
    for feature in features:
        found += guarded(feature, "`check`", lambda f=feature: list(f.check(Input(f, config, columns, tables))))  # type: ignore[misc]  # as above
    return found


def guarded(feature: Feature, hook: str, call: Callable[[], Any]) -> Any:
    """Call a hook; what it raises becomes an error that names the feature, for those that are not built in."""
    try:
        return call()
    except (WolError, CorruptStoreError):
        raise
    except Exception as error:
        if type(feature).__module__.startswith("wol.features."):
            raise
        message = f"The plugin `{feature.name}` failed in {hook}: {type(error).__name__}: {error}"
        raise WolError(diagnostic("plugin-failed", message)) from error


def changed_summaries(old: Mapping[str, Summary], new: Mapping[str, Summary]) -> Iterator[Name]:
    """Name each value of a summary column that differs; an item that came or went differs in all."""
    for key in old.keys() | new.keys():
        before, after = old.get(key), new.get(key)
        if before is after:
            continue
        for column in COLUMNS:
            if before is None or after is None or getattr(before, column) != getattr(after, column):
                yield (column, key)


def changed_table(name: str, state: State, raw: msgspec.Raw | None) -> Iterator[Name]:
    """Name each key of a table whose value differs from that in the state; in the tables of FINE each field of the value too."""
    old_raw = state.raw(f"table {name}")
    if old_raw is not None and raw is not None and bytes(old_raw) == bytes(raw):
        return
    old = state.table(name)
    new = msgspec.msgpack.decode(raw, type=dict[str, Any]) if raw is not None else {}
    for key in old.keys() | new.keys():
        before, after = old.get(key), new.get(key)
        if key in old and key in new and before == after:
            continue
        yield (name, key)
        if name in FINE:
            fields, others = before or {}, after or {}
            for field in fields.keys() | others.keys():
                if field not in fields or field not in others or fields[field] != others[field]:
                    yield (f"{name}.{field}", key)


def encode_tables(tables: Mapping[str, Table]) -> dict[str, msgspec.Raw]:
    """Make the sections of tables."""
    return {name: encode(table) for name, table in tables.items()}
