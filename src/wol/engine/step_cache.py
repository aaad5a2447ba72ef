"""The memo of assembling: a step runs again only if something that it declares to read is another than in the last build.

Each step of the core and of the features names the summary columns and the tables that it reads. What the others gave comes from the state. So the edit of a title makes no table anew, and a build from nothing makes all of them, by the same code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from functools import cached_property
from operator import attrgetter
from typing import Any

from wol.engine.state import RawTable, State
from wol.engine.timings import OFF, Timings
from wol.errors import Diagnostic
from wol.model import mark
from wol.model.item import Summary
from wol.model.target import Name, Value


class Columns:
    """The summary columns of the items that a build has, each made when it is first read; `declared` are those of marks, and of fields of features."""

    def __init__(self, summaries: Mapping[str, Summary], declared: Set[str] = frozenset()) -> None:
        self.declared = declared
        self._summaries = summaries
        self._columns: dict[str, dict[str, Any]] = {}

    @cached_property
    def _items(self) -> list[tuple[str, Summary]]:
        return list(self._summaries.items())

    def __getitem__(self, name: str) -> Mapping[str, Any]:
        column = self._columns.get(name)
        if column is None:
            if name in self.declared:
                kind = mark.kind_of(name)
                if kind:
                    column = {key: mark.decode(s.marks[kind]) for key, s in self._items if kind in s.marks}
                else:
                    column = {key: s.facts[name].value for key, s in self._items if name in s.facts}
            else:
                read = attrgetter(name)
                column = {key: read(summary) for key, summary in self._items}
            self._columns[name] = column
        return column


def earliest(*moments: int | None) -> int | None:
    """Return the first of some moments that there are."""
    return min((moment for moment in moments if moment is not None), default=None)


class StepCache:
    """What is another than in the last build, and the tables of this one.

    `columns` are the summary columns in which any item differs; `everything` runs all steps, as where the settings are others. In the tables of `fine` each
    field of a value is a dependency of its own. `now` is the build's, and `is_same_moment` that no moment has come since the last build.
    """

    def __init__(
        self,
        before: State,
        columns: Set[str],
        *,
        everything: bool,
        fine: frozenset[str] = frozenset(),
        now: int = 0,
        is_same_moment: bool = False,
        timings: Timings = OFF,
    ) -> None:
        self.timings = timings
        self._before = before
        self._columns = columns
        self._everything = everything
        self._fine = fine
        self._now = now
        self._is_same_moment = is_same_moment
        self.until: int | None = None
        """The next of all moments that steps have given."""
        self.next_change: int | None = None
        """The next of those at which something in the site is another: moments of features."""
        self._changed: set[str] = set()
        self.tables: dict[str, RawTable] = {}
        self.values: dict[str, Any] = {}
        """Sections of the next state that were made in this build."""
        self.kept: list[str] = []
        """Sections that stay as they are."""

    def outdated(self, step: str, columns: Iterable[str], needs: Iterable[str]) -> bool:
        """Whether a step must run; `step` names what it left in the state."""
        return self._everything or step not in self._before or not self._columns.isdisjoint(columns) or not self._changed.isdisjoint(needs)

    def store(self, name: str, table: Mapping[str, Value]) -> None:
        """Store a table that was made in this build; it counts as changed if its bytes are others than before."""
        raw_table = RawTable.of(table)
        before = self._before.table(name)
        if before is not None and raw_table.equals(before):
            self.reuse(name)
            return
        self._changed.add(name)
        self.tables[name] = raw_table
        self.values[f"table {name}"] = raw_table.raws

    def reuse(self, name: str) -> None:
        """Reuse a table of the last build."""
        before = self._before.table(name)
        assert before is not None
        self.tables[name] = before
        self.kept.append(f"table {name}")

    def mark(self, what: str) -> None:
        """Note that something else than a table is another, which steps can need like one."""
        self._changed.add(what)

    def store_moments(self, table: str, moments: Mapping[str, int], *, is_core: bool = False) -> None:
        """Take the moments of a step, and make the table that says which of them have come; those of the core show nowhere in the site."""
        self.values[f"moments {table}"] = dict(moments)
        self._look_forward(moments, is_core=is_core)
        self.store(table, {key: moment <= self._now for key, moment in moments.items()})

    def reuse_moments(self, table: str, *, is_core: bool = False) -> None:
        """Take the moments of the last build; the table is another if one of them has come since."""
        moments = self._before.section(f"moments {table}", dict[str, int], {})
        self.kept.append(f"moments {table}")
        self._look_forward(moments, is_core=is_core)
        if self._is_same_moment:
            self.reuse(table)
        else:
            self.store(table, {key: moment <= self._now for key, moment in moments.items()})

    def _look_forward(self, moments: Mapping[str, int], *, is_core: bool) -> None:
        later = min((moment for moment in moments.values() if moment > self._now), default=None)
        self.until = earliest(self.until, later)
        if not is_core:
            self.next_change = earliest(self.next_change, later)

    def found(self, step: str, diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """Keep what a step found."""
        of_step = tuple(diagnostics)
        self.values[f"found {step}"] = of_step
        return of_step

    def found_before(self, step: str) -> tuple[Diagnostic, ...]:
        """Return what a step that need not run found when it last did."""
        self.kept.append(f"found {step}")
        return self._before.diagnostics(step)

    def step(
        self, name: str, columns: Iterable[str], needs: Iterable[str], run: Callable[[], Iterable[Diagnostic]]
    ) -> tuple[Diagnostic, ...]:
        """Run a step that only finds things, if it must."""
        return self.found(name, run()) if self.outdated(f"found {name}", columns, needs) else self.found_before(name)

    def names(self) -> Iterator[Name]:
        """Name each key of a table whose value is another; in the tables of `fine` each field of the value too."""
        for name in self._changed & self.tables.keys():
            yield from self._differing(name, self.tables[name], self._before.table(name))
        for name in self._before.table_names:
            if name not in self.tables:
                before = self._before.table(name)
                assert before is not None
                yield from self._differing(name, RawTable({}), before)

    def _differing(self, name: str, now: RawTable, before: RawTable | None) -> Iterator[Name]:
        for key in now.differing(before):
            yield (name, key)
            if name in self._fine:
                fields = now.get(key) or {}
                others = (before.get(key) if before is not None else None) or {}
                for field in fields.keys() | others.keys():
                    if field not in fields or field not in others or fields[field] != others[field]:
                        yield (f"{name}.{field}", key)
