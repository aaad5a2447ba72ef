"""The checks that follow references and the ledger, each run again only if something that it reads is another than in the last build."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from wol.engine.ledger import TABLE as PUBLISHED
from wol.engine.state import State
from wol.engine.step_cache import HIDDEN, PLANNED, Columns, StepCache
from wol.errors import Diagnostic
from wol.model.target import Name
from wol.site import link_check
from wol.site.check import SETTINGS_COLUMNS, check_settings
from wol.site.link_check import LinkCheck, LinkProblem, Surroundings, suggested
from wol.site.published import FEED_ID_COLUMNS, check_feed_ids, check_urls

LINKED = (*link_check.TABLES, "input files", "input private", HIDDEN, PLANNED)
"""All that references may lead to."""


def check_all(memo: StepCache, state: State, around: Surroundings, columns: Columns, changed: Iterable[Name]) -> tuple[Diagnostic, ...]:
    """Return all findings about the site; `changed` are the columns of items that differ."""
    config = around.config
    diagnostics: list[Diagnostic] = []
    followed = _check_links(memo, state, around, changed)
    diagnostics += followed if config.links.broken != "ignore" else (finding for finding in followed if finding.severity == "error")
    if config.links.broken != "ignore":
        diagnostics += memo.step("settings", SETTINGS_COLUMNS, LINKED, lambda: dict.fromkeys(check_settings(around)))
    if config.links.broken == "error":
        diagnostics = [msgspec.structs.replace(d, severity="error") for d in diagnostics]
    if memo.tables["profile"][""] == "release":
        diagnostics += _check_published(memo, around, columns)
    return tuple(diagnostics)


def _check_published(memo: StepCache, around: Surroundings, columns: Columns) -> tuple[Diagnostic, ...]:
    """Hold a release against the ledger; drafts may be wherever they like."""
    config, arranged = around.config, around.arranged
    held, feed_ids = memo.tables[PUBLISHED], memo.tables["feed_ids"]

    def ids() -> Iterable[Diagnostic]:
        urls, aliases, guids, lines = columns["url"], columns["aliases"], columns["guid"], columns["lines"]
        return check_feed_ids(config, urls, aliases, guids, lines, feed_ids.whole(), held.whole())

    def urls() -> Iterable[Diagnostic]:
        return check_urls(config, held.whole(), around.planned, arranged.hidden, arranged.hidden_urls, feed_ids.whole())

    return (
        *memo.step("published ids", FEED_ID_COLUMNS, (PUBLISHED, "feed_ids"), ids),
        *memo.step("published urls", (), (PUBLISHED, "feed_ids", PLANNED, HIDDEN), urls),
    )


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
