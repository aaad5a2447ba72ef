"""For every sequence of edits, an incremental build equals a clean one, byte for byte and file for file; and a second build does nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from harness import machine
from harness.drivers import Options, fresh
from harness.probes import TABLES
from harness.site import NOW, Site
from harness.world import World
from wol.engine.items import arranged_of
from wol.engine.state import State
from wol.features.registry import BUILT_IN
from wol.model.target import Target
from wol.site.core_tables import INPUT
from wol.site.states import STATES

SHORT = range(10)
"""A seeded fault is missed by at most one of these ten seeds (`test_seeded_faults.py`), so any two of them find it."""
LONG = range(1000, 1050)


@pytest.mark.timeout(1200)
@pytest.mark.parametrize(
    ("seed", "profile"),
    [
        pytest.param(0, machine.TASTE, id="taste"),
        *(pytest.param(seed, machine.SHORT, id=str(seed), marks=pytest.mark.long) for seed in SHORT),
    ],
)
def test_random_steps(seed: int, profile: settings) -> None:
    """After each random step (edits, damage, crashes, other processes, other days) all holds that has to."""
    machine.run(seed, profile)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", LONG)
def test_many_random_steps(seed: int) -> None:
    """The same for many more and longer sequences."""
    machine.run(seed, machine.LONG)


def test_defaults_that_move(site: Callable[..., Site]) -> None:
    """Defaults that lie in another folder now are named there, also where they say the same to the same text."""
    made = site({"content/_defaults.toml": 'lang = "fr"\n', "content/posts/a.md": "A.\n"})
    made.build()
    assert "lang comes from _defaults.toml" in made.run("list", "--why").stdout
    made.remove("content/_defaults.toml")
    made.write("content/posts/_defaults.toml", 'lang = "fr"\n')
    assert "lang comes from posts/_defaults.toml" in made.run("list", "--why").stdout


KINDS: dict[str, set[str]] = {
    "items": {"item", "section", "gone"},
    "home": {"home"},
    "archives": {"archive", "year", "month"},
    "notes": {"notes"},
    "taxonomies": {"terms", "term"},
    "series": {"series-list", "series"},
    "feeds": {"rss", "atom", "json"},
    "enclosures": set(),
    "redirects": {"redirect"},
    "sitemap": {"sitemap"},
    "robots": {"robots"},
    "not_found": {"404"},
    "assets": {"asset", "style"},
    "highlight": {"code.css"},
    "static": {"static"},
    "attachments": {"copy"},
    "mark": {"mark"},
    "backlinks": set(),
    "now": set(),
    "reading_list": {"reading-list"},
    "emptied_lists": {"emptied-list"},
}
"""What each feature gives to the machine's site."""


def test_the_site_of_the_machine_uses_every_feature(tmp_path: Path) -> None:
    """Each built-in feature has targets of all its kinds there (but the index of many sitemaps), and no table is empty."""
    site = Site(tmp_path / "site", World.start().tree(), World.start().toml())
    assert not fresh(site.root, Options(NOW)).errors
    assert not fresh(site.root, Options(NOW, profile="drafts")).errors
    states = [State.load(site.root / ".wol/state" / profile / "state") for profile in ("release", "drafts")]
    plans = [state.section("plan", dict[str, Target], {}) for state in states]
    assert set(KINDS) == set(BUILT_IN)
    assert {kind for kinds in KINDS.values() for kind in kinds} | {"probe", "raw", "raw-file", "raw-figures"} == {
        t.kind for p in plans for t in p.values()
    }
    tables = [name for name in states[0].table_names if not name.startswith(INPUT)]
    assert set(TABLES) >= set(tables) - {"config"}
    assert not [name for name in tables if not states[0].table(name)]
    arranged = arranged_of(states[0])
    assert {*arranged.states.values(), *arranged.hidden.values()} == set(STATES)
