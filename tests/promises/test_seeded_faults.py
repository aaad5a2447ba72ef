"""The random machine is sharp: with a fault seeded on purpose it fails, whatever the fault, and with no help."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

from harness.clean_builds import CleanBuilds
from harness.drivers import Options, fresh
from harness.fault_walks import SharedCleanBuilds, finds, telling_examples
from harness.faults import DECLARATIONS, FAULTS, FORGETFUL, KINDS, SEEN_IN_CLEAN_BUILDS, SHADOWED
from harness.site import NOW, Site
from harness.world import World
from wol.engine.state import State
from wol.model.item import COLUMNS
from wol.model.site import Profile
from wol.model.target import Name, Target
from wol.render.recorded_views import SiteViews
from wol.site.core_tables import INPUT

pytestmark = pytest.mark.slow

SEEDS = range(10)
ENOUGH = 9
CLEAN_BUILDS = [CleanBuilds(many=400) for _ in SEEDS]
"""What the sites of each seed are when they are built from nothing, without any fault: most faults only forget, which does not change that."""


@cache
def examples_for(seed: int) -> Mapping[str, int]:
    """Return the example of a seed in which each kind of dependency counts."""
    return telling_examples(seed, CLEAN_BUILDS[seed])


def is_found(fault: str, seed: int) -> bool:
    """Tell whether the machine finds a fault from a seed. Where one kind of dependency is dropped, it goes first where that alone shows."""
    telling = examples_for(seed) if fault not in (*DECLARATIONS, *SEEN_IN_CLEAN_BUILDS) else {}
    likely = telling.get(fault.removeprefix("no ")) if fault in FORGETFUL else None
    with pytest.MonkeyPatch.context() as patch:
        FAULTS[fault](patch)
        clean = SharedCleanBuilds(CLEAN_BUILDS[seed]) if telling else CleanBuilds()
        return (likely is not None and finds(seed, clean, {likely})) or finds(seed, clean)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_seeded_fault_is_found(fault: str) -> None:
    """Within the short profile, at least nine of ten fixed seeds find the fault."""
    found: list[int] = []
    for place, seed in enumerate(SEEDS):
        if is_found(fault, seed):
            found.append(seed)
        if len(found) == ENOUGH:
            return
        if place + 1 - len(found) > len(SEEDS) - ENOUGH:
            pytest.fail(f"`{fault}` was missed by the seeds {sorted({*SEEDS[: place + 1]}.difference(found))}")


def test_every_kind_of_dependency_is_in_the_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What views record and what they could hand out is all in the table of faults: a new column, table or field needs its entry."""
    handed: set[str] = set(COLUMNS)
    recording = SiteViews.recording

    @contextmanager
    def spied(self: SiteViews, target: Target) -> Iterator[set[Name]]:
        with recording(self, target) as names:
            yield names
        handed.update(table for table, _ in names)

    monkeypatch.setattr(SiteViews, "recording", spied)
    site = Site(tmp_path / "site", World.start().tree(), World.start().toml())
    assert not fresh(site.root, Options(NOW)).errors
    tables = State.load(site.root / ".wol/state/release/state").table_names
    handed.update(name for name in tables if not name.startswith(INPUT))
    assert handed == set(KINDS)


def test_what_cannot_matter_cannot_change(tmp_path: Path) -> None:
    """The kinds that the table leaves out have values that follow from their keys."""
    site = Site(tmp_path / "site", World.start().tree(), World.start().toml())
    profiles: tuple[Profile, ...] = ("release", "drafts", "preview")
    for profile in profiles:
        assert not fresh(site.root, Options(NOW, profile=profile)).errors
        state = State.load(site.root / ".wol/state" / profile / "state")
        assert dict(state.table("profile") or {}) == {"": profile}
        assert all([term["taxonomy"], term["slug"]] == key.split("/") for key, term in (state.table("terms") or {}).items())
        assert all(taxonomy["name"] == key for key, taxonomy in (state.table("taxonomies") or {}).items())
        assert all(series["url"] == f"/series/{key}/" for key, series in (state.table("series") or {}).items())
    assert set(SHADOWED) == {"profile", "terms.taxonomy", "terms.slug", "taxonomies.name", "series.url"}
