"""From sources to a plan: read, arrange, tables, targets, checks, fragments, and which values are others than in the last build."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from wol.engine import plugin_types
from wol.engine.changes import Reread, changed_files, changed_items, reread
from wol.engine.checking import check_all
from wol.engine.features import call
from wol.engine.input_tables import give_inputs, read_inputs
from wol.engine.items import Items
from wol.engine.ledger import TABLE as PUBLISHED
from wol.engine.ledger import Published, read_ledger
from wol.engine.limits import rooms, too_long
from wol.engine.memo import HIDDEN, Columns, Memo
from wol.engine.memory import Memory
from wol.engine.pages import Pages
from wol.engine.plan import Places, Plan, make_plan, refuse
from wol.engine.prepare import Setup
from wol.engine.render_job import RenderContext
from wol.engine.sources import read_diagnostics, read_sources, texts_found
from wol.engine.state import Fragment, State
from wol.engine.steps import fine_tables, in_order
from wol.engine.store import PageStore
from wol.engine.syntaxes import mark_columns
from wol.engine.taking import SourceReader, Taken, is_same_moment, is_same_setup
from wol.engine.timings import Timings
from wol.errors import Diagnostic, WolError
from wol.model.feature import Feature
from wol.model.item import COLUMNS
from wol.model.site import Site, Table
from wol.model.target import Name, Value
from wol.site.arrange import Arranged, arrange
from wol.site.links import Surroundings
from wol.site.steps import ARRANGED, arranged_tables, given_tables
from wol.theme.closure import Closures

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


def assemble_site(setup: Setup, state: State, store: PageStore, taken: Taken, stage: str, memory: Memory) -> Assembly:
    """Make the site and its plan. Raises WolError with all errors of sources and themes, or of the plan."""
    from wol.config.values import flatten

    timings = setup.request.timings
    with timings.stage("read"):
        read, settings = read_sources(setup, state, store, taken)
        again = reread(state, store, read.read_keys)
        texts = texts_found(state, store, read.read_keys, again)
        published = read_ledger(setup, state, taken)
        inputs = read_inputs(setup, state, taken)
        found = (*read_diagnostics(taken, read, texts), *published.diagnostics, *inputs.diagnostics)
    with timings.stage("theme"):
        theme = _theme(setup, state, taken, found)
    refuse(found)

    tree = taken.scan.tree
    assets, asset_files = _assets(setup, theme, taken.read)
    with timings.stage("arrange"):
        before = Items.of(state, store if again.is_known else None)
        pages = Pages(store, read.read_keys, again.homes)
        after = Items(_arranged(setup, state, store, read.read_keys, again, before.arranged), pages)
        changed = set(changed_items(again, before, after))
    columns = Columns(after, setup.fields.columns | mark_columns(setup.features))
    everything = not (again.is_known and is_same_setup(setup, state))
    memo = Memo(
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
        given: dict[str, Table] = {
            **given_tables(setup.written, attachments, {path: source.digest for path, source in tree.static.items()}, assets),
            **theme.tables,
            "config": flatten(setup.config),
            "profile": {"": setup.request.visibility.profile},
            "asset_files": asset_files,
            "static_files": {path: {"path": source.path, "digest": source.digest} for path, source in tree.static.items()},
        }
        _give_core(setup, memo, before, after, given, published)
        inputs_known = give_inputs(memo, setup, state, inputs, before.arranged, after.arranged)
    with timings.stage("plan"):
        plan, steps_found = make_plan(in_order(setup.features), setup.config, columns, memo, state)
    around = Surroundings(
        setup.config, after.arranged, after, memo.tables["paths"], memo.tables["urls"], attachments, Places(plan), inputs.private
    )
    with timings.stage("check"):
        found = (*found, *steps_found, *check_all(memo, state, around, columns, changed))
        found = (*found, *too_long(plan, rooms(setup.place.output, Path(stage), setup.place.root, setup.config), taken.read, settings))
    refuse(found)

    with timings.stage("compare"):
        changed.update(memo.names(), changed_files(state.sources, taken.scan.sources, taken.changed))
    context = RenderContext(
        site=Site(setup.config, after, memo.tables),
        theme=theme,
        features=setup.features,
        bodies=pages.body,
        fragments={},
        read=taken.read,
        settings=settings,
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
        "texts found": texts,
        "arranged": after.arranged,
        "fragments": fragments,
        "turn": published.turn,
    }
    change = _earliest(after.arranged.next_change, memo.until)
    until = _earliest(change, published.turn)
    return Assembly(context, plan, changed, values, memo.kept, found, change, until)


def _earliest(*moments: int | None) -> int | None:
    return min((moment for moment in moments if moment is not None), default=None)


def _theme(setup: Setup, state: State, taken: Taken, found: Iterable[Diagnostic]) -> Theme:
    """Load the theme; its errors are reported together with those of the sources."""
    from wol.theme.find import load_theme

    known = state.section("theme", Closures | None, None)  # type: ignore[arg-type]  # a union is a value here, not a type
    try:
        return load_theme(setup.config, taken.themes, taken.scan.tree.theme, taken.read, known)
    except WolError as error:
        raise WolError((*found, *error.diagnostics)) from error


def _assets(setup: Setup, theme: Theme, read: SourceReader) -> tuple[dict[str, str], dict[str, Value]]:
    """Give the output path of each asset by its name, and the files of those that are copied from a theme."""
    from wol.theme.fingerprint import Asset, fingerprint

    made = {name: Asset(found) for feature in setup.features for name, found in _made_by(feature, setup).items()}
    files = theme.assets()
    known = {name: Asset(source.digest, partial(read, source.path)) for name, source in files.items()}
    return fingerprint({**made, **known}), {name: {"path": source.path, "digest": source.digest} for name, source in files.items()}


def _made_by(feature: Feature, setup: Setup) -> Mapping[str, str]:
    if feature.assets is None:
        return {}
    found: Mapping[str, str] = call(feature, "`assets`", feature.assets, plugin_types.text_map, setup.config)
    return found


def _arranged(setup: Setup, state: State, store: PageStore, read_keys: Mapping[str, str], again: Reread, before: Arranged) -> Arranged:
    """Arrange the items, if anything that decides about it is another: a summary, the settings, or the time."""
    if not again.decides and is_same_setup(setup, state) and is_same_moment(setup, state):
        return before
    store.load(read_keys.values())
    summaries = (summary for read_key in read_keys.values() for summary in store.get(read_key).summaries)
    made = arrange(summaries, setup.request.visibility, setup.now)
    return before if made == before and list(made.states) == list(before.states) else made


def _changed_columns(changed: Iterable[Name], before: Items, after: Items, declared: Set[str]) -> Set[str]:
    """Return the columns that changed: where the order of items changed, all, with those that features declare, because each is in that order."""
    if before.arranged is not after.arranged and list(before.arranged.states) != list(after.arranged.states):
        return declared | frozenset(COLUMNS)
    return {column for column, _ in changed}


def _give_core(setup: Setup, memo: Memo, before: Items, after: Items, given: dict[str, Table], published: Published) -> None:
    """Give the tables that steps begin with, or keep those of the last build."""
    by_arrangement = memo.outdated("table state", (), ()) or after.arranged is not before.arranged
    if by_arrangement:
        memo.mark(HIDDEN)
        given |= arranged_tables(after.arranged, setup.request.visibility)
    else:
        for name in ARRANGED:
            memo.keep(name)
    if published.table is None:
        memo.keep(PUBLISHED)
    else:
        given[PUBLISHED] = published.table
    for name, table in given.items():
        memo.give(name, table)


def render_fragments(
    context: RenderContext, wanted: Iterable[str], state: State, changed: set[Name], timings: Timings
) -> dict[str, Fragment]:
    """Render the site-only templates whose inputs changed; a fragment whose HTML is another is a changed name itself."""
    before = state.fragments
    after: dict[str, Fragment] = {}
    for name in wanted:
        old = before.get(name)
        if old is not None and not any(dependency in changed for dependency in old.dependencies):
            after[name] = old
            context.fragments[name] = old.html
            continue
        with timings.fragment(name):
            html, dependencies = context.views.fragment_html(name)
        after[name] = Fragment(html, tuple(sorted(dependencies)))
        context.fragments[name] = html
        if old is None or old.html != html:
            changed.add(("fragment", name))
    changed.update(("fragment", name) for name in before.keys() - after.keys())
    return after
