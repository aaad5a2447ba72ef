"""From sources to a plan: read, assemble, tables, fragments, targets, and which values are others than in the last build."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from wol import digest, paths
from wol.build import reading
from wol.build.plan import plan, refuse
from wol.build.prepare import Setup
from wol.build.reading import Reading
from wol.build.render_job import RenderContext, SourceReader
from wol.build.state import Assembled, Fragment, State, encode
from wol.build.store import PageStore, Stored
from wol.build.tables import Columns, changed_summaries, changed_table, check_features, encode_tables, run_features
from wol.build.taking import Taken
from wol.errors import Diagnostic, WolError
from wol.model.item import Summary
from wol.model.site import Site, Table
from wol.model.target import Name, Target, Value
from wol.theme.closure import Closures

if TYPE_CHECKING:
    from wol.content.settings import ReadSettings
    from wol.theme.find import Theme


@dataclass(slots=True)
class Assembly:
    """All that rendering and the next build need of the site."""

    context: RenderContext
    targets: list[Target]
    changed: set[Name]
    read_keys: dict[str, str]
    sections: dict[str, msgspec.Raw] = field(default_factory=dict)
    """The sections of the next state: tables, fragments, what was assembled."""
    diagnostics: tuple[Diagnostic, ...] = ()
    until: int | None = None


def assemble_site(setup: Setup, state: State, store: PageStore, taken: Taken, stage: str) -> Assembly:
    """Make the site and its plan. Raises WolError with all errors of sources and themes, or of the plan."""
    from wol.config.values import flatten
    from wol.site.assemble import SiteFiles, assemble
    from wol.site.check import check_site

    tree = taken.scan.tree
    read, settings = read_sources(setup, state, store, taken)
    found = read_diagnostics(taken, read)
    theme = _theme(setup, state, taken, found)
    refuse(found)

    assets, asset_files = _assets(setup, theme, taken.read)
    files = SiteFiles(
        attachments={key: source.digest for key, source in tree.attachments.items()},
        static={path: source.digest for path, source in tree.static.items()},
        assets=assets,
    )
    assembled = assemble(setup.written, read.summaries, setup.request.visibility, setup.now, files)
    columns = Columns(assembled.summaries)
    tables: dict[str, Table] = {
        **assembled.tables,
        **theme.tables,
        "config": flatten(setup.config),
        "profile": {"": setup.request.visibility.profile},
        "asset_files": asset_files,
        "static_files": {path: {"path": source.path, "digest": source.digest} for path, source in tree.static.items()},
    }
    run_features(setup.features, setup.config, columns, tables)
    targets, collisions = plan(setup.features, setup.config, columns, tables)
    urls = frozenset(paths.url_path(t.path) for t in targets)
    found = (
        *found,
        *assembled.diagnostics,
        *collisions,
        *check_site(setup.config, assembled, files, urls),
        *check_features(setup.features, setup.config, columns, tables),
    )
    refuse(found)

    states: dict[str, str] = {**assembled.hidden, **assembled.states}
    sections = {f"table {name}": raw for name, raw in encode_tables(tables).items()}
    changed = set(_changed(state, store, taken, read, assembled.summaries, states))
    for name in tables.keys() | set(state.table_names):
        changed.update(changed_table(name, state, sections.get(f"table {name}")))

    context = RenderContext(
        site=Site(setup.config, assembled.summaries, tables),
        theme=theme,
        features=setup.features,
        bodies=store.bodies(read.read_keys[key] for key in read.stored),
        fragments={},
        read=taken.read,
        settings=settings,
        stage=stage,
        preview=setup.request.visibility.profile != "release",
    )
    fragments = _fragments(context, theme.fragments, state, changed)
    sections |= {
        "theme": encode(theme.study),
        "basis": encode(read.basis),
        "read_keys": encode(read.read_keys),
        "fragments": encode(fragments),
        "assembled": encode(Assembled(tuple(assembled.summaries), states)),
    }
    return Assembly(context, targets, changed, read.read_keys, sections, found, assembled.next_change)


def read_sources(setup: Setup, state: State, store: PageStore, taken: Taken) -> tuple[Reading, ReadSettings]:
    """Bring the page store up to date with the sources."""
    from wol.content.settings import read_settings
    from wol.theme.find import callouts

    tree = taken.scan.tree
    settings = read_settings(setup.config, callouts(tree.theme))
    basis = digest.of_parts([settings.digest, reading.defaults_digest(tree.defaults), setup.toolchain])
    same = state.section("basis", str, "") == basis
    old = state.sources
    unchanged = frozenset(key for key, source in tree.items.items() if _same(old.get(source.path), source)) if same else frozenset()
    read = reading.read_all(
        tree, settings, store, taken.virtual, setup.place.root, setup.jobs, state.read_keys, unchanged, setup.request.progress
    )
    read.basis = basis
    return read, settings


def read_diagnostics(taken: Taken, read: Reading) -> tuple[Diagnostic, ...]:
    """All findings about sources, each once: of the scan, of `_defaults.toml` files (which every file below tells again), and of every text."""
    of_texts = (d for stored in read.stored.values() for d in stored.diagnostics)
    return tuple(dict.fromkeys((*taken.scan.diagnostics, *read.diagnostics, *of_texts)))


def _same(old: object, new: object) -> bool:
    return old is new or old == new


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

    made = {name: Asset(found) for feature in setup.features for name, found in feature.assets(setup.config).items()}
    files = theme.assets()
    known = {name: Asset(source.digest, partial(read, source.path)) for name, source in files.items()}
    return fingerprint({**made, **known}), {name: {"path": source.path, "digest": source.digest} for name, source in files.items()}


def _changed(
    state: State,
    store: PageStore,
    taken: Taken,
    read: Reading,
    summaries: Mapping[str, Summary],
    states: Mapping[str, str],
) -> Iterator[Name]:
    """Name the columns, bodies and files whose values differ from those of the last build."""
    before = state.assembled
    was = state.read_keys
    sources_of = {s.key: source for source, stored in read.stored.items() for s in stored.summaries}
    old: dict[str, Summary] = {}
    new: dict[str, Summary] = {}
    present = frozenset(before.keys)
    for key in present | summaries.keys():
        source = sources_of.get(key, key)
        now_key, old_key = read.read_keys.get(source), was.get(source)
        if key in present and key in summaries and now_key == old_key and before.states.get(key) == states.get(key):
            continue
        if key in summaries:
            new[key] = summaries[key]
        stored = store.get(old_key) if old_key is not None and key in present else None
        if stored is not None and before.states.get(key) == states.get(key) != "gone":
            old |= {s.key: s for s in stored.summaries if s.key == key}
        if stored is None or key not in summaries or _body(stored, key) != _body(read.stored[source], key):
            yield ("body", key)
    yield from changed_summaries(old, new)
    yield from _changed_files(state, taken)


def _body(stored: Stored, key: str) -> str | None:
    return next((place.digest for summary, place in zip(stored.summaries, stored.places, strict=True) if summary.key == key), None)


def _changed_files(state: State, taken: Taken) -> Iterator[Name]:
    old, new = state.sources, taken.scan.sources
    for path in old.keys() | new.keys():
        before, after = old.get(path), new.get(path)
        if before is not after and (before is None or after is None or before.digest != after.digest):
            yield ("file", path)


def _fragments(context: RenderContext, wanted: Iterable[str], state: State, changed: set[Name]) -> dict[str, Fragment]:
    """Render the site-only templates whose inputs changed; a fragment whose HTML is another is a changed name itself."""
    before = state.fragments
    after: dict[str, Fragment] = {}
    for name in wanted:
        old = before.get(name)
        if old is not None and not any(dependency in changed for dependency in old.dependencies):
            after[name] = old
            context.fragments[name] = old.html
            continue
        html, dependencies = context.views.fragment_html(name)
        after[name] = Fragment(html, tuple(sorted(dependencies)))
        context.fragments[name] = html
        if old is None or old.html != html:
            changed.add(("fragment", name))
    changed.update(("fragment", name) for name in before.keys() - after.keys())
    return after
