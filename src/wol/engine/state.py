"""What the last committed build of one profile and output knew, in sections that are decoded only when they are needed.

A section that no later build changes is copied as bytes and never looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from wol.engine.sealed import CorruptCacheError, Section, join_sections, load_sections
from wol.engine.table import RawTable
from wol.errors import Diagnostic
from wol.model.source import Source
from wol.model.target import Name

MAGIC = b"wol state 3\n"

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
    """The next moment at which anything is another by itself: an item changes its state, or a line of the ledger gets old enough."""


class Facts(msgspec.Struct, frozen=True, array_like=True):
    """What a report says even when nothing was done."""

    pages: int
    targets: int
    diagnostics: tuple[Diagnostic, ...]
    next_change: int | None = None
    """The next moment at which an item changes its state."""


class Output(msgspec.Struct, frozen=True, array_like=True):
    """A file of the output as it was left: stamp and digest. Its change time is not known, since moving it into its place sets that."""

    size: int
    mtime_ns: int
    digest: str
    inode: int = 0


class Fragment(msgspec.Struct, frozen=True, array_like=True):
    """A site-only template as it was rendered, and what it used."""

    html: str
    dependencies: tuple[Name, ...]


class State:
    """The sections of a state file. A file that is absent, torn or foreign is an empty state."""

    def __init__(self, sections: Mapping[str, Section] | None = None, decoded: Mapping[str, Any] | None = None) -> None:
        self._sections = dict(sections or {})
        self._decoded = dict(decoded or {})

    @classmethod
    def load(cls, file: Path) -> State:
        return cls(load_sections(file, MAGIC))

    def of_toolchain(self, toolchain: str) -> State:
        """Give this state if the same code made it; else only what it knows of files, as of inputs and outputs, which no code changes."""
        before = self.inputs
        if before is None or before.toolchain == toolchain:
            return self
        return State({name: self._sections[name] for name in ("sources", "young", "outputs", "owned") if name in self._sections})

    def after(self, values: Mapping[str, Any], kept: Iterable[str]) -> State:
        """Give the state after a build: `values` are new sections, those named in `kept` stay as they are, and all others go."""
        sections = {name: self._sections[name] for name in kept if name in self._sections}
        decoded = {name: self._decoded[name] for name in sections if name in self._decoded}
        sections |= {name: Section(msgspec.msgpack.encode(value)) for name, value in values.items()}
        return State(sections, {**decoded, **values})

    def pieces(self) -> Iterable[bytes | memoryview]:
        """Give the bytes of the state's file, in pieces."""
        return join_sections(MAGIC, self._sections)

    def __bool__(self) -> bool:
        return bool(self._sections)

    def __contains__(self, name: str) -> bool:
        return name in self._sections

    def section(self, name: str, kind: type[T], default: T) -> T:
        """Decode a section; the default where it is absent. Raises CorruptCacheError if it is damaged."""
        if name not in self._decoded:
            section = self._sections.get(name)
            if section is None:
                return default
            try:
                self._decoded[name] = msgspec.msgpack.decode(section.checked(), type=kind)
            except (msgspec.DecodeError, msgspec.ValidationError) as error:
                raise CorruptCacheError(f"the section `{name}` has another shape: {error}") from error
        found: T = self._decoded[name]
        return found

    @property
    def inputs(self) -> Inputs | None:
        return self.section("inputs", Inputs | None, None)  # type: ignore[arg-type]  # a union is a value here, not a type

    @property
    def facts(self) -> Facts:
        return self.section("facts", Facts, Facts(0, 0, ()))

    @property
    def sources(self) -> dict[str, Source]:
        """Every file of the input by its path."""
        return self.section("sources", dict[str, Source], {})

    @property
    def young(self) -> frozenset[str]:
        """Paths of sources that were too young for their stamps to prove anything (`wol.stamps`)."""
        return self.section("young", frozenset[str], frozenset())

    @property
    def outputs(self) -> dict[str, Output]:
        return self.section("outputs", dict[str, Output], {})

    @property
    def read_keys(self) -> dict[str, str]:
        """Path of each Markdown source from the content folder to its key in the page store."""
        return self.section("read_keys", dict[str, str], {})

    @property
    def fragments(self) -> dict[str, Fragment]:
        return self.section("fragments", dict[str, Fragment], {})

    def diagnostics(self, name: str) -> tuple[Diagnostic, ...]:
        """Give what a step of assembling found."""
        return self.section(f"found {name}", tuple[Diagnostic, ...], ())

    @property
    def table_names(self) -> tuple[str, ...]:
        return tuple(name.removeprefix("table ") for name in self._sections if name.startswith("table "))

    def table(self, name: str) -> RawTable | None:
        """Give a table; None where the last build had none of that name."""
        if f"table {name}" not in self._sections:
            return None
        return RawTable(self.section(f"table {name}", dict[str, msgspec.Raw], {}))
