"""The checks that follow references and the ledger, each run again only if something that it reads is another than in the last build."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from wol.engine.state import State
from wol.engine.step_cache import Columns, StepCache
from wol.engine.steps import OwnedStep, run
from wol.errors import Diagnostic
from wol.model.site import Table
from wol.model.target import Name
from wol.site import link_check
from wol.site.check import SETTINGS_COLUMNS, check_settings
from wol.site.core_tables import CHECKS
from wol.site.link_check import LinkCheck, LinkProblem, Surroundings
from wol.site.published import HIDDEN, PLANNED
from wol.site.suggest_link import suggested

LINKED = (*link_check.TABLES, "input files", "input private", HIDDEN, PLANNED)
"""All that references may lead to."""

OWN_CHECKS = tuple(map(OwnedStep, CHECKS))


def check_all(memo: StepCache, state: State, around: Surroundings, columns: Columns, changed: Iterable[Name]) -> tuple[Diagnostic, ...]:
    """Return all findings about the site; `changed` are the columns of items that differ."""
    config = around.config
    diagnostics: list[Diagnostic] = []
    followed = _check_links(memo, state, around, changed)
    diagnostics += followed if config.links.broken != "ignore" else (finding for finding in followed if finding.severity == "error")
    if config.links.broken != "ignore":
        diagnostics += memo.step("settings", SETTINGS_COLUMNS, LINKED, lambda: suggested(check_settings(around), around.known()))
    if config.links.broken == "error":
        diagnostics = [msgspec.structs.replace(d, severity="error") for d in diagnostics]
    return (*diagnostics, *run(OWN_CHECKS, config, columns, memo, seen_by_checks(around)))


def seen_by_checks(around: Surroundings) -> dict[str, Callable[[], Table]]:
    """Return what only checks see: it is in no state, since its parts are there already."""
    arranged = around.arranged
    return {
        PLANNED: lambda: dict.fromkeys(around.planned, True),
        HIDDEN: lambda: {url: (key, arranged.hidden[key]) for url, key in arranged.hidden_urls.items()},
    }


def _check_links(memo: StepCache, state: State, around: Surroundings, changed: Iterable[Name]) -> tuple[Diagnostic, ...]:
    """Follow the links of all items if what they may lead to is another, else of those items whose links are."""
    everywhere = memo.outdated("problems", link_check.COLUMNS, LINKED)
    touched = {key for column, key in changed if column == "links"}
    if not everywhere and not touched:
        memo.kept.append("problems")
        return memo.found_before("links")
    before = {} if everywhere else state.section("problems", dict[str, list[LinkProblem]], {})
    problems = {key: wrong for key, wrong in before.items() if key not in touched}
    if everywhere:
        around = msgspec.structs.replace(around, paths=memo.tables["paths"].whole(), urls=memo.tables["urls"].whole())
    check = LinkCheck(around)
    for key in around.arranged.states if everywhere else touched & around.arranged.states.keys():
        wrong = check.problems(key, around.summaries[key].links)
        if wrong:
            problems[key] = wrong
    memo.values["problems"] = problems
    return memo.found("links", suggested((problem for key in sorted(problems) for problem in problems[key]), around.known()))
