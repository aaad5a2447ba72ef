"""Features declare what they read: nothing less, or they miss changes; nothing more, or they run for nothing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import msgspec
import pytest

from harness.items import item
from harness.planned import make
from harness.settings import settings
from wol.errors import WolError
from wol.features import registry
from wol.model.config import ContentConfig
from wol.model.feed import CHANNELS, Channel
from wol.model.functions import load_function
from wol.model.item import MapFact, PlainFact
from wol.model.step import Step

PLANNED = make(
    item("_index.md"),
    item("notes/_index.md"),
    item("guides/_index.md"),
    item("guides/a.md", aliases=("/old/",)),
    item("posts/a.md", date="2026-01-01", terms={"tags": ("x",)}, facts={"series.series": PlainFact(("s",)), "series.part": PlainFact(1)}),
    item("notes/n.md", date="2026-01-02", facts={"series.series": PlainFact(("s",)), "series.part": PlainFact(1)}),
    item("notes/read.md", facts={"reading_list.book": MapFact({"title": PlainFact("A book")})}),
    config=settings(content=ContentConfig(permalinks={"year": "/y/:year/"}), redirects={"/a/": "/b/"}),
    static={"x.txt": "static/x.txt"},
    assets={"style.css": b""},
)


class Spy:
    """The site as one step sees it; what it reads is noted, and what it did not declare is refused."""

    def __init__(self, step: Step) -> None:
        self.step = step
        self.config = PLANNED.config
        self.columns: set[str] = set()
        self.tables: set[str] = set()

    def column(self, name: str) -> Mapping[str, Any]:
        assert name in self.step.columns, f"the column {name} is not declared"
        self.columns.add(name)
        if name.startswith("marks."):
            return {}  # these items have none
        if "." in name:
            return {key: summary.fact(name) for key, summary in PLANNED.summaries.items() if summary.fact(name) is not None}
        return {key: getattr(summary, name) for key, summary in PLANNED.summaries.items()}

    def table(self, name: str) -> Mapping[str, Any]:
        assert name in self.step.needs, f"the table {name} is not declared"
        self.tables.add(name)
        if name == CHANNELS:
            tables = (PLANNED.tables[table] for feature in PLANNED.features for table in feature.channels)
            return {url: msgspec.convert(row, Channel) for table in tables for url, row in table.items()}
        if any(name in feature.inputs for feature in PLANNED.features):
            return {}
        return PLANNED.tables[name]


@pytest.mark.parametrize("name", registry.BUILT_IN)
def test_declared_is_what_is_read(name: str) -> None:
    """Every declared column and table is read, no other is, and the tables that are promised are given."""
    feature = next(f for f in PLANNED.features if f.name == name)
    for step in feature.steps:
        spy = Spy(step)
        made = load_function(step.make)(spy)
        assert set(made.tables) == set(step.provides)
        assert step.plans or not made.targets
        assert spy.columns == step.columns
        assert spy.tables == step.needs


def test_import_strings_lead_to_functions() -> None:
    """What a declaration names by an import string is there, and says what it does where templates call it."""
    for feature in registry.declared():
        named = (*(name for view in ("page", "site", "term", "context") for name in getattr(feature, view).values()),)
        references = [
            *(step.make for step in feature.steps),
            *feature.kinds.values(),
            *feature.views.values(),
            *feature.rules,
            *feature.output_rules,
            *(command.run for command in feature.commands.values()),
            *(name.make for name in named),
            *(hook for hook in (feature.sources, feature.assets, feature.entry) if hook is not None),
        ]
        for reference in references:
            assert isinstance(reference, str), f"{feature.name} is imported before it is used"
            assert callable(load_function(reference))
        assert all(name.description.endswith(".") for name in named)


def test_a_declaration_is_light() -> None:
    """The registry imports the declarations of features, and nothing of what they do; a feature that is off is never imported further."""
    code = (
        "import sys; from wol.features import registry; registry.declared();"
        "print(*sorted(name for name in sys.modules if name.startswith('wol.features.') and name.count('.') > 2))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == ""


def test_kinds_are_one_features() -> None:
    """No kind of target is rendered by two features, and every target has one that renders it."""
    kinds = [kind for feature in PLANNED.features for kind in feature.kinds]
    assert len(kinds) == len(set(kinds))
    assert {target.kind for target in PLANNED.targets.values()} <= set(kinds)


def test_every_target_can_be_rendered() -> None:
    """What is planned can be made from what is planned: no target needs what planning did not give."""
    for path in PLANNED.targets:
        try:
            assert PLANNED.render(path) is not None
        except WolError as error:  # no real error may hide behind a planned one
            raise AssertionError(path) from error


def test_unknown_feature_in_settings() -> None:
    """A switch that switches nothing is a slip of the pen."""
    with pytest.raises(WolError, match="sitemaps"):
        make(config=settings(features={"sitemaps": False}))
