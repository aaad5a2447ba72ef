"""From sources to a plan: arrange, tables, targets, checks, fragments, and which values differ from the last build."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from wol.content.settings import ReadSettings
from wol.engine.changes import Reread, changed_files, changed_items
from wol.engine.checking import check_all
from wol.engine.fragments import render_fragments
from wol.engine.input_tables import store_inputs
from wol.engine.items import ItemReader, Items
from wol.engine.jobs.render_job import RenderContext
from wol.engine.ledger_table import LedgerTable
from wol.engine.memory import SessionMemory
from wol.engine.output.path_lengths import rooms, too_long
from wol.engine.page_store import PageStore
from wol.engine.plan import Plan, PlannedUrls, make_plan, refuse
from wol.engine.prepare import Setup
from wol.engine.protocol import result_types
from wol.engine.protocol.feature_calls import call
from wol.engine.protocol.feature_declarations import mark_columns
from wol.engine.scanning import SourceReader, is_same_moment, is_same_setup
from wol.engine.site_sources import SiteSources
from wol.engine.state import State
from wol.engine.step_cache import Columns, StepCache, earliest
from wol.engine.steps import fine_tables, in_order
from wol.engine.unknown_templates import unknown_templates
from wol.errors import Diagnostic
from wol.model.feature import Feature
from wol.model.item import COLUMNS, Link
from wol.model.site import Site, Table
from wol.model.step import PLACES
from wol.model.target import Name, Value
from wol.site.arrange import Arranged, arrange
from wol.site.core_tables import ARRANGED, arranged_tables, given_tables
from wol.site.link_check import Surroundings
from wol.site.published import HIDDEN, LEDGER

if TYPE_CHECKING:
    from wol.theme.find import Theme


class Assembly(msgspec.Struct):
    """All that rendering and the next build need of the site."""

    context: RenderContext
    plan: Plan
    changed: set[Name]
    values: dict[str, Any] = {}
    """New sections of the next state."""
    kept: list[str] = []
    """Sections that stay as they are."""
    diagnostics: tuple[Diagnostic, ...] = ()
    next_change: int | None = None
    """The next instant at which an item changes its state, or a moment of a feature comes."""
    until: int | None = None
    """The next instant at which anything is another by itself."""


def assemble_site(
    setup: Setup, state: State, store: PageStore, sources: SiteSources, stage: str, memory: SessionMemory, tolerated: Collection[str] = ()
) -> Assembly:
    """Make the site and its plan: arrange, assemble, plan, check, compare, fragments.

    Raises WolError with all errors, also those of sources, but for those with codes that are tolerated.
    """
    from wol.config.values import flatten

    timings = setup.request.timings
    scanned, read, again, theme, inputs = sources.scanned, sources.read, sources.again, sources.theme, sources.inputs
    tree = scanned.scan.tree
    assets, asset_files = _assets(setup, theme, scanned.read)
    with timings.stage("arrange"):
        before = Items.of(state, store if again.is_known else None)
        pages = ItemReader(store, read.read_keys, again.homes)
        after = Items(_arranged(setup, state, store, read.read_keys, again, before.arranged), pages)
        columns = Columns(after, setup.fields.columns | mark_columns(setup.features))
        changed = set(changed_items(again, before, after, columns.declared))
    everything = not (again.is_known and is_same_setup(setup, state))
    memo = StepCache(
        state,
        _changed_columns(changed, before, after, columns.declared),
        everything=everything,
        fine=fine_tables(setup.features),
        now=setup.now,
        is_same_moment=is_same_moment(setup, state),
        timings=timings,
    )
    attachments = {key: source.digest for key, source in tree.attachments.items()}
    with timings.stage("assemble"):
        core: dict[str, Table] = {
            **given_tables(setup.written, attachments, {path: source.digest for path, source in tree.static.items()}, assets),
            **theme.tables,
            "config": flatten(setup.config),
            "profile": {"": setup.request.visibility.profile},
            "asset_files": asset_files,
            "static_files": {path: {"path": source.path, "digest": source.digest} for path, source in tree.static.items()},
        }
        _give_core(setup, memo, before, after, core, sources.ledger)
        inputs_known = store_inputs(memo, setup, state, inputs, before.arranged, after.arranged)
    with timings.stage("plan"):
        plan, steps_found = make_plan(in_order(setup.features), setup.config, columns, memo, state)
    around = Surroundings(
        setup.config,
        after.arranged,
        after,
        memo.tables["paths"],
        memo.tables["urls"],
        attachments,
        PlannedUrls(plan),
        memo.tables[PLACES],
        inputs.private,
        partial(_settings_text, setup.place.root),
        partial(_references_in, sources.settings),
    )
    with timings.stage("check"):
        templated = after if everything else [key for column, key in changed if column == "template" and key in after]
        unknown = unknown_templates(after, templated, theme, setup.config.content.folder)
        diagnostics = (*sources.diagnostics, *steps_found, *unknown, *check_all(memo, state, around, columns, changed))
        diagnostics = (
            *diagnostics,
            *too_long(plan, rooms(setup.place.output, Path(stage), setup.place.root, setup.config), scanned.read, sources.settings),
        )
    diagnostics = _without_echoes(diagnostics)
    refuse([one for one in diagnostics if one.code not in tolerated])

    with timings.stage("compare"):
        changed.update(memo.names(), changed_files(state.sources, scanned.scan.sources, scanned.changed))
    context = RenderContext(
        site=Site(setup.config, after, memo.tables),
        theme=theme,
        features=setup.features,
        bodies=pages.body,
        fragments={},
        read=scanned.read,
        settings=sources.settings,
        stage=stage,
        output=str(setup.place.output),
        preview=setup.request.visibility.profile != "release",
        timed=timings.on,
    )
    context.take_templates(memory)
    with timings.stage("fragments"):
        fragments = render_fragments(context, theme.fragments, state, changed, timings)
    values = {
        **memo.values,
        **inputs_known,
        "theme": theme.study,
        "basis": read.basis,
        "read_keys": read.read_keys,
        "homes": again.homes,
        "texts found": sources.texts,
        "arranged": after.arranged,
        "fragments": fragments,
    }
    change = earliest(after.arranged.next_change, memo.next_change)
    until = earliest(change, memo.until)
    return Assembly(context, plan, changed, values, memo.kept, diagnostics, change, until)


def _without_echoes(diagnostics: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Leave out what only follows from another finding: that a file seems to be a copy, where it has the id of another."""
    copies = {one.span.path for one in diagnostics if one.code == "id-duplicate" and one.span is not None}
    return tuple(
        one for one in diagnostics if not (copies and one.code == "conflict-copy" and one.span is not None and one.span.path in copies)
    )


def _references_in(settings: ReadSettings, text: str) -> Sequence[Link]:
    from wol.content.markdown.reader import Reader

    return Reader(settings).block(text).links


def _settings_text(root: Path) -> str:
    from wol.config import load, syntax

    return syntax.decode(load.read(root))


def _assets(setup: Setup, theme: Theme, read: SourceReader) -> tuple[dict[str, str], dict[str, Value]]:
    """Return the output path of each asset by its name, and the files of those that are copied from a theme."""
    from wol.theme.fingerprint import Asset, fingerprint

    of_features = {name: Asset(asset_digest) for feature in setup.features for name, asset_digest in _made_by(feature, setup).items()}
    files = theme.assets()
    known = {name: Asset(source.digest, partial(read, source.path)) for name, source in files.items()}
    return fingerprint({**of_features, **known}), {name: {"path": source.path, "digest": source.digest} for name, source in files.items()}


def _made_by(feature: Feature, setup: Setup) -> Mapping[str, str]:
    if feature.assets is None:
        return {}
    assets: Mapping[str, str] = call(feature, "`assets`", feature.assets, result_types.text_map, setup.config)
    return assets


def _arranged(setup: Setup, state: State, store: PageStore, read_keys: Mapping[str, str], again: Reread, before: Arranged) -> Arranged:
    """Arrange the items, if anything that decides about it is another: a summary, the settings, or the time."""
    if not again.decides and is_same_setup(setup, state) and is_same_moment(setup, state):
        return before
    store.load(read_keys.values())
    summaries = (summary for read_key in read_keys.values() for summary in store.get(read_key).summaries)
    arranged = arrange(summaries, setup.request.visibility, setup.now)
    return before if arranged == before and list(arranged.states) == list(before.states) else arranged


def _changed_columns(changed: Iterable[Name], before: Items, after: Items, declared: Set[str]) -> Set[str]:
    """Return the columns that changed: where the order of items changed, all, with those that features declare, because each is in that order."""
    if before.arranged is not after.arranged and list(before.arranged.states) != list(after.arranged.states):
        return declared | frozenset(COLUMNS)
    return {column for column, _ in changed}


def _give_core(setup: Setup, memo: StepCache, before: Items, after: Items, core: dict[str, Table], ledger: LedgerTable) -> None:
    """Return the tables that steps begin with, or keep those of the last build."""
    by_arrangement = memo.outdated("table state", (), ()) or after.arranged is not before.arranged
    if by_arrangement:
        memo.mark(HIDDEN)
        core |= arranged_tables(after.arranged, setup.request.visibility)
    else:
        for name in ARRANGED:
            memo.reuse(name)
    if ledger.table is None:
        memo.reuse(LEDGER)
    else:
        core[LEDGER] = ledger.table
    for name, table in core.items():
        memo.store(name, table)
