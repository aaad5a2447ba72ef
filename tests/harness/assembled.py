"""A site graph in one call, as the engine makes it step by step: arrange, core tables, checks."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from wol.errors import Diagnostic
from wol.model.config import Config
from wol.model.item import Summary
from wol.model.site import State, Table, Visibility
from wol.site.arrange import Arranged, arrange, effective
from wol.site.assemble import BUILDERS, SiteFiles, arranged_inputs, arranged_tables, file_inputs
from wol.site.check import check_dates, check_ids, check_settings
from wol.site.links import LinkCheck, Surroundings, suggested


@dataclass(frozen=True)
class Assembled:
    """The items of a build in order, the core tables, and what was found."""

    arranged: Arranged
    summaries: Mapping[str, Summary]
    tables: Mapping[str, Table]
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
class Input:
    """What builders read."""

    config: Config
    summaries: Mapping[str, Summary]
    tables: Mapping[str, Table]

    def column(self, name: str) -> Mapping[str, Any]:
        return {key: getattr(summary, name) for key, summary in self.summaries.items()}

    def table(self, name: str) -> Table:
        return self.tables[name]


def assemble(
    config: Config, items: Iterable[Summary], visibility: Visibility, now: int, files: SiteFiles, published: Table | None = None
) -> Assembled:
    """Make the site graph of all items; `published` is what the ledger holds."""
    given = {item.key: item for item in items}
    arranged = arrange(given.values(), visibility, now)
    summaries = {key: effective(given[key], state) for key, state in arranged.states.items()}
    core = arranged_tables(arranged)
    site = Input(
        config, summaries, ChainMap(core, {**arranged_inputs(arranged, visibility), **file_inputs(files), "published": published or {}})
    )
    found: list[Diagnostic] = []
    for builder in BUILDERS:
        built = builder.build(site)
        core.update(built.tables)
        found += built.diagnostics
    return Assembled(arranged, summaries, core, tuple(found))


def check_site(config: Config, site: Assembled, files: SiteFiles, planned: Container[str]) -> tuple[Diagnostic, ...]:
    """Check the whole site."""
    tables = site.tables
    around = Surroundings(config, site.arranged, site.summaries, tables["paths"], tables["urls"], files.attachments, planned)
    found: list[Diagnostic] = []
    if config.links.broken != "ignore":
        check = LinkCheck(around)
        problems = (problem for key in sorted(site.summaries) for problem in check.problems(key, site.summaries[key].links))
        found = [*suggested(problems, around.known()), *dict.fromkeys(check_settings(around))]
    if config.links.broken == "error":
        found = [msgspec.structs.replace(d, severity="error") for d in found]
    ids, guids, lines, urls, dates = (
        {key: getattr(s, c) for key, s in site.summaries.items()} for c in ("id", "guid", "lines", "url", "date")
    )
    return (*found, *check_ids(config, ids, guids, lines, urls, tables["feed_ids"]), *check_dates(config, tables["lists"]["posts"], dates))
