"""The sources of a build: the page store is brought up to date with them, and what was found in them is put together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from wol import digest
from wol.engine import reading
from wol.engine.changes import Reread
from wol.engine.prepare import Setup
from wol.engine.reading import Reading
from wol.engine.state import State
from wol.engine.store import PageStore
from wol.engine.syntaxes import rules_of
from wol.engine.taking import Taken
from wol.errors import Diagnostic, fold

if TYPE_CHECKING:
    from wol.content.settings import ReadSettings


def read_sources(setup: Setup, state: State, store: PageStore, taken: Taken) -> tuple[Reading, ReadSettings]:
    """Bring the page store up to date with the sources."""
    from wol.content.settings import read_settings
    from wol.theme.find import callouts

    tree = taken.scan.tree
    settings = read_settings(setup.config, callouts(tree.theme), setup.fields.declared, setup.fields.absent_names, rules_of(setup.features))
    basis = digest.of_parts([settings.digest, reading.defaults_digest(tree.defaults), setup.toolchain])
    same = state.section("basis", str, "") == basis
    read = reading.read_all(
        tree,
        settings,
        store,
        taken.virtual,
        setup.place.root,
        setup.jobs,
        state.read_keys,
        taken.changed if same else taken.scan.sources,
        setup.request.progress,
        timings=setup.request.timings,
        away=setup.away,
    )
    read.basis = basis
    return read, settings


def texts_found(state: State, store: PageStore, read_keys: Mapping[str, str], again: Reread) -> dict[str, tuple[Diagnostic, ...]]:
    """Give the findings of every text that has any, by source."""
    before = state.section("texts found", dict[str, tuple[Diagnostic, ...]], {}) if again.is_known else {}
    texts = {source: found for source, found in before.items() if source in read_keys and source not in again.sources}
    for source in again.sources if again.is_known else read_keys:
        found = store.get(read_keys[source]).diagnostics if source in read_keys else ()
        if found:
            texts[source] = found
    return texts


def read_diagnostics(taken: Taken, read: Reading, texts: Mapping[str, tuple[Diagnostic, ...]]) -> tuple[Diagnostic, ...]:
    """All findings about sources: of the scan, of `_defaults.toml` files (which every file below repeats), and of every text; each once, and each cause once."""
    found = (*taken.scan.diagnostics, *read.diagnostics, *(d for source in sorted(texts) for d in texts[source]))
    return fold(dict.fromkeys(found))
