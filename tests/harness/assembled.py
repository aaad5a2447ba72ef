"""A site graph in one call, as the engine makes it step by step: arrange, core tables, checks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from wol.errors import Diagnostic
from wol.features.taxonomies import feature as taxonomies
from wol.model.config import Config
from wol.model.functions import load_function
from wol.model.item import Summary
from wol.model.site import State, Table, Visibility
from wol.site.arrange import Arranged, arrange, effective
from wol.site.check import check_settings
from wol.site.core_tables import INPUT, STEPS, arranged_tables, given_tables
from wol.site.link_check import LinkCheck, Surroundings
from wol.site.suggest_link import suggested


@dataclass(frozen=True)
class Assembled:
    """The items of a build in order, the core tables, and what was found."""

    arranged: Arranged
    summaries: Mapping[str, Summary]
    tables: Mapping[str, Table]
    inputs: Mapping[str, Table]
    """The tables that only steps of the core read."""
    diagnostics: tuple[Diagnostic, ...]

    @property
    def states(self) -> Mapping[str, State]:
        return self.arranged.states

    @property
    def hidden(self) -> Mapping[str, State]:
        return self.arranged.hidden

    @property
    def next_change(self) -> int | None:
        return self.arranged.next_change


@dataclass(frozen=True)
class SiteFiles:
    """The files of a site that are no sources: attachments and static files by path to digest, assets by name to output path."""

    attachments: Mapping[str, str] = field(default_factory=dict)
    static: Mapping[str, str] = field(default_factory=dict)
    assets: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Input:
    """What steps read."""

    config: Config
    summaries: Mapping[str, Summary]
    tables: Mapping[str, Table]

    def column(self, name: str) -> Mapping[str, Any]:
        return {key: getattr(summary, name) for key, summary in self.summaries.items()}

    def table(self, name: str) -> Table:
        return self.tables[name]


STEPS_OF_ITEMS = (*(step for step in STEPS if "input ledger" not in step.needs), *taxonomies.steps[:1])
"""The steps of the core but for those of the ledger, and the one that makes the tables of terms."""


def assemble(
    config: Config, items: Iterable[Summary], visibility: Visibility, now: int, files: SiteFiles, published: Table | None = None
) -> Assembled:
    """Make the site graph of all items; `published` is what the ledger holds."""
    given = {item.key: item for item in items}
    arranged = arrange(given.values(), visibility, now)
    summaries = {key: effective(given[key], state) for key, state in arranged.states.items()}
    tables: dict[str, Table] = {
        **arranged_tables(arranged, visibility),
        **given_tables(config, files.attachments, files.static, files.assets),
        "published": published or {},
    }
    site = Input(config, summaries, tables)
    found: list[Diagnostic] = []
    for step in STEPS_OF_ITEMS:
        made = load_function(step.make)(site)
        tables.update(made.tables)
        found += made.diagnostics
    inputs = {name: table for name, table in tables.items() if name.startswith(INPUT)}
    return Assembled(arranged, summaries, {name: table for name, table in tables.items() if name not in inputs}, inputs, tuple(found))


def check_site(config: Config, site: Assembled, files: SiteFiles, planned: Collection[str]) -> tuple[Diagnostic, ...]:
    """Check the whole site."""
    tables = site.tables
    around = Surroundings(config, site.arranged, site.summaries, tables["paths"], tables["urls"], files.attachments, planned, {})
    found: list[Diagnostic] = []
    if config.links.broken != "ignore":
        check = LinkCheck(around)
        problems = (problem for key in sorted(site.summaries) for problem in check.problems(key, site.summaries[key].links))
        found = [*suggested(problems, around.known()), *suggested(check_settings(around), around.known())]
    if config.links.broken == "error":
        found = [msgspec.structs.replace(d, severity="error") for d in found]
    return tuple(found)
