"""The read stage: sources whose key is not in the page store become items; all others come from there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from wol import clock, digest
from wol.content.settings import ReadSettings
from wol.engine import execute
from wol.engine.pack import Stored
from wol.engine.request import Progress
from wol.engine.store import PageStore
from wol.engine.timings import OFF, Timings
from wol.errors import Diagnostic, diagnostic
from wol.model.source import Source, Tree

if TYPE_CHECKING:
    from wol.content.defaults import Defaults
    from wol.content.markdown.reader import Reader
    from wol.engine.away import Away
    from wol.engine.pack import Highlighted

BATCH = 32


class ReadContext(msgspec.Struct):
    """What the read job needs, the same for every source; the reader is built when it is first used, once in each process."""

    settings: ReadSettings
    timed: bool = False
    _reader: Reader | None = None

    @property
    def reader(self) -> Reader:
        if self._reader is None:
            from wol.content.markdown.reader import Reader

            self._reader = Reader(self.settings)
        return self._reader

    def __reduce__(self) -> tuple[type[ReadContext], tuple[ReadSettings, bool]]:
        """Leave out what each process makes for itself."""
        return ReadContext, (self.settings, self.timed)


class ReadTask(msgspec.Struct, frozen=True):
    """One source to read: its key, bytes, and the defaults that hold for it, nearest first; `code` is what was highlighted when it was last read."""

    key: str
    data: bytes
    defaults: tuple[Defaults, ...]
    code: tuple[Highlighted, ...] = ()


class ReadResult(msgspec.Struct, frozen=True):
    """What came of a batch, encoded as it goes into the store: a record and the highlighted code of each source, and a text for each of its items."""

    records: tuple[bytes, ...]
    texts: tuple[tuple[bytes, ...], ...]
    code: tuple[bytes, ...]
    seconds: tuple[float, ...] = ()
    """What each source took, where that is wanted."""


def read_batch(context: ReadContext, tasks: Sequence[ReadTask]) -> ReadResult:
    """The read job: pure, and the same in any process."""
    from wol.content.read import read_source

    encode = msgspec.msgpack.Encoder().encode
    records, texts, code, seconds = [], [], [], []
    highlighter = context.reader.highlighter
    for task in tasks:
        started = clock.elapsed() if context.timed else 0.0
        highlighter.remember(task.code)
        highlighter.used = {}
        reading = read_source(task.key, task.data, task.defaults, context.settings, context.reader)
        found = tuple(d for item in reading.items for d in item.diagnostics)
        summaries, digests = tuple(item.summary for item in reading.items), tuple(item.text for item in reading.items)
        records.append(encode(Stored(summaries, (*reading.diagnostics, *found), digests)))
        texts.append(tuple(encode(item.body) for item in reading.items))
        code.append(encode([(*known, html) for known, html in highlighter.used.items()]) if highlighter.used else b"")
        if context.timed:
            seconds.append(clock.elapsed() - started)
    return ReadResult(tuple(records), tuple(texts), tuple(code), tuple(seconds))


class Reading(msgspec.Struct):
    """What was read: for each source its key in the store; `fresh` were parsed in this build."""

    read_keys: dict[str, str] = {}
    fresh: int = 0
    basis: str = ""
    """Digest of all that read keys depend on but for the sources themselves."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """Findings that belong to no text: of `_defaults.toml` files, and of sources that changed meanwhile."""


def read_all(
    tree: Tree,
    settings: ReadSettings,
    store: PageStore,
    load: Mapping[str, str],
    root: Path,
    jobs: int,
    known: Mapping[str, str],
    changed: Collection[str],
    progress: Progress | None = None,
    timings: Timings = OFF,
    away: Away | None = None,
) -> Reading:
    """Bring the page store up to date with every source of the tree, with as little parsing as possible.

    `load` has the text of virtual sources by key; `known` are the read keys of the last build, right for all sources but those whose paths are `changed`.
    """
    defaults, found = read_all_defaults(tree, root)
    below = _Below(defaults)
    result = Reading(diagnostics=found)
    for key, source in tree.items.items():
        read_key = known.get(key) if source.path not in changed else None
        if read_key is None:
            read_key = digest.of_parts([source.digest, key, settings.digest, *below.digests(key, tree)])
        result.read_keys[key] = read_key
    missing = store.missing(result.read_keys)
    if missing:
        code = {key: store.code(known[key]) for key in missing if known.get(key, "") in store}
        tasks = _tasks(missing, tree, load, root, below, code, result)
        _run(tasks, settings, store, jobs, result, progress, timings, away)
    return result


def _tasks(
    missing: Sequence[str],
    tree: Tree,
    load: Mapping[str, str],
    root: Path,
    below: _Below,
    code: Mapping[str, tuple[Highlighted, ...]],
    result: Reading,
) -> list[ReadTask]:
    """Read the bytes of what is not in the store; a file that is another than the scan saw stops the build."""
    tasks: list[ReadTask] = []
    for key in missing:
        source = tree.items[key]
        data = load[key].encode("utf-8") if source.path.startswith("<virtual>/") else _bytes(root / source.path)
        if data is None or digest.of_bytes(data) != source.digest:
            result.diagnostics += (_changed(source),)
            del result.read_keys[key]
        else:
            tasks.append(ReadTask(key, data, below.of(key), code.get(key, ())))
    return tasks


def _run(
    tasks: Sequence[ReadTask],
    settings: ReadSettings,
    store: PageStore,
    jobs: int,
    result: Reading,
    progress: Progress | None,
    timings: Timings,
    away: Away | None,
) -> None:
    work = execute.batches(tasks, BATCH)
    results = execute.run(read_batch, ReadContext(settings, timings.on), work, execute.processes(jobs, len(tasks)), away)
    for batch, done in zip(work, results, strict=True):
        store.put([result.read_keys[task.key] for task in batch], done.records, done.texts, done.code)
        for task, seconds in zip(batch, done.seconds, strict=False):  # none where nobody wants them
            timings.read(task.key, seconds)
        result.fresh += len(batch)
        if progress is not None:
            progress("read", result.fresh, len(tasks))


def _bytes(file: Path) -> bytes | None:
    """Read a file that the scan has seen; None if it has gone since."""
    try:
        return file.read_bytes()
    except OSError:
        return None


def _changed(source: Source) -> Diagnostic:
    return diagnostic("source-changed", f"`{source.path}` changed while the site was being read", source.path)


def read_all_defaults(tree: Tree, root: Path) -> tuple[dict[str, Defaults], tuple[Diagnostic, ...]]:
    """Read the `_defaults.toml` files, by folder from the content folder."""
    if not tree.defaults:
        return {}, ()
    from wol.content.defaults import read_defaults

    defaults: dict[str, Defaults] = {}
    found: list[Diagnostic] = []
    for key, source in tree.defaults.items():
        data = _bytes(root / source.path)
        if data is None or digest.of_bytes(data) != source.digest:
            found.append(_changed(source))
        else:
            defaults[key.rpartition("/")[0]], diagnostics = read_defaults(data, source.path)
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
        """Give what a read key says of the defaults: which files there are, since values name the one they come from, and their digests."""
        for folder in self._chain(key.rpartition("/")[0]):
            source = tree.defaults[f"{folder}/_defaults.toml" if folder else "_defaults.toml"]
            yield source.key
            yield source.digest


def defaults_digest(defaults: Mapping[str, Source]) -> str:
    """Digest all defaults: where it is as it was, the read key of an unchanged source is too."""
    return digest.of_parts([part for key, source in sorted(defaults.items()) for part in (key, source.digest)])
