"""Seeded faults: ways to make builds wrong on purpose, each of which the random machine has to notice."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, cast

import msgspec
import pytest

from harness.probes import FACTS, MENTIONS, PROBES_FEATURE
from wol.content import scan as content_scan
from wol.content import urls
from wol.content.settings import ReadSettings
from wol.content.walk import Scanner
from wol.deploy import damage as target_damage
from wol.engine import (
    assembling,
    fragments,
    input_tables,
    outdated,
    prepare,
    reading,
    scanning,
    site_sources,
    steps,
    workspace,
)
from wol.engine.fragments import patch_fragments
from wol.engine.jobs import render_job
from wol.engine.ledger_table import LedgerTable, read_ledger
from wol.engine.output import output_state, ownership
from wol.engine.plan import Plan
from wol.engine.step_cache import StepCache
from wol.engine.steps import OwnedStep
from wol.features import registry
from wol.model import mark as marks
from wol.model.item import COLUMNS
from wol.model.page import Page, unpack
from wol.model.source import Source
from wol.model.target import Name, Target
from wol.render.feed_entries import FeedEntries
from wol.render.part_renderers import PartRenderers
from wol.render.recorded_views import SiteViews
from wol.site.published import LEDGER
from wol.theme import closure, slot_tag

Patch = pytest.MonkeyPatch
Fault = Callable[[Patch], None]

TABLES = (
    *(
        "state",
        "listed",
        "lists",
        "neighbours",
        "urls",
        "ids",
        "sections",
        "paths",
        "feed_ids",
        "permanent",
        "published",
        "item_terms",
        "attachments",
        "static",
        "assets",
    ),
    *(
        "asset_files",
        "static_files",
        "profile",
        "years",
        "feeds",
        "sitemap",
        "note_channels",
        "term_channels",
        "shelf",
        "mentioned",
        "places",
    ),
    *("taxonomies", "terms", "series", "series_list", "series_parts", "backlinks", "enclosures", "media"),
    *("reading_books", "reading_list", "reading_channels"),
    *("figures", "clips", "marks.link", "marks.mention", "now.as_of", "now.due"),
    *("template", "option", "translation", "config", "body", "file", "fragment"),
)
"""Every table but the summary columns whose values views hand out (some are those of a plugin), and the columns of marks."""

FIELDS = (
    *("terms.name", "terms.title", "terms.slug", "terms.url", "terms.count", "terms.description", "terms.taxonomy", "terms.items"),
    *("taxonomies.name", "taxonomies.label", "taxonomies.singular", "taxonomies.url", "taxonomies.terms"),
    *("series.name", "series.url", "series.count", "series.items"),
    *("series_parts.series", "series_parts.part", "series_parts.previous", "series_parts.next"),
    *(f"reading_books.{name}" for name in ("title", "author", "isbn", "url", "year", "read", "rating")),
)
"""The fields of values that are dependencies of their own."""

KINDS = (*COLUMNS, *FACTS, *TABLES, *FIELDS)
"""Every kind of dependency that can be dropped."""

assert all(name.partition(".")[0] in steps.fine_tables(registry.declared()) for name in FIELDS), (
    "only these tables have fields of their own"
)

SHADOWED: Mapping[str, str] = {
    "terms.taxonomy": "the taxonomy of a term is the first half of its key, so it can be no other while the key is the same",
    "terms.slug": "the slug of a term is the second half of its key, so it can be no other either",
    "taxonomies.name": "the name of a taxonomy is its key",
    "series.url": "the URL of a series is made of its slug, which is its key",
    "profile": "each profile has a state of its own, in which the one key never has another value",
}
"""Kinds that cannot matter, each with the reason; `test_seeded_faults` holds the reasons against random runs."""


def dropped(patch: Patch, forgets: Callable[[Name], bool]) -> None:
    """Leave names out of what rendering a target recorded."""
    recording = SiteViews.recording

    @contextmanager
    def forgetful(self: SiteViews, target: Target) -> Iterator[set[Name]]:
        with recording(self, target) as names:
            yield names
        names.difference_update([name for name in names if forgets(name)])

    patch.setattr(SiteViews, "recording", forgetful)


def drop(kind: str) -> Fault:
    """Drop one kind of dependency."""
    return lambda patch: dropped(patch, lambda name: name[0] == kind)


def absence_not_recorded(patch: Patch) -> None:
    """A lookup that finds nothing leaves no trace."""
    value = SiteViews.value

    def forgetful(self: SiteViews, table: str, key: str) -> Any:
        known = (table, key) in self.recorder.names
        found = value(self, table, key)
        if found is None and not known:
            self.recorder.names.discard((table, key))
        return found

    patch.setattr(SiteViews, "value", forgetful)


def shallow_closure(patch: Patch) -> None:
    """A template depends on what it names itself, and not on what those name."""

    def direct(self: Any, name: str) -> set[str]:
        return {name, *(reference for reference in self.references.get(name, ()) if reference is not None)}

    patch.setattr(closure._Study, "closure", direct)


def slots_left_out_of_the_closure(patch: Patch) -> None:
    """A template does not depend on what features show in its slots."""
    with_slots = slot_tag.with_slots
    patch.setattr(slot_tag, "with_slots", lambda environment, slots: with_slots(environment, {}))


def themes_of_plugins_scanned_once(patch: Patch) -> None:
    """A file of a theme that a plugin brings is as it was when it first came."""
    source = Scanner.source

    def careless(self: Scanner, place: str, path: str, key: str, found: Any) -> Any:
        if path.startswith("<") and not path.startswith("<default>") and path in self.known:
            self.sources[path] = self.known[path]
            return self.known[path]
        return source(self, place, path, key, found)

    patch.setattr(Scanner, "source", careless)


def parser_settings_left_out(patch: Patch) -> None:
    """The key of what was read says nothing of the settings."""
    patch.setattr(ReadSettings, "digest", "always the same")


def declared_fields_left_out(patch: Patch) -> None:
    """The key of what was read says nothing of the fields that features declare."""
    whole = cast("Any", ReadSettings.digest).func

    def careless(self: ReadSettings) -> str:
        return cast("str", whole(msgspec.structs.replace(self, declared=(), absent=frozenset())))

    patch.setattr(ReadSettings, "digest", property(careless))


def facts_left_out_of_changed_columns(patch: Patch) -> None:
    """A step that reads a fact does not run again where only that has changed."""
    changed_columns = assembling._changed_columns
    patch.setattr(assembling, "_changed_columns", lambda *given: {name for name in changed_columns(*given) if "." not in name})


def defaults_left_out(patch: Patch) -> None:
    """The key of what was read says nothing of `_defaults.toml`."""
    patch.setattr(reading._Below, "digests", lambda self, key, tree: ())


def stamps_trusted_however_young(patch: Patch) -> None:
    """A file whose stamp is as it was is trusted, also where it was as new as the last scan."""
    scan = content_scan.scan
    patch.setattr(scanning, "scan", lambda *given, young, **named: scan(*given, young=(), **named))


def change_times_ignored(patch: Patch) -> None:
    """A file whose size and time are as they were is trusted, whatever else its stamp says."""
    patch.setattr(Source, "has", lambda self, stamp: (self.size, self.mtime_ns) == (stamp.size, stamp.mtime_ns))


def outputs_trusted_by_size_and_time(patch: Patch) -> None:
    """A file of the output whose size and time are as they were left is trusted."""
    damage = output_state.damage

    def trusting(output: Any, outputs: Any, left_ns: int) -> Any:
        return damage(output, outputs, 1 << 62)

    patch.setattr(output_state, "damage", trusting)


def links_followed_once(patch: Patch) -> None:
    """Where a link leads to is looked at only when it comes."""
    source = Scanner.source

    def careless(self: Scanner, place: str, path: str, key: str, found: Any) -> Any:
        if os.path.islink(place) and path in self.known:
            self.sources[path] = self.known[path]
            return self.known[path]
        return source(self, place, path, key, found)

    patch.setattr(Scanner, "source", careless)


def findings_of_the_scan_forgotten(patch: Patch) -> None:
    """Where no source has changed there is nothing to do, whatever else a scan finds."""
    unchanged = scanning.unchanged

    def careless(setup: Any, state: Any, scanned: Any) -> bool:
        found = msgspec.structs.replace(scanned.scan, diagnostics=state.diagnostics(scanning.SCAN))
        return unchanged(setup, state, msgspec.structs.replace(scanned, scan=found))

    patch.setattr(scanning, "unchanged", careless)


def findings_of_steps_forgotten(patch: Patch) -> None:
    """What a step found that need not run again is not told again."""
    found_before = StepCache.found_before

    def careless(self: StepCache, step: str) -> Any:
        found_before(self, step)
        return ()

    patch.setattr(StepCache, "found_before", careless)


def targets_trusted(patch: Patch) -> None:
    """What was deployed is taken to be at the target still."""
    patch.setattr(target_damage, "damage", lambda files, entries: {})


def long_names_let_through(patch: Patch) -> None:
    """Nobody asks whether a file system can hold the name of a file."""
    patch.setattr(urls, "MAX_SEGMENT", 1 << 30)
    patch.setattr(assembling, "too_long", lambda *_: ())


def _blind_to_settings(patch: Patch, module: Any) -> None:
    """Let a module take the settings for those of the last build."""
    is_same_setup = scanning.is_same_setup

    def careless(setup: Any, state: Any) -> bool:
        before = state.inputs
        return is_same_setup(setup if before is None else msgspec.structs.replace(setup, config_digest=before.config), state)

    patch.setattr(module, "is_same_setup", careless)


def config_ignored(patch: Patch) -> None:
    """A change of `site.toml` alone is nothing to do."""
    _blind_to_settings(patch, scanning)


def tables_kept_whatever_the_settings(patch: Patch) -> None:
    """Where only settings changed, tables and plans are those of the last build."""
    _blind_to_settings(patch, assembling)


def moment_ignored(patch: Patch) -> None:
    """The time at which an item appears or expires is nothing to do."""
    for module in (scanning, assembling):
        patch.setattr(module, "is_same_moment", lambda setup, state: state.inputs is not None)


def fragments_kept(patch: Patch) -> None:
    """A fragment that was rendered once is never rendered again."""
    render_fragments = fragments.render_fragments

    def careless(context: Any, wanted: Any, state: Any, changed: set[Name], timings: Any) -> Any:
        kept = {name: old for name, old in state.fragments.items() if name in wanted}
        after = render_fragments(context, wanted, state, set(changed), timings)
        context.fragments.update({name: old.html for name, old in kept.items()})
        changed.update(("fragment", name) for name in set(after) ^ set(state.fragments))
        return {**after, **kept}

    patch.setattr(assembling, "render_fragments", careless)


def fragments_that_are_changed_count_as_shown(patch: Patch) -> None:
    """That a template has measured or changed a fragment is not noticed where it shows it too, or another one."""
    patch.setattr(render_job, "_known_holes", lambda made, given: made.holes if isinstance(made, Page) else ())


def holes_stay_where_they_were(patch: Patch) -> None:
    """Fragments that got longer or shorter do not move those behind them."""

    def careless(page: bytes, packed: bytes, fragments: Mapping[str, str]) -> Page | None:
        made = patch_fragments(page, packed, fragments)
        return None if made is None else Page.with_holes(made, unpack(packed))

    patch.setattr(render_job, "patch_fragments", careless)


def own_text_kept(patch: Patch) -> None:
    """Pages with fragments get other fragments, whatever else is another."""
    patch.setattr(outdated, "to_refill", lambda reasons, manifest: manifest.holes)


def no_prune(patch: Patch) -> None:
    """What is no longer planned stays."""
    patch.setattr(outdated, "vanished", lambda plan, owned: [])


def arguments_ignored(patch: Patch) -> None:
    """A target that is planned with other arguments is taken for the same."""

    def careless(self: Plan, path: str) -> bool:
        before = self._before.get(path)
        if before is None:
            return True
        old = msgspec.msgpack.decode(before, type=Target)
        return msgspec.structs.replace(old, args=self[path].args) != self[path]

    patch.setattr(Plan, "differs", careless)


def tampering_unnoticed(patch: Patch) -> None:
    """Nobody looks at the output."""
    patch.setattr(output_state, "damage", lambda output, outputs, left_ns: ({}, {}))


def owned_list_kept(patch: Patch) -> None:
    """The list of what wol owns stays as the first build left it."""
    owned_after = ownership.owned_after
    patch.setattr(
        ownership, "owned_after", lambda output, before, written, removed: owned_after(output, before, {} if before else written, ())
    )


def ledger_kept(patch: Patch) -> None:
    """What the ledger holds is what it held when it was first read."""

    def careless(state: Any, scanned: Any) -> Any:
        return LedgerTable(None) if f"table {LEDGER}" in state else read_ledger(state, scanned)

    patch.setattr(site_sources, "read_ledger", careless)


def digests_of_inputs_ignored(patch: Patch) -> None:
    """A file that a feature reads is parsed when it comes, and never again."""
    patch.setattr(input_tables, "_is_parsed", lambda source, digests: source.key in digests)


def removed_inputs_stay(patch: Patch) -> None:
    """The values of files that are gone stay in the table of an input."""
    values = input_tables._values

    def careless(state: Any, name: str, one: Any, known: Any) -> Any:
        before = state.table(name)
        return {**(before.raws if before is not None else {}), **values(state, name, one, known)}

    patch.setattr(input_tables, "_values", careless)


def inputs_hidden_once(patch: Patch) -> None:
    """Whether a file that a feature reads is hidden is asked only when one of them changes."""
    give_inputs = input_tables.store_inputs

    def careless(memo: Any, setup: Any, state: Any, read: Any, before: Any, after: Any) -> Any:
        return give_inputs(memo, setup, state, read, after, after)

    patch.setattr(assembling, "store_inputs", careless)


def state_of_another_profile(patch: Patch) -> None:
    """All profiles share one state."""

    def shared(*given: Any) -> Any:
        found = workspace.folders(*given)
        return msgspec.structs.replace(found, state=found.cache / "state" / "release")

    patch.setattr(prepare, "folders", shared)


def marks_left_out_of_what_changed(patch: Patch) -> None:
    """An item whose text states other facts than before counts as one of the same marks."""
    patch.setattr(marks, "differing", lambda before, after: ())


def marks_by_number(patch: Patch) -> None:
    """Marks count as the same where there are as many of each kind. Too narrow for random edits: `test_syntax` has those that show it."""
    differing = marks.differing

    def careless(before: marks.EncodedMarks, after: marks.EncodedMarks) -> Any:
        counted = [{kind: len(marks.decode(some)) for kind, some in one.items()} for one in (before, after)]
        return () if counted[0] == counted[1] else differing(before, after)

    patch.setattr(marks, "differing", careless)


def reads_of_part_renderers_unrecorded(patch: Patch) -> None:
    """What a feature's renderer asks for while it renders a part of a text leaves no trace."""
    html = PartRenderers.html

    def careless(self: PartRenderers, views: SiteViews, *given: Any, **named: Any) -> str:
        known = set(views.recorder.names)
        try:
            return html(self, views, *given, **named)
        finally:
            views.recorder.names &= known

    patch.setattr(PartRenderers, "html", careless)


def reads_for_entries_unrecorded(patch: Patch) -> None:
    """What a feature asks for to add to the entries of feeds leaves no trace."""
    of = FeedEntries.of

    def careless(self: FeedEntries, views: SiteViews, key: str) -> Any:
        known = set(views.recorder.names)
        try:
            return of(self, views, key)
        finally:
            views.recorder.names &= known

    patch.setattr(FeedEntries, "of", careless)


STRUCTURAL: Mapping[str, Fault] = {
    fault.__name__: fault
    for fault in (
        *(
            absence_not_recorded,
            shallow_closure,
            slots_left_out_of_the_closure,
            themes_of_plugins_scanned_once,
            parser_settings_left_out,
            defaults_left_out,
            config_ignored,
            moment_ignored,
        ),
        *(declared_fields_left_out, facts_left_out_of_changed_columns),
        *(stamps_trusted_however_young, change_times_ignored, outputs_trusted_by_size_and_time, links_followed_once),
        *(findings_of_the_scan_forgotten, findings_of_steps_forgotten, long_names_let_through, targets_trusted),
        *(
            tables_kept_whatever_the_settings,
            fragments_kept,
            fragments_that_are_changed_count_as_shown,
            holes_stay_where_they_were,
            own_text_kept,
            no_prune,
            arguments_ignored,
            tampering_unnoticed,
            owned_list_kept,
            ledger_kept,
            digests_of_inputs_ignored,
            removed_inputs_stay,
            inputs_hidden_once,
            state_of_another_profile,
            marks_left_out_of_what_changed,
            reads_of_part_renderers_unrecorded,
            reads_for_entries_unrecorded,
        ),
    )
}


SEEN_IN_CLEAN_BUILDS = frozenset({"shallow_closure", "slots_left_out_of_the_closure"})
"""Structural faults that change what a build from nothing makes; all others only forget."""


def _undeclared(owner: str, name: str) -> Fault:
    """A step does not declare a column or table that it reads."""
    owned_steps = steps.owned_steps

    def careless(features: Any) -> Iterator[OwnedStep]:
        for owned in owned_steps(features):
            step = owned.step
            false = msgspec.structs.replace(step, columns=step.columns - {name}, needs=step.needs - {name})
            yield msgspec.structs.replace(owned, step=false) if owned.name == owner else owned

    return lambda patch: patch.setattr(steps, "owned_steps", careless)


_FEATURES = (*registry.declared(), PROBES_FEATURE, MENTIONS)

DECLARATIONS: Mapping[str, Fault] = {
    f"step {owned.name} without {name}": _undeclared(owned.name, name)
    for owned in steps.owned_steps(_FEATURES)
    for name in sorted(owned.step.columns | owned.step.needs)
}
"""For each column and table that a step declares, that it does not: whoever reads it all the same is refused."""

FORGETFUL: Mapping[str, Fault] = {f"no {kind}": drop(kind) for kind in KINDS if kind not in SHADOWED}
"""For each kind of dependency, that none of it is recorded."""

FAULTS: Mapping[str, Fault] = {**STRUCTURAL, **DECLARATIONS, **FORGETFUL}
"""The table: each fault by its name."""
