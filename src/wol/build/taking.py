"""The input of a build as one value: what the scan found, and how to read any file of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from wol import clock
from wol.build.features import guarded
from wol.build.prepare import Setup
from wol.build.state import State
from wol.content.scan import Scan, scan
from wol.model.source import Source
from wol.theme.folders import ThemeFolder, theme_folders


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
    """What the scan found, the texts that features made, and a reader of all files. `began_ns` is when the scan began.

    `changed` are the paths of the sources that are others than in the last build, that are new, or that are gone.
    """

    scan: Scan
    themes: tuple[ThemeFolder, ...]
    virtual: Mapping[str, str]
    read: SourceReader
    began_ns: int
    changed: frozenset[str]


def take(setup: Setup, state: State) -> Taken:
    """Scan content, static files and themes; a file whose stat is as it was is not read."""
    began_ns = clock.now_ns()
    themes = theme_folders(setup.place.root, setup.config.theme.use)
    virtual: dict[str, str] = {}
    for feature in setup.features:
        virtual |= guarded(feature, "`sources`", lambda f=feature: f.sources(setup.config))  # type: ignore[misc]  # mypy has no inference for a default
    before = state.inputs
    found = scan(
        setup.place.root,
        setup.config,
        [(t.name, t.path, t.label) for t in themes],
        known=state.sources,
        racy_ns=before.saved_ns if before is not None else 0,
        excluded=(setup.place.cache, setup.place.output),
        virtual=virtual,
    )
    labels = {t.label: t.path for t in themes if t.label.startswith("<")}
    changed = frozenset(_differing(state.sources, found.sources))
    return Taken(found, tuple(themes), virtual, SourceReader(setup.place.root, labels, virtual), began_ns, changed)


def _differing(old: Mapping[str, Source], new: Mapping[str, Source]) -> Iterator[str]:
    for path, source in new.items():
        before = old.get(path)
        if before is not source and before != source:
            yield path
    yield from old.keys() - new.keys()


def unchanged(setup: Setup, state: State, taken: Taken) -> bool:
    """Whether everything that a build depends on is as it was, so that only the output itself may need a look."""
    return is_same_setup(setup, state) and is_same_moment(setup, state) and not taken.changed


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
