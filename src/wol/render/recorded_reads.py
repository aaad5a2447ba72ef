"""What a site holds, for whoever asks while a target is rendered: each answer is recorded as a dependency of that target."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from wol.errors import WolError, diagnostic
from wol.model import mark
from wol.model.item import COLUMNS, Body
from wol.model.site import Site
from wol.model.target import Name, Target, Value
from wol.render.recorder import Recorder

_COLUMNS = frozenset(COLUMNS)

NOTHING = Target(path="", kind="")
"""The target of what is rendered for itself."""


class RecordedReads:
    """The tables, settings, texts and files of one site, read for one target after the other.

    In the tables of `fine`, a field of a value is a dependency of its own: `("terms.name", key)`.
    """

    def __init__(
        self,
        site: Site,
        *,
        bodies: Callable[[str], Body],
        read: Callable[[str], bytes],
        fine: frozenset[str],
        artifact: Callable[[str], bytes | None],
    ) -> None:
        self.recorder = Recorder()
        self.target = NOTHING
        self._site = site
        self._tables = site.tables
        self._bodies = bodies
        self._read = read
        self._fine = fine
        self._artifact = artifact
        self._field_tables: dict[tuple[str, str], str] = {}
        self._body: tuple[str, Body] = ("", Body())

    @contextmanager
    def recording(self, target: Target) -> Iterator[set[Name]]:
        """Ask for a target, and give the names of all that is asked for."""
        before = self.recorder.names, self.target
        self.recorder.names, self.target = set(), target
        try:
            yield self.recorder.names
        finally:
            self.recorder.names, self.target = before

    def value(self, table: str, key: str) -> Value:
        self.recorder.names.add((table, key))
        found = self._tables.get(table)
        if found is not None and key in found:
            return found[key]
        is_column = table in _COLUMNS
        if is_column or "." in table:  # else marks, or the fact of a field that a feature declares
            summary = self._site.summaries.get(key)
            if summary is None:
                return None
            if is_column:
                return getattr(summary, table)
            if kind := mark.kind_of(table):
                return mark.decode(summary.marks[kind]) if kind in summary.marks else None
            return summary.fact(table)
        return None

    def config(self, name: str) -> Any:
        self.recorder.names.add(("config", name))
        return self._tables["config"].get(name)

    def field(self, table: str, key: str, name: str) -> Any:
        self.recorder.names.add((self._field_tables.get((table, name)) or self._field_table(table, name), key))
        found = self._tables.get(table, {}).get(key)
        return None if found is None else found[name]

    def _field_table(self, table: str, name: str) -> str:
        """Give under which table a field is recorded; each name is made once, since thousands are kept."""
        found = self._field_tables[table, name] = f"{table}.{name}" if table in self._fine else table
        return found

    def body(self, key: str) -> Body:
        """Give the text of an item in pieces."""
        self.recorder.record("body", key)
        if self._body[0] != key:
            self._body = (key, self._bodies(key))
        return self._body[1]

    def source(self, path: str) -> bytes:
        self.recorder.record("file", path)
        return self._read(path)

    def artifact(self, path: str) -> bytes | None:
        if not self.target.last:
            message = f"`{self.target.path}` of {self.target.origin} reads the artifact `{path}`, but is not planned as `last`"
            raise WolError(diagnostic("plugin-failed", message, hint="plan it with `last=True`"))
        self.recorder.record("artifact", path)
        return self._artifact(path)
