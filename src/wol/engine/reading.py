"""The read stage: sources whose key is not in the page store are read into items; all others come from there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from wol import digest
from wol.engine.changes import Reread
from wol.engine.jobs import execute
from wol.engine.jobs.read_job import BATCH, ReadContext, ReadTask, read_batch
from wol.engine.page_store import PageStore
from wol.engine.prepare import Setup
from wol.engine.protocol.feature_declarations import rules_of
from wol.engine.request import Progress
from wol.engine.scanning import ScannedFiles
from wol.engine.state import State
from wol.engine.timings import OFF, Timings
from wol.errors import Diagnostic, diagnostic, fold
from wol.model.source import Source, Tree

if TYPE_CHECKING:
    from wol.content.defaults import Defaults
    from wol.content.settings import ReadSettings
    from wol.engine.jobs.remote import OpenRemote
    from wol.engine.page_store import Highlighted


def read_sources(setup: Setup, state: State, store: PageStore, scanned: ScannedFiles) -> tuple[ReadSources, ReadSettings]:
    """Bring the page store up to date with the sources."""
    from wol.content.settings import read_settings
    from wol.theme.find import callouts

    tree = scanned.scan.tree
    settings = read_settings(setup.config, callouts(tree.theme), setup.fields.declared, setup.fields.absent_names, rules_of(setup.features))
    basis = digest.of_parts([settings.digest, defaults_digest(tree.defaults), setup.toolchain])
    same = state.section("basis", str, "") == basis
    read = read_all(
        tree,
        settings,
        store,
        scanned.virtual,
        setup.place.root,
        setup.jobs,
        state.read_keys,
        scanned.changed if same else scanned.scan.sources,
        setup.request.progress,
        timings=setup.request.timings,
        remote=setup.remote,
    )
    read.basis = basis
    return read, settings


def texts_found(state: State, store: PageStore, read_keys: Mapping[str, str], again: Reread) -> dict[str, tuple[Diagnostic, ...]]:
    """Return the findings of every text that has any, by source."""
    before = state.section("texts found", dict[str, tuple[Diagnostic, ...]], {}) if again.is_known else {}
    texts = {source: diagnostics for source, diagnostics in before.items() if source in read_keys and source not in again.sources}
    for source in again.sources if again.is_known else read_keys:
        diagnostics = store.get(read_keys[source]).diagnostics if source in read_keys else ()
        if diagnostics:
            texts[source] = diagnostics
    return texts


def read_diagnostics(scanned: ScannedFiles, read: ReadSources, texts: Mapping[str, tuple[Diagnostic, ...]]) -> tuple[Diagnostic, ...]:
    """All findings about sources: of the scan, of `_defaults.toml` files (which every file below repeats), and of every text; each once, and each cause once."""
    diagnostics = (*scanned.scan.diagnostics, *read.diagnostics, *(d for source in sorted(texts) for d in texts[source]))
    return fold(dict.fromkeys(diagnostics))


class ReadSources(msgspec.Struct):
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
    remote: OpenRemote | None = None,
) -> ReadSources:
    """Bring the page store up to date with every source of the tree, with as little parsing as possible.

    `load` has the text of virtual sources by key; `known` are the read keys of the last build, right for all sources but those whose paths are `changed`.
    """
    defaults, diagnostics = read_all_defaults(tree, root)
    below = _Below(defaults)
    result = ReadSources(diagnostics=diagnostics)
    for key, source in tree.items.items():
        read_key = known.get(key) if source.path not in changed else None
        if read_key is None:
            read_key = digest.of_parts([source.digest, key, settings.digest, *below.digests(key, tree)])
        result.read_keys[key] = read_key
    missing = store.missing(result.read_keys)
    if missing:
        code = {key: store.code(known[key]) for key in missing if known.get(key, "") in store}
        tasks = _tasks(missing, tree, load, root, below, code, result)
        _run(tasks, settings, store, jobs, result, progress, timings, remote)
    return result


def _tasks(
    missing: Sequence[str],
    tree: Tree,
    load: Mapping[str, str],
    root: Path,
    below: _Below,
    code: Mapping[str, tuple[Highlighted, ...]],
    result: ReadSources,
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
    result: ReadSources,
    progress: Progress | None,
    timings: Timings,
    remote: OpenRemote | None,
) -> None:
    work = execute.batches(tasks, BATCH)
    results = execute.run(read_batch, ReadContext(settings, timings.on), work, execute.processes(jobs, len(tasks)), remote)
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
    all_diagnostics: list[Diagnostic] = []
    for key, source in tree.defaults.items():
        data = _bytes(root / source.path)
        if data is None or digest.of_bytes(data) != source.digest:
            all_diagnostics.append(_changed(source))
        else:
            defaults[key.rpartition("/")[0]], diagnostics = read_defaults(data, source.path)
            all_diagnostics += diagnostics
    return defaults, tuple(all_diagnostics)


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
        """Return what a read key says of the defaults: which files there are, since values name the one they come from, and their digests."""
        for folder in self._chain(key.rpartition("/")[0]):
            source = tree.defaults[f"{folder}/_defaults.toml" if folder else "_defaults.toml"]
            yield source.key
            yield source.digest


def defaults_digest(defaults: Mapping[str, Source]) -> str:
    """Digest all defaults: where it is as it was, the read key of an unchanged source is too."""
    return digest.of_parts([part for key, source in sorted(defaults.items()) for part in (key, source.digest)])
