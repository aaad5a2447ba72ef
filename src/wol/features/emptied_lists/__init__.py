"""Lists that were published and have nothing to list any more: a page at each that says so."""

from __future__ import annotations

from wol.model.feature import Feature
from wol.model.step import Step

feature = Feature(
    name="emptied_lists",
    description="A page that says *gone* at the URL of each published list that has nothing to list any more.",
    steps=(
        Step(
            name="pages",
            make="wol.features.emptied_lists.pages:plan",
            needs=frozenset({"published", "places", "profile", "taxonomies"}),
            plans=True,
        ),
    ),
    kinds={"emptied-list": "wol.features.emptied_lists.pages:render"},
)
