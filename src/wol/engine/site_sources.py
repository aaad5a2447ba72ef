"""All that the read stage takes from the files of a site: its texts, ledger, inputs of features and theme, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import msgspec

from wol.content.settings import ReadSettings
from wol.engine.changes import Reread, reread
from wol.engine.input_tables import ReadInputs, read_inputs
from wol.engine.ledger_table import LedgerTable, read_ledger
from wol.engine.page_store import PageStore
from wol.engine.plan import refuse
from wol.engine.prepare import Setup
from wol.engine.reading import ReadSources, read_diagnostics, read_sources, texts_found
from wol.engine.scanning import ScannedFiles
from wol.engine.state import State
from wol.errors import Diagnostic, WolError
from wol.theme.closure import Closures

if TYPE_CHECKING:
    from wol.theme.find import Theme


class SiteSources(msgspec.Struct, frozen=True):
    """What was read. `again` compares the texts with the last build; `texts` has the findings of each text that has any."""

    scanned: ScannedFiles
    read: ReadSources
    settings: ReadSettings
    again: Reread
    texts: Mapping[str, tuple[Diagnostic, ...]]
    ledger: LedgerTable
    inputs: ReadInputs
    theme: Theme
    diagnostics: tuple[Diagnostic, ...]


def read_site(setup: Setup, state: State, store: PageStore, scanned: ScannedFiles) -> SiteSources:
    """Read the sources that have changed; raises WolError with all errors of sources and the theme."""
    timings = setup.request.timings
    with timings.stage("read"):
        read, settings = read_sources(setup, state, store, scanned)
        again = reread(state, store, read.read_keys)
        texts = texts_found(state, store, read.read_keys, again)
        ledger = read_ledger(state, scanned)
        inputs = read_inputs(setup, state, scanned)
        diagnostics = (*read_diagnostics(scanned, read, texts), *ledger.diagnostics, *inputs.diagnostics)
    with timings.stage("theme"):
        theme = _theme(setup, state, scanned, diagnostics)
    refuse(diagnostics)
    return SiteSources(scanned, read, settings, again, texts, ledger, inputs, theme, diagnostics)


def _theme(setup: Setup, state: State, scanned: ScannedFiles, diagnostics: Iterable[Diagnostic]) -> Theme:
    """Load the theme; its errors are reported together with those of the sources."""
    from wol.theme.find import load_theme

    known = state.section("theme", Closures | None, None)  # type: ignore[arg-type]  # a union is a value here, not a type
    try:
        return load_theme(setup.config, scanned.themes, scanned.scan.tree.theme, scanned.read, known, setup.features)
    except WolError as error:
        raise WolError((*diagnostics, *error.diagnostics)) from error
