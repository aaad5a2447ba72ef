"""What the last committed build of one profile and output knew, in sections that are decoded only when they are needed.

After a committed build all traces agree with the tables beside them, so a dependency is outdated if and only if the value
that its name has now differs from the one in the state: no digest of each value is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from wol.build import sealed
from wol.errors import Diagnostic
from wol.model.source import Source
from wol.model.target import Name, Trace, Value

MAGIC = b"wol state 1\n"

T = TypeVar("T")


class Inputs(msgspec.Struct, frozen=True, array_like=True):
    """By what a build with nothing to do is known: all else follows from these."""

    toolchain: str
    config: str
    options: str
    """Base URL and visibility that the command line gave."""
    since: int
    """The build's "now"."""
    until: int | None
    """The next moment at which an item changes its state."""
    saved_ns: int
    """When the scan began: files as new as this are hashed again (Git's "racy" rule)."""


class Facts(msgspec.Struct, frozen=True, array_like=True):
    """What a report says even when nothing was done."""

    pages: int
    diagnostics: tuple[Diagnostic, ...]


class Output(msgspec.Struct, frozen=True, array_like=True):
    """A file of the output as it was left: stat and digest."""

    size: int
    mtime_ns: int
    digest: str


class Fragment(msgspec.Struct, frozen=True, array_like=True):
    """A site-only template as it was rendered, and what it used."""

    html: str
    dependencies: tuple[Name, ...]


class Assembled(msgspec.Struct, frozen=True, array_like=True):
    """Which items the build had, in order, and the diagnostics of the site as a whole."""

    keys: tuple[str, ...]
    states: dict[str, str]
    """Of all items, hidden ones too."""


class State:
    """The sections of a state file, read lazily. A file that is absent, torn or foreign is an empty state."""

    def __init__(self, sections: Mapping[str, msgspec.Raw] | None = None) -> None:
        self._sections = sections or {}
        self._cache: dict[str, Any] = {}

    @classmethod
    def load(cls, file: Path) -> State:
        found = sealed.load(file, MAGIC, dict[str, msgspec.Raw])
        return cls(found)

    def of_toolchain(self, toolchain: str) -> State:
        """Give this state if the same code made it; else only what it knows of files, as of inputs and outputs, which no code changes."""
        before = self.inputs
        if before is None or before.toolchain == toolchain:
            return self
        kept = {name: self._sections[name] for name in ("sources", "outputs") if name in self._sections}
        return State(kept)

    def __bool__(self) -> bool:
        return bool(self._sections)

    def raw(self, name: str) -> msgspec.Raw | None:
        return self._sections.get(name)

    def section(self, name: str, kind: type[T], default: T) -> T:
        """Decode a section; the default where it is absent or has another shape."""
        if name not in self._cache:
            raw = self._sections.get(name)
            try:
                self._cache[name] = default if raw is None else msgspec.msgpack.decode(raw, type=kind)
            except (msgspec.DecodeError, msgspec.ValidationError):
                self._cache[name] = default
        found: T = self._cache[name]
        return found

    @property
    def inputs(self) -> Inputs | None:
        return self.section("inputs", Inputs | None, None)  # type: ignore[arg-type]  # a union is a value here, not a type

    @property
    def facts(self) -> Facts:
        return self.section("facts", Facts, Facts(0, ()))

    @property
    def sources(self) -> dict[str, Source]:
        """Every file of the input by its path."""
        return self.section("sources", dict[str, Source], {})

    @property
    def outputs(self) -> dict[str, Output]:
        return self.section("outputs", dict[str, Output], {})

    @property
    def read_keys(self) -> dict[str, str]:
        """Path of each Markdown source from the content folder to its key in the page store."""
        return self.section("read_keys", dict[str, str], {})

    @property
    def assembled(self) -> Assembled:
        return self.section("assembled", Assembled, Assembled((), {}))

    @property
    def table_names(self) -> tuple[str, ...]:
        return tuple(n.removeprefix("table ") for n in self._sections if n.startswith("table "))

    def table(self, name: str) -> dict[str, Value]:
        return self.section(f"table {name}", dict[str, Any], {})

    @property
    def names(self) -> list[Name]:
        return self.section("names", list[tuple[str, str]], [])

    @property
    def traces(self) -> list[Trace]:
        return self.section("traces", list[Trace], [])

    @property
    def fragments(self) -> dict[str, Fragment]:
        return self.section("fragments", dict[str, Fragment], {})


def encode(value: object) -> msgspec.Raw:
    """Make a section."""
    return msgspec.Raw(msgspec.msgpack.encode(value))
