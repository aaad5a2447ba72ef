"""The hooks of features: in which order they run, what they see of the site, and whose fault it is if one fails."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Any

from wol.engine import plugin_types
from wol.engine.memo import Columns, Memo
from wol.engine.sealed import CorruptCacheError
from wol.engine.table import RawTable
from wol.errors import WolError, diagnostic
from wol.model.config import Config
from wol.model.feature import Feature
from wol.model.item import COLUMNS
from wol.model.site import Table
from wol.site.builder import Builder


class BuilderInput:
    """What one builder of core tables sees of the site: only what it declares. To read more is a defect of wol, since it would be stale one day."""

    def __init__(self, builder: Builder, config: Config, columns: Columns, memo: Memo) -> None:
        self._builder = builder
        self._columns = columns
        self._memo = memo
        self.config = config

    def column(self, name: str) -> Mapping[str, Any]:
        if name not in self._builder.columns:
            raise LookupError(f"the builder of {self._builder.provides} reads the column `{name}` without declaring it")
        return self._columns[name]

    def table(self, name: str) -> Table:
        if name not in self._builder.needs:
            raise LookupError(f"the builder of {self._builder.provides} reads the table `{name}` without declaring it")
        return self._memo.of_builders(name)


class Input:
    """What one feature sees of the site (`model.feature.SiteInput`): only what it declares."""

    def __init__(self, feature: Feature, config: Config, columns: Columns, tables: Mapping[str, RawTable]) -> None:
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
        found = self._tables.get(name)
        return found.whole() if found is not None else {}

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


def run_tables(features: Sequence[Feature], config: Config, columns: Columns, memo: Memo) -> None:
    """Make every feature's tables, or take those of the last build; the features are in order."""
    for feature in features:
        if not feature.provides:
            continue
        if not memo.outdated(f"table {feature.provides[0]}", feature.columns, feature.needs):
            for name in feature.provides:
                memo.keep(name)
            continue
        with memo.timings.feature(feature.name, "tables"):
            made = guarded(feature, "`tables`", lambda f=feature: f.tables(Input(f, config, columns, memo.tables)), plugin_types.tables)  # type: ignore[misc]  # mypy has no inference for a default
        if set(made) != set(feature.provides):
            message = f"The feature `{feature.name}` gives the tables {sorted(made)}, but declares {sorted(feature.provides)}"
            raise WolError(diagnostic("plugin-failed", message))
        for name, table in made.items():
            memo.give(name, table)


def is_built_in(feature: Feature) -> bool:
    """Whether a feature is one of wol's own, and no plugin."""
    return type(feature).__module__.startswith("wol.features.")


def is_of_plugin(error: BaseException) -> bool:
    """Whether an exception out of a plugin is the plugin's fault: not Ctrl-C, a lack of memory, or what wol itself raises through it.

    Where a handler of signals is set, Ctrl-C is a subclass of KeyboardInterrupt; so one that is just that was raised by hand.
    """
    if isinstance(error, KeyboardInterrupt):
        return type(error) is KeyboardInterrupt and signal.getsignal(signal.SIGINT) is not signal.default_int_handler
    return not isinstance(error, MemoryError) and (isinstance(error, Exception) or not type(error).__module__.startswith("wol."))


def told(error: BaseException) -> str:
    """Return the type of an exception, with its words if it has any."""
    words = str(error).strip()
    return f"{type(error).__name__}: {words}" if words else type(error).__name__


def guarded(feature: Feature, hook: str, call: Callable[[], Any], check: Callable[[Any], Any]) -> Any:
    """Call a hook; what it raises, or gives in another type than `check` allows, becomes an error that names the feature, if it is a plugin's."""
    try:
        return call() if is_built_in(feature) else check(call())
    except (WolError, CorruptCacheError):
        raise
    except BaseException as error:
        if is_built_in(feature) or not is_of_plugin(error):
            raise
        message = f"The plugin `{feature.name}` failed in {hook}: {told(error)}"
        raise WolError(diagnostic("plugin-failed", message)) from error
