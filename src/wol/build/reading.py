"""The read stage: sources whose key is not in the page store become items; all others come from there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from wol import digest
from wol.build import execute
from wol.build.request import Progress
from wol.build.store import PageStore, Stored
from wol.content.settings import ReadSettings
from wol.errors import Diagnostic, diagnostic
from wol.model.item import Summary
from wol.model.source import Source, Tree

if TYPE_CHECKING:
    from wol.content.defaults import Defaults
    from wol.content.markdown.reader import Reader

BATCH = 32


@dataclass(slots=True)
class ReadContext:
    """What the read job needs, the same for every source; the reader is built when it is first used, once in each process."""

    settings: ReadSettings
    _reader: Reader | None = None

    @property
    def reader(self) -> Reader:
        if self._reader is None:
            from wol.content.markdown.reader import Reader

            self._reader = Reader(self.settings)
        return self._reader

    def __getstate__(self) -> ReadSettings:
        return self.settings

    def __setstate__(self, settings: ReadSettings) -> None:
        self.settings, self._reader = settings, None


@dataclass(frozen=True, slots=True)
class ReadTask:
    """One source to read: its key, bytes, and the defaults that hold for it, nearest first."""

    key: str
    data: bytes
    defaults: tuple[Defaults, ...]


class _Read(msgspec.Struct, array_like=True):
    summaries: tuple[Summary, ...]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What came of a batch: summaries and findings encoded (they cross a process border), bodies as they go into the store."""

    encoded: bytes
    bodies: tuple[tuple[bytes, ...], ...]


def read_batch(context: ReadContext, tasks: Sequence[ReadTask]) -> ReadResult:
    """The read job: pure, and the same in any process."""
    from wol.content.read import read_source

    reads, bodies = [], []
    for task in tasks:
        reading = read_source(task.key, task.data, task.defaults, context.settings, context.reader)
        found = tuple(d for item in reading.items for d in item.diagnostics)
        reads.append(_Read(tuple(item.summary for item in reading.items), (*reading.diagnostics, *found)))
        bodies.append(tuple(msgspec.msgpack.encode(item.body) for item in reading.items))
    return ReadResult(msgspec.msgpack.encode(reads), tuple(bodies))


@dataclass(slots=True)
class Reading:
    """What was read: for each source its key in the store and what is stored there; `fresh` were parsed in this build."""

    read_keys: dict[str, str] = field(default_factory=dict)
    stored: dict[str, Stored] = field(default_factory=dict)
    fresh: int = 0
    basis: str = ""
    """Digest of all that read keys depend on but for the sources themselves."""
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def summaries(self) -> Iterable[Summary]:
        for stored in self.stored.values():
            yield from stored.summaries


def read_all(
    tree: Tree,
    settings: ReadSettings,
    store: PageStore,
    load: Mapping[str, str],
    root: Path,
    jobs: int,
    known: Mapping[str, str],
    unchanged: frozenset[str],
    progress: Progress | None = None,
) -> Reading:
    """Read every source of the tree, as little as possible.

    `load` has the text of virtual sources by key; `known` are the read keys of the last build, right for the sources in `unchanged`.
    """
    defaults, found = read_all_defaults(tree, root)
    below = _Below(defaults)
    result = Reading(diagnostics=found)
    missing: list[str] = []
    for key, source in tree.items.items():
        read_key = known.get(key) if key in unchanged else None
        if read_key is None:
            read_key = digest.of_parts([source.digest, key, settings.digest, *below.digests(key, tree)])
        result.read_keys[key] = read_key
        stored = store.get(read_key)
        if stored is None:
            missing.append(key)
        else:
            result.stored[key] = stored
    if missing:
        _read_missing(missing, tree, settings, store, load, root, jobs, below, result, progress)
        result.stored = {key: result.stored[key] for key in tree.items if key in result.stored}
    return result


def _read_missing(
    missing: list[str],
    tree: Tree,
    settings: ReadSettings,
    store: PageStore,
    load: Mapping[str, str],
    root: Path,
    jobs: int,
    below: _Below,
    result: Reading,
    progress: Progress | None,
) -> None:
    changed: list[Diagnostic] = []
    tasks: list[ReadTask] = []
    for key in missing:
        source = tree.items[key]
        data = load[key].encode("utf-8") if source.path.startswith("<virtual>/") else _bytes(root / source.path)
        if data is None or digest.of_bytes(data) != source.digest:
            changed.append(
                diagnostic("source-unreadable", f"`{source.path}` changed while the site was being read", source.path, hint="build again")
            )
            continue
        tasks.append(ReadTask(key, data, below.of(key)))
    work = execute.batches(tasks, BATCH)
    results = execute.run(read_batch, ReadContext(settings), work, execute.processes(jobs, len(tasks)))
    decoder = msgspec.msgpack.Decoder(list[_Read])
    for batch, done in zip(work, results, strict=True):
        for task, read, bodies in zip(batch, decoder.decode(done.encoded), done.bodies, strict=True):
            read_key = result.read_keys[task.key]
            result.stored[task.key] = store.put(read_key, read.summaries, read.diagnostics, bodies)
            result.fresh += 1
        if progress is not None:
            progress("read", result.fresh, len(tasks))
    result.diagnostics = (*result.diagnostics, *changed)


def _bytes(file: Path) -> bytes | None:
    """Read a file that the scan has seen; None if it has gone since."""
    try:
        return file.read_bytes()
    except OSError:
        return None


def read_all_defaults(tree: Tree, root: Path) -> tuple[dict[str, Defaults], tuple[Diagnostic, ...]]:
    """Read the `_defaults.toml` files, by folder from the content folder."""
    if not tree.defaults:
        return {}, ()
    from wol.content.defaults import read_defaults

    defaults: dict[str, Defaults] = {}
    found: list[Diagnostic] = []
    for key, source in tree.defaults.items():
        defaults[key.rpartition("/")[0]], diagnostics = read_defaults(_bytes(root / source.path) or b"", source.path)
        found += diagnostics
    return defaults, tuple(found)


class _Below:
    """The defaults that hold in each folder, nearest first."""

    def __init__(self, defaults: Mapping[str, Defaults]) -> None:
        self._defaults = defaults
        self._chains: dict[str, tuple[str, ...]] = {}

    def _chain(self, folder: str) -> tuple[str, ...]:
        if not self._defaults:
            return ()
        chain = self._chains.get(folder)
        if chain is None:
            above = self._chain(folder.rpartition("/")[0]) if folder else ()
            chain = self._chains[folder] = (folder, *above) if folder in self._defaults else above
        return chain

    def of(self, key: str) -> tuple[Defaults, ...]:
        return tuple(self._defaults[f] for f in self._chain(key.rpartition("/")[0]))

    def digests(self, key: str, tree: Tree) -> Iterable[str]:
        for folder in self._chain(key.rpartition("/")[0]):
            yield tree.defaults[f"{folder}/_defaults.toml" if folder else "_defaults.toml"].digest


def defaults_digest(defaults: Mapping[str, Source]) -> str:
    """Digest all defaults: where it is as it was, the read key of an unchanged source is too."""
    return digest.of_parts([part for key, source in sorted(defaults.items()) for part in (key, source.digest)])
