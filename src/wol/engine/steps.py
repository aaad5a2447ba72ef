"""The steps of assembling: in which order they run, what each sees of the site, and which need not run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Any

import msgspec

from wol.engine.protocol import result_types
from wol.engine.protocol.feature_calls import call
from wol.engine.state import State
from wol.engine.step_cache import Columns, StepCache
from wol.errors import Diagnostic, WolError, diagnostic, did_you_mean
from wol.model.config import Config
from wol.model.feature import Feature
from wol.model.feed import CHANNELS, Channel
from wol.model.functions import load_function
from wol.model.item import COLUMNS
from wol.model.mark import kind_of
from wol.model.site import Table
from wol.model.step import PLACES, Made, Step
from wol.model.target import ROLES, Target
from wol.site.core_tables import INPUT, STEPS

_NO_TABLES: Mapping[str, Callable[[], Table]] = {}

CORE = "site"
"""What steps of the core are known by where a feature's have its name."""


class OwnedStep(msgspec.Struct, frozen=True):
    """A step, and the feature that it belongs to; None for one of the core."""

    step: Step
    feature: Feature | None = None
    channels: Mapping[str, str] = {}
    """For a step that needs `channels`: the tables of channels, each with its feature. They are among its `needs`."""

    @property
    def name(self) -> str:
        """By what the state knows it: `feeds.links`."""
        return f"{CORE if self.feature is None else self.feature.name}.{self.step.name}"


class StepOrder(msgspec.Struct, frozen=True):
    """All steps, each after those whose tables it needs: `first` those that plan without knowing the table `places`, `then` those that need it."""

    first: tuple[OwnedStep, ...]
    then: tuple[OwnedStep, ...]

    def __iter__(self) -> Iterator[OwnedStep]:
        yield from self.first
        yield from self.then


def in_order(features: Iterable[Feature]) -> StepOrder:
    """Sort the steps of the core and of features; raises WolError (plugin-failed) for a circle, or for two that give one table."""
    steps = {owned.name: owned for owned in owned_steps(features)}
    givers: dict[str, str] = {}
    for name, owned in steps.items():
        for table in (*owned.step.provides, *filter(None, (owned.step.moments,))):
            if table in givers:
                raise WolError(
                    diagnostic(
                        "plugin-failed", f"{_said(steps[givers[table]])} and {_said(owned, small=True)} both give the table `{table}`"
                    )
                )
            givers[table] = name
    graph = {name: {givers[table] for table in owned.step.needs if table in givers} for name, owned in steps.items()}
    try:
        order = tuple(steps[name] for name in TopologicalSorter(graph).static_order())
    except CycleError as error:
        circle = " needs ".join(f"`{name}`" for name in reversed(error.args[1]))
        raise WolError(diagnostic("plugin-failed", f"Steps need one another's tables in a circle: {circle}")) from error
    late: set[str] = set()
    for owned in order:
        if PLACES in owned.step.needs or not late.isdisjoint(graph[owned.name]):
            late.add(owned.name)
    return StepOrder(tuple(owned for owned in order if owned.name not in late), tuple(owned for owned in order if owned.name in late))


def owned_steps(features: Iterable[Feature]) -> Iterator[OwnedStep]:
    """Return all steps: those of the core, then those of the features."""
    yield from (OwnedStep(step) for step in STEPS)
    features = tuple(features)
    channels = {table: feature.name for feature in features for table in feature.channels}
    for feature in features:
        yield from (with_channels(OwnedStep(step, feature), channels) for step in feature.steps)


def with_channels(owned: OwnedStep, channels: Mapping[str, str]) -> OwnedStep:
    """Return a step that, if it reads the channels of features, needs each of their tables."""
    step = owned.step
    if CHANNELS not in step.needs:
        return owned
    return OwnedStep(msgspec.structs.replace(step, needs=step.needs | channels.keys()), owned.feature, channels)


def _said(owned: OwnedStep, *, small: bool = False) -> str:
    said = f"the feature `{owned.feature.name}`" if owned.feature is not None else "wol itself"
    return said if small else said[0].upper() + said[1:]


class StepInput:
    """What one step sees of the site (`model.step.SiteInput`): only what it declares. To read more would be stale one day."""

    def __init__(self, owned: OwnedStep, config: Config, columns: Columns, tables: Mapping[str, Mapping[str, Any]]) -> None:
        self._owned = owned
        self._columns = columns
        self._tables = tables
        self.config = config

    def column(self, name: str) -> Mapping[str, Any]:
        if name not in self._owned.step.columns:
            raise self._undeclared("column", name, "columns")
        if name in COLUMNS or name in self._columns.declared:
            return self._columns[name]
        if kind_of(name):
            return {}  # the feature that makes such marks is absent
        feature = self._owned.feature
        if feature is not None and name in {f"{feature.name}.{field.name}" for field in feature.fields}:
            return {}  # a taxonomy of that name has taken the place of the field
        message = f"There is no column `{name}`, which the step `{self._owned.name}` reads"
        raise WolError(diagnostic("plugin-failed", message, hint=did_you_mean(name, (*COLUMNS, *self._columns.declared))))

    def table(self, name: str) -> Table:
        if name not in self._owned.step.needs or (name.startswith(INPUT) and self._owned.feature is not None):
            raise self._undeclared("table", name, "needs")
        if name == CHANNELS:
            return self._channels()
        table = self._tables.get(name)
        return {} if table is None else _whole(table)

    def _channels(self) -> dict[str, Channel]:
        """Return the rows of all tables of channels; raises WolError (plugin-failed) for what is no channel, and for two at one URL path."""
        channels: dict[str, Channel] = {}
        owners: dict[str, str] = {}
        for table, feature in self._owned.channels.items():
            for url, row in self.table(table).items():
                if url in channels:
                    message = f"The features `{owners[url]}` and `{feature}` both give feeds to the list `{url}`"
                    raise WolError(diagnostic("plugin-failed", message))
                if not url.startswith("/") or not url.endswith("/"):
                    message = f"The feature `{feature}` gives feeds to `{url}`, which is not the URL path of a list"
                    raise WolError(diagnostic("plugin-failed", message, hint="begin and end it with `/`"))
                try:
                    channels[url] = msgspec.convert(row, Channel)
                except msgspec.ValidationError as error:
                    message = f"The feature `{feature}` gives the list `{url}` no `Channel` in the table `{table}`: {error}"
                    raise WolError(diagnostic("plugin-failed", message)) from error
                owners[url] = feature
        return channels

    def _undeclared(self, what: str, name: str, where: str) -> WolError:
        message = f"The step `{self._owned.name}` reads the {what} `{name}` without declaring it"
        return WolError(diagnostic("plugin-failed", message, hint=f"add it to `{where}` of the step"))


def _whole(table: Mapping[str, Any]) -> Table:
    return table.whole() if hasattr(table, "whole") else table


def run(
    steps: Sequence[OwnedStep], config: Config, columns: Columns, memo: StepCache, seen: Mapping[str, Callable[[], Table]] = _NO_TABLES
) -> tuple[Diagnostic, ...]:
    """Run each step that must, take what the others gave from the last build, and return what all of them found.

    `seen` makes tables that no state holds, when a step that needs one runs.
    """
    diagnostics: list[Diagnostic] = []
    for owned in steps:
        name, step = owned.name, owned.step
        if not memo.outdated(f"found {name}", step.columns, step.needs):
            for table in step.provides:
                memo.reuse(table)
            if step.moments:
                memo.reuse_moments(step.moments, is_core=owned.feature is None)
            if step.plans:
                memo.kept.append(f"targets {name}")
            diagnostics += memo.found_before(name)
            continue
        with memo.timings.feature(CORE if owned.feature is None else owned.feature.name, step.name):
            tables = {**memo.tables, **{table: seen[table]() for table in step.needs & seen.keys()}}
            outcome = _make(owned, StepInput(owned, config, columns, tables))
        for table, values in outcome.tables.items():
            memo.store(table, values)
        if step.moments:
            memo.store_moments(step.moments, outcome.moments, is_core=owned.feature is None)
        if step.plans:
            memo.values[f"targets {name}"] = list(outcome.targets)
        diagnostics += memo.found(name, outcome.diagnostics)
    return tuple(diagnostics)


def _make(owned: OwnedStep, site: StepInput) -> Made:
    """Call a step and hold it to what it declares; raises WolError (plugin-failed)."""
    step, feature = owned.step, owned.feature
    if feature is None:
        made: Made = load_function(step.make)(site)
    else:
        made = call(feature, f"the step `{step.name}`", step.make, result_types.made, site)
    if set(made.tables) != set(step.provides):
        message = f"The step `{owned.name}` gives the tables {sorted(made.tables)}, but declares {sorted(step.provides)}"
        raise WolError(diagnostic("plugin-failed", message))
    if made.moments and not step.moments:
        raise WolError(diagnostic("plugin-failed", f"The step `{owned.name}` gives moments, but does not name a table of them"))
    if made.targets and not step.plans:
        raise WolError(diagnostic("plugin-failed", f"The step `{owned.name}` gives targets, but does not declare that it plans"))
    for target in made.targets:
        if target.role and target.role not in ROLES:
            message = f"The step `{owned.name}` plans `{target.path}` in the role `{target.role}`"
            raise WolError(diagnostic("plugin-failed", message, hint=f"write one of {', '.join(ROLES)}, or nothing"))
    if feature is None:
        return made
    origin = f"the feature `{feature.name}`"
    targets = tuple(t if t.origin else msgspec.structs.replace(t, origin=origin) for t in made.targets)
    return msgspec.structs.replace(made, targets=targets)


def targets_of(steps: Iterable[OwnedStep], memo: StepCache, state: State) -> Iterator[Target]:
    """Return the targets that steps have planned, in this build or in the last."""
    for owned in steps:
        if owned.step.plans:
            section = f"targets {owned.name}"
            yield from memo.values[section] if section in memo.values else state.section(section, list[Target], [])


def have_planned(steps: Iterable[OwnedStep], memo: StepCache) -> bool:
    """Whether any of some steps has planned anew in this build."""
    return any(f"targets {owned.name}" in memo.values for owned in steps if owned.step.plans)


def fine_tables(features: Iterable[Feature]) -> frozenset[str]:
    """Return the tables in which each field of a value is a dependency of its own."""
    return frozenset(table for feature in features for table in feature.fine)
