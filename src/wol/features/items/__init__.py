"""The page of every item that the build has: posts, notes, pages, tombstones, and the pages of folders."""

from __future__ import annotations

from wol.model.feature import Feature
from wol.model.step import Step

feature = Feature(
    name="items",
    description="A page for each item.",
    switchable=False,
    steps=(
        Step(
            name="pages",
            make="wol.features.items.pages:plan",
            columns=frozenset({"url", "kind", "template", "section"}),
            needs=frozenset({"state", "listed"}),
            plans=True,
        ),
    ),
    kinds={
        "item": "wol.features.items.pages:render",
        "section": "wol.features.items.pages:render_section",
        "gone": "wol.features.items.pages:render_gone",
    },
)
