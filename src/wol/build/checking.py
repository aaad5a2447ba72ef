"""The checks of the site as a whole, each run again only if something that it reads is another than in the last build."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

import msgspec

from wol.build.features import Input, guarded
from wol.build.memo import HIDDEN, INPUT, PLANNED, Columns, Memo
from wol.build.state import State
from wol.build.timings import Timings
from wol.errors import Diagnostic
from wol.model.feature import Feature
from wol.model.target import Name
from wol.site import links
from wol.site.check import ID_COLUMNS, check_dates, check_ids, check_settings
from wol.site.links import LinkCheck, Problem, Surroundings, suggested


def check_all(
    memo: Memo, state: State, around: Surroundings, columns: Columns, features: Sequence[Feature], changed: Iterable[Name]
) -> tuple[Diagnostic, ...]:
    """Give all findings about the site; `changed` are the columns of items that differ."""
    config = around.config
    found: list[Diagnostic] = []
    if config.links.broken != "ignore":
        found += _check_links(memo, state, around, changed)
        found += memo.step("settings", (), ("paths", HIDDEN, PLANNED), lambda: dict.fromkeys(check_settings(around)))
    if config.links.broken == "error":
        found = [msgspec.structs.replace(d, severity="error") for d in found]
    feed_ids, lists = memo.tables["feed_ids"], memo.tables["lists"]
    found += memo.step(
        "ids", ID_COLUMNS, ("feed_ids",), lambda: check_ids(config, columns["id"], columns["guid"], columns["lines"], feed_ids.whole())
    )
    found += memo.step("dates", ("date",), ("lists",), lambda: check_dates(config, lists["posts"], columns["date"]))
    for feature in features:
        if type(feature).check is not Feature.check:
            seen = Input(feature, config, columns, memo.tables)
            found += memo.step(
                f"check {feature.name}",
                feature.columns,
                feature.needs,
                partial(guarded, feature, "`check`", partial(_run, feature, seen, memo.timings)),
            )
    return tuple(found)


def _run(feature: Feature, seen: Input, timings: Timings) -> list[Diagnostic]:
    with timings.feature(feature.name, "check"):
        return list(feature.check(seen))


def _check_links(memo: Memo, state: State, around: Surroundings, changed: Iterable[Name]) -> tuple[Diagnostic, ...]:
    """Follow the links of all items if what they may lead to is another, else of those items whose links are."""
    everywhere = memo.outdated("problems", links.COLUMNS, (*links.TABLES, f"{INPUT}files", HIDDEN, PLANNED))
    touched = {key for column, key in changed if column == "links"}
    if not everywhere and not touched:
        memo.kept.append("problems")
        return memo.found_before("links")
    before = {} if everywhere else state.section("problems", dict[str, list[Problem]], {})
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
