"""Assembling: the core tables of a site, each made by a step that names all that it reads.

* `state` key to state · `listed` key to yes or no, both of every item of this build, in the order of lists;
* `lists`, `neighbours`, `urls`, `sections`, `ids`, `feed_ids`, `permanent`: `wol.site.item_tables`;
* `paths`, `attachments`: `wol.site.attachment_paths`;
* `assets`: name of an asset to its output path · `asset_files`: name to `path` and `digest` of those that are copied from a theme;
* `published`: what the ledger holds: URL path to its `kind`, its id in feeds (`feed_id`), and whether it must be answered now (`is_due`);
* `static`: output path to digest · `static_files`: output path to `path` and `digest`.

What begins with `input` is for these steps alone: `input linkable` (key to whether links lead there), `input bundles` (folder of a bundle to its key, of
hidden ones too), `input files` (attachment to digest), `input ledger` (its lines: URL to list of time, event,
id in feeds and class), `input ledger times` (each time of it to whether it has come), and `input settings` (`base_url` as `site.toml` has it, whatever the command line says).
"""

from __future__ import annotations

from collections.abc import Mapping

from wol.model.config import Config
from wol.model.site import Table, Visibility
from wol.model.step import Step
from wol.site import states
from wol.site.arrange import Arranged
from wol.site.published import FEED_ID_COLUMNS, HIDDEN, LEDGER, PLANNED, PUBLISHED, TIMES, URL_COLUMNS

INPUT = "input "
"""What the names of tables begin with that only core steps may read."""

STEPS = (
    Step(name="ledger times", make="wol.site.published:give_times", needs=frozenset({LEDGER}), moments=TIMES),
    Step(name="published", make="wol.site.published:make_published", provides=(PUBLISHED,), needs=frozenset({LEDGER, TIMES})),
    Step(
        name="lists",
        make="wol.site.item_tables:make_lists",
        provides=("lists",),
        columns=frozenset({"kind", "section"}),
        needs=frozenset({"listed"}),
    ),
    Step(name="neighbours", make="wol.site.item_tables:make_neighbours", provides=("neighbours",), needs=frozenset({"lists"})),
    Step(
        name="urls",
        make="wol.site.item_tables:make_urls",
        provides=("urls", "sections"),
        columns=frozenset({"url", "section"}),
        needs=frozenset({"input linkable"}),
    ),
    Step(
        name="ids", make="wol.site.item_tables:make_ids", provides=("ids",), columns=frozenset({"id"}), needs=frozenset({"input linkable"})
    ),
    Step(
        name="feed ids",
        make="wol.site.item_tables:make_feed_ids",
        provides=("feed_ids", "permanent"),
        columns=frozenset({"guid", "id", "url", "aliases"}),
        needs=frozenset({"input linkable", "input settings", PUBLISHED}),
    ),
    Step(
        name="paths",
        make="wol.site.attachment_paths:make_paths",
        provides=("paths", "attachments"),
        columns=frozenset({"url", "links", "bundle", "section"}),
        needs=frozenset({"state", "input linkable", "input files", "input bundles"}),
    ),
    Step(
        name="check ids",
        make="wol.site.check:check_ids",
        columns=frozenset({"id", "guid", "lines", "url", "aliases"}),
        needs=frozenset({"feed_ids", PUBLISHED}),
    ),
    Step(name="check dates", make="wol.site.check:check_dates", columns=frozenset({"date"}), needs=frozenset({"lists"})),
)
"""The steps of the core."""

CHECKS = (
    Step(
        name="published ids",
        make="wol.site.published:check_feed_ids",
        columns=FEED_ID_COLUMNS,
        needs=frozenset({"profile", PUBLISHED, "feed_ids"}),
    ),
    Step(
        name="published urls",
        make="wol.site.published:check_urls",
        columns=URL_COLUMNS,
        needs=frozenset({"profile", PUBLISHED, "feed_ids", HIDDEN, PLANNED}),
    ),
)
"""The checks of the core that run when everything is planned: only they see `input planned` (the URL path of every file of the output) and `input hidden` (URL
paths and aliases of hidden items to key and state)."""


def arranged_tables(arranged: Arranged, visibility: Visibility) -> dict[str, Table]:
    """Return the tables that follow from how items are arranged, and from nothing else."""
    listed = frozenset(arranged.listed)
    leads = {name: states.linkable(name, visibility) for name in states.STATES}
    return {
        "state": arranged.states,
        "listed": {key: key in listed for key in arranged.states},
        "input linkable": {key: leads[state] for key, state in arranged.states.items()},
        "input bundles": arranged.bundles,
    }


ARRANGED = ("state", "listed", "input linkable", "input bundles")
"""The names of those tables."""


def given_tables(written: Config, attachments: Mapping[str, str], static: Mapping[str, str], assets: Mapping[str, str]) -> dict[str, Table]:
    """Return the tables of files and settings that core steps read: attachments and static files by path to digest, assets by name to output path."""
    return {
        "input settings": {"base_url": written.site.base_url},
        "input files": attachments,
        "static": static,
        "assets": assets,
    }
