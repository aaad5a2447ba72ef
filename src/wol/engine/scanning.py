"""The scan stage: what is in the folders of a site, how to read any file of it, and whether anything has changed.

In a session a quick scan looks only at the texts on pages that somebody is viewing, so that an edit can be shown while ten thousand other files are
looked at. It is a guess, and nothing is committed by it: the scan follows in each build, and where it finds more than that, all is done again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from wol.content.scan import Scan, again, scan
from wol.engine.prepare import Setup
from wol.engine.state import State
from wol.model.source import Source
from wol.model.target import Target
from wol.stamps import Clock
from wol.theme.folders import ThemeFolder, theme_folders

SCAN = "scan"
"""The name by which a state has the findings of the scan."""


class SourceReader(msgspec.Struct, frozen=True):
    """Reads input files by `Source.path`: those of the site, of packaged themes (by label), and virtual ones."""

    root: Path
    labels: Mapping[str, Path]
    virtual: Mapping[str, str]

    def __call__(self, path: str) -> bytes:
        if path.startswith("<"):
            label, _, rest = path.partition("/")
            if label == "<virtual>":
                return self.virtual[rest].encode("utf-8")
            return (self.labels[label] / rest).read_bytes()
        return (self.root / path).read_bytes()


class ScannedFiles(msgspec.Struct, frozen=True):
    """What the scan found, the texts that features made, and a reader of all files.

    `changed` are the paths of the sources that are others than in the last build, that are new, or that are gone.
    """

    scan: Scan
    themes: tuple[ThemeFolder, ...]
    virtual: Mapping[str, str]
    read: SourceReader
    changed: frozenset[str]


def scan_files(setup: Setup, state: State, clock: Clock | None = None) -> ScannedFiles:
    """Scan content, static files and themes; a file whose stamp is as it was is not read, unless everything is to be verified.

    `clock` is the time of a file system now, for who keeps what is found here.
    """
    themes = theme_folders(setup.place.root, setup.config.theme.use, setup.features)
    virtual: dict[str, str] = {}
    for feature in setup.features:
        if feature.sources is not None:
            from wol.engine.protocol import result_types
            from wol.engine.protocol.feature_calls import call

            virtual |= call(feature, "`sources`", feature.sources, result_types.text_map, setup.config)
    scanned = scan(
        setup.place.root,
        setup.config,
        [(t.name, t.path, t.label) for t in themes],
        known={} if setup.request.verify else state.sources,
        young=state.young,
        clock=clock,
        excluded=(setup.place.cache, setup.place.output),
        virtual=virtual,
        inputs={name: one for feature in setup.features for name, one in feature.inputs.items()},
    )
    labels = {t.label: t.path for t in themes if t.label.startswith("<")}
    changed = frozenset(_differing(state.sources, scanned.sources))
    return ScannedFiles(scanned, tuple(themes), virtual, SourceReader(setup.place.root, labels, virtual), changed)


def _differing(old: Mapping[str, Source], new: Mapping[str, Source]) -> Iterator[str]:
    for path, source in new.items():
        before = old.get(path)
        if before is not source and before != source:
            yield path
    yield from old.keys() - new.keys()


def unnoticed(state: State, scanned: ScannedFiles) -> tuple[str, ...]:
    """Name the sources whose bytes have changed though their stamps have not: a scan that trusts stamps would miss them."""
    before = state.sources
    return tuple(
        path
        for path in sorted(scanned.changed & before.keys() & scanned.scan.sources.keys() - state.young)
        if msgspec.structs.replace(scanned.scan.sources[path], digest=before[path].digest) == before[path]
    )


def unchanged(setup: Setup, state: State, scanned: ScannedFiles) -> bool:
    """Whether everything that a build depends on is as it was, and everything that a scan reports, so that only the output itself may need a look."""
    return (
        is_same_setup(setup, state)
        and is_same_moment(setup, state)
        and not scanned.changed
        and scanned.scan.diagnostics == state.diagnostics(SCAN)
    )


def is_same_setup(setup: Setup, state: State) -> bool:
    """Whether code, settings and options are those of the last build."""
    before = state.inputs
    return (
        before is not None
        and before.toolchain == setup.toolchain
        and before.config == setup.config_digest
        and before.options == setup.options
    )


def is_same_moment(setup: Setup, state: State) -> bool:
    """Whether no item has changed its state since the last build by itself."""
    before = state.inputs
    return before is not None and before.since <= setup.now and (before.until is None or setup.now < before.until)


def quick_scan(setup: Setup, state: State, before: ScannedFiles, wanted: Iterable[str]) -> ScannedFiles | None:
    """Return the input as it is if nothing was edited but the texts on the pages at `wanted`; None if none of these was, or if that cannot be told.

    `before` is the input of the build that left the state.
    """
    if not (is_same_setup(setup, state) and is_same_moment(setup, state)):
        return None
    edited: dict[str, Source] = {}
    for source in _texts(state, before, wanted):
        now = again(setup.place.root, source, state.young)
        if now is not None and now != source:
            edited[source.key] = now
    if not edited:
        return None
    by_path = {source.path: source for source in edited.values()}
    tree = msgspec.structs.replace(before.scan.tree, items={**before.scan.tree.items, **edited})
    scan = msgspec.structs.replace(before.scan, tree=tree, sources={**before.scan.sources, **by_path})
    return msgspec.structs.replace(before, scan=scan, changed=frozenset(by_path))


def is_right(viewed: ScannedFiles, scanned: ScannedFiles) -> bool:
    """Whether the scan has found what the quick scan saw, and nothing else."""
    return viewed.scan.sources == scanned.scan.sources and viewed.scan.diagnostics == scanned.scan.diagnostics


def _texts(state: State, before: ScannedFiles, wanted: Iterable[str]) -> Iterable[Source]:
    """Return the files whose texts stand on pages."""
    plan = state.section("plan", dict[str, msgspec.Raw], {})
    for path in wanted:
        if path in plan:
            source = before.scan.tree.items.get(msgspec.msgpack.decode(plan[path], type=Target).subject)
            if source is not None and not source.path.startswith("<"):
                yield source
