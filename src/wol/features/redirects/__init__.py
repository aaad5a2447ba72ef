"""Redirects: a page at each alias of an item and at each path of `[redirects]` that leads to where the thing is now."""

from __future__ import annotations

from wol.model.feature import Feature
from wol.model.step import Step

feature = Feature(
    name="redirects",
    description="Pages at old addresses, which lead to where the thing is now and work on every host.",
    steps=(Step(name="pages", make="wol.features.redirects.pages:plan", columns=frozenset({"url", "aliases"}), plans=True),),
    kinds={"redirect": "wol.features.redirects.pages:render"},
)
