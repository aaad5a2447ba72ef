"""What the last committed build of one profile and output knew, in sections that are decoded only when they are needed.

A section that no later build changes is copied as bytes and never looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from wol.engine.cache_files import CorruptCacheError, Section, join_sections, load_sections
from wol.errors import Diagnostic
from wol.model.source import Source
from wol.model.target import Name, Value

_decode = msgspec.msgpack.Decoder().decode
_split = msgspec.msgpack.Decoder(dict[str, msgspec.Raw]).decode


class RawTable(Mapping[str, Value]):
    """A table whose values are decoded when they are first asked for."""

    __slots__ = ("_values", "raws")

    def __init__(self, raws: dict[str, msgspec.Raw]) -> None:
        self.raws = raws
        self._values: dict[str, Value] = {}

    @classmethod
    def of(cls, table: Mapping[str, Value]) -> RawTable:
        """Encode a table."""
        return cls(_split(msgspec.msgpack.encode(table)))

    def __getitem__(self, key: str) -> Value:
        values = self._values
        if key in values:
            return values[key]
        value = values[key] = _decode(self.raws[key])
        return value

    def __contains__(self, key: object) -> bool:
        return key in self.raws

    def get(self, key: str, default: Any = None) -> Any:
        return self[key] if key in self.raws else default

    def __iter__(self) -> Iterator[str]:
        return iter(self.raws)

    def __len__(self) -> int:
        return len(self.raws)

    def whole(self) -> dict[str, Value]:
        """Return all of it as a dict."""
        if len(self._values) < len(self.raws):
            self._values = {key: _decode(raw) for key, raw in self.raws.items()}
        return self._values

    def differing(self, before: RawTable | None) -> Iterator[str]:
        """Return the keys whose values differ from those of an earlier table, and those that only one of the two has."""
        if before is None:
            yield from self.raws
            return
        old = before.raws
        for key, raw in self.raws.items():
            was = old.get(key)
            if was is None or bytes(was) != bytes(raw):
                yield key
        yield from (key for key in old if key not in self.raws)

    def equals(self, before: RawTable) -> bool:
        """Whether another table has the same values for the same keys in the same order."""
        return len(self.raws) == len(before.raws) and all(
            key == other and bytes(raw) == bytes(was)
            for (key, raw), (other, was) in zip(self.raws.items(), before.raws.items(), strict=True)
        )

    def __getstate__(self) -> dict[str, bytes]:
        return {key: bytes(raw) for key, raw in self.raws.items()}

    def __setstate__(self, state: dict[str, bytes]) -> None:
        self.raws, self._values = {key: msgspec.Raw(raw) for key, raw in state.items()}, {}


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


class KnownFragment(msgspec.Struct, frozen=True, array_like=True):
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
        """Return this state if the same code made it; else only what it knows of files, as of inputs and outputs, which no code changes."""
        before = self.inputs
        if before is None or before.toolchain == toolchain:
            return self
        return State({name: self._sections[name] for name in ("sources", "young", "outputs", "owned") if name in self._sections})

    def after(self, values: Mapping[str, Any], kept: Iterable[str]) -> State:
        """Return the state after a build: `values` are new sections, those named in `kept` stay as they are, and all others go."""
        sections = {name: self._sections[name] for name in kept if name in self._sections}
        decoded = {name: self._decoded[name] for name in sections if name in self._decoded}
        sections |= {name: Section(msgspec.msgpack.encode(value)) for name, value in values.items()}
        return State(sections, {**decoded, **values})

    def pieces(self) -> Iterable[bytes | memoryview]:
        """Return the bytes of the state's file, in pieces."""
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
        value: T = self._decoded[name]
        return value

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
    def fragments(self) -> dict[str, KnownFragment]:
        return self.section("fragments", dict[str, KnownFragment], {})

    def diagnostics(self, name: str) -> tuple[Diagnostic, ...]:
        """Return what a step of assembling found."""
        return self.section(f"found {name}", tuple[Diagnostic, ...], ())

    @property
    def table_names(self) -> tuple[str, ...]:
        return tuple(name.removeprefix("table ") for name in self._sections if name.startswith("table "))

    def table(self, name: str) -> RawTable | None:
        """Return a table; None where the last build had none of that name."""
        if f"table {name}" not in self._sections:
            return None
        return RawTable(self.section(f"table {name}", dict[str, msgspec.Raw], {}))
