"""Features declare what they read: nothing less, or they miss changes; nothing more, or they run for nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from harness.planned import item, make, settings
from wol.errors import WolError
from wol.features import registry
from wol.model.config import ContentConfig
from wol.model.feature import Feature

PLANNED = make(
    item("_index.md"),
    item("notes/_index.md"),
    item("guides/_index.md"),
    item("guides/a.md", aliases=("/old/",)),
    item("posts/a.md", date="2026-01-01", terms={"tags": ("x",)}),
    item("notes/n.md", date="2026-01-02"),
    config=settings(content=ContentConfig(permalinks={"year": "/y/:year/"}), redirects={"/a/": "/b/"}),
    static={"x.txt": "static/x.txt"},
    assets={"style.css": b""},
)


class Spy:
    """The site as one feature sees it; what it reads is noted, and what it did not declare is refused."""

    def __init__(self, feature: Feature) -> None:
        self.feature = feature
        self.config = PLANNED.config
        self.columns: set[str] = set()
        self.tables: set[str] = set()

    def column(self, name: str) -> Mapping[str, Any]:
        assert name in self.feature.columns, f"the column {name} is not declared"
        self.columns.add(name)
        return {key: getattr(summary, name) for key, summary in PLANNED.summaries.items()}

    def table(self, name: str) -> Mapping[str, Any]:
        assert name in self.feature.needs, f"the table {name} is not declared"
        self.tables.add(name)
        return PLANNED.tables[name]


@pytest.mark.parametrize("name", registry.BUILT_IN)
def test_declared_is_what_is_read(name: str) -> None:
    """Every declared column and table is read, no other is, and the tables that are promised are given."""
    feature = next(f for f in PLANNED.features if f.name == name)
    spy = Spy(feature)
    assert set(feature.tables(spy)) == set(feature.provides)
    list(feature.targets(spy))
    list(feature.check(spy))
    assert spy.columns == feature.columns
    assert spy.tables == set(feature.needs)


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
