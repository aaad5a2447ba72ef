"""The input of a build as one value: what the scan found, and how to read any file of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from wol.content.scan import Scan, scan
from wol.engine import plugin_types
from wol.engine.features import call
from wol.engine.parse_job import declared
from wol.engine.prepare import Setup
from wol.engine.state import State
from wol.model.source import Source
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


class Taken(msgspec.Struct, frozen=True):
    """What the scan found, the texts that features made, and a reader of all files.

    `changed` are the paths of the sources that are others than in the last build, that are new, or that are gone.
    """

    scan: Scan
    themes: tuple[ThemeFolder, ...]
    virtual: Mapping[str, str]
    read: SourceReader
    changed: frozenset[str]


def take(setup: Setup, state: State, clock: Clock | None = None) -> Taken:
    """Scan content, static files and themes; a file whose stamp is as it was is not read, unless everything is to be verified.

    `clock` is the time of a file system now, for who keeps what is found here.
    """
    themes = theme_folders(setup.place.root, setup.config.theme.use)
    virtual: dict[str, str] = {}
    for feature in setup.features:
        if feature.sources is not None:
            virtual |= call(feature, "`sources`", feature.sources, plugin_types.text_map, setup.config)
    found = scan(
        setup.place.root,
        setup.config,
        [(t.name, t.path, t.label) for t in themes],
        known={} if setup.request.verify else state.sources,
        young=state.young,
        clock=clock,
        excluded=(setup.place.cache, setup.place.output),
        virtual=virtual,
        inputs=declared(setup.features),
    )
    labels = {t.label: t.path for t in themes if t.label.startswith("<")}
    changed = frozenset(_differing(state.sources, found.sources))
    return Taken(found, tuple(themes), virtual, SourceReader(setup.place.root, labels, virtual), changed)


def _differing(old: Mapping[str, Source], new: Mapping[str, Source]) -> Iterator[str]:
    for path, source in new.items():
        before = old.get(path)
        if before is not source and before != source:
            yield path
    yield from old.keys() - new.keys()


def unnoticed(state: State, taken: Taken) -> tuple[str, ...]:
    """Name the sources whose bytes have changed though their stamps have not: a scan that trusts stamps would miss them."""
    before = state.sources
    return tuple(
        path
        for path in sorted(taken.changed & before.keys() & taken.scan.sources.keys() - state.young)
        if msgspec.structs.replace(taken.scan.sources[path], digest=before[path].digest) == before[path]
    )


def unchanged(setup: Setup, state: State, taken: Taken) -> bool:
    """Whether everything that a build depends on is as it was, and everything that a scan reports, so that only the output itself may need a look."""
    return (
        is_same_setup(setup, state)
        and is_same_moment(setup, state)
        and not taken.changed
        and taken.scan.diagnostics == state.diagnostics(SCAN)
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
