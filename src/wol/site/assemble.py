"""Assembling: from summaries to the site graph. Pure and total; what is hidden enters nothing (authoring format, section 2.2).

Each core table is made by a builder that names all that it reads:

* `state` key to state · `listed` key to yes or no, both of every item of this build, in the order of lists;
* `lists`, `neighbours`, `urls`, `sections`, `ids`, `feed_ids`, `static`, `assets`: `wol.site.tables`;
* `taxonomies`, `terms`, `item_terms`: `wol.site.terms`;
* `paths`, `attachments`: `wol.site.files`.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from wol.errors import Diagnostic
from wol.model.config import Config
from wol.model.item import Summary
from wol.model.site import State, Table, Visibility
from wol.site import states
from wol.site.files import BUILDERS as FILES
from wol.site.order import in_order
from wol.site.tables import BUILDERS as TABLES
from wol.site.terms import BUILDERS as TERMS

BUILDERS = (*TABLES, *FILES, *TERMS)
"""The makers of the core tables, each after those whose tables it needs."""


@dataclass(frozen=True, slots=True)
class SiteFiles:
    """The files of a site that are no sources.

    `attachments`: path from the content folder to digest. `static`: output path to digest. `assets`: name of a theme's asset to its
    fingerprinted output path.
    """

    attachments: Mapping[str, str] = field(default_factory=dict)
    static: Mapping[str, str] = field(default_factory=dict)
    assets: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Assembled:
    """The site graph of one build.

    `summaries` has the items of this build, ordered; of one that is gone only what a tombstone says. `hidden` has the state of every other
    item, for the writer's eyes alone. `next_change` is the next instant, in microseconds, at which any item changes its state.
    """

    summaries: Mapping[str, Summary]
    tables: Mapping[str, Table]
    hidden: Mapping[str, State]
    hidden_urls: Mapping[str, str]
    """URL path to key of the hidden items, so that links there can be told from others that are broken."""
    diagnostics: tuple[Diagnostic, ...] = ()
    next_change: int | None = None

    @property
    def states(self) -> Mapping[str, State]:
        """The state of each item of this build."""
        return self.tables["state"]


class _Input:
    """What builders read: the settings, columns made when first read, and the tables so far."""

    def __init__(self, config: Config, summaries: Mapping[str, Summary], tables: Mapping[str, Table]) -> None:
        self.config = config
        self._summaries = summaries
        self._columns: dict[str, dict[str, Any]] = {}
        self._tables = tables

    def column(self, name: str) -> Mapping[str, Any]:
        column = self._columns.get(name)
        if column is None:
            column = self._columns[name] = {key: getattr(summary, name) for key, summary in self._summaries.items()}
        return column

    def table(self, name: str) -> Table:
        return self._tables[name]


def assemble(config: Config, summaries: Iterable[Summary], visibility: Visibility, now: int, files: SiteFiles) -> Assembled:
    """Make the site graph of all items. `now`, in microseconds, decides states and nothing else."""
    shown: list[Summary] = []
    state: dict[str, State] = {}
    hidden: dict[str, State] = {}
    hidden_urls: dict[str, str] = {}
    bundles: dict[str, str] = {}
    change: int | None = None
    seen = {name: states.visible(name, visibility) for name in states.STATES}
    for summary in summaries:
        current = states.state(summary, now)
        if seen[current]:
            shown.append(_tombstone(summary) if current == "gone" else summary)
            state[summary.key] = current
        else:
            hidden[summary.key] = current
            hidden_urls[summary.url] = summary.key
        if summary.bundle:
            bundles[summary.bundle] = summary.key
        turn = states.next_change(summary, now)
        if turn is not None and (change is None or turn < change):
            change = turn

    ordered = {summary.key: summary for summary in in_order(shown)}
    leads = {name: states.linkable(name, visibility) for name in states.STATES}
    lists = {name: states.listed(name, visibility) for name in states.STATES}
    core: dict[str, Table] = {
        "state": {key: state[key] for key in ordered},
        "listed": {key: lists[state[key]] and not summary.unlisted for key, summary in ordered.items()},
    }
    inputs: dict[str, Table] = {
        "linkable": {key: leads[state[key]] for key in ordered},
        "bundles": bundles,
        "files": files.attachments,
        "static_files": files.static,
        "asset_files": files.assets,
    }
    site = _Input(config, ordered, ChainMap(core, inputs))
    found: list[Diagnostic] = []
    for builder in BUILDERS:
        built = builder.build(site)
        core.update(built.tables)
        found += built.diagnostics
    return Assembled(ordered, core, dict(sorted(hidden.items())), hidden_urls, tuple(found), change)


def _tombstone(summary: Summary) -> Summary:
    """Keep of an item that is gone what its tombstone needs: no title, no text, no date."""
    return Summary(
        key=summary.key,
        kind=summary.kind,
        title="",
        title_html="",
        url=summary.url,
        slug="",
        section=summary.section,
        gone=True,
        gone_reason=summary.gone_reason,
        lang=summary.lang,
        dir=summary.dir,
        aliases=summary.aliases,
    )
