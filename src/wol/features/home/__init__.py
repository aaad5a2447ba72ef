"""The home page: the newest posts, of a site without any the newest notes, with the text of the root's `_index.md`, and the older posts at `/page/N/`."""

from __future__ import annotations

from wol.model.feature import Feature
from wol.model.step import Step

feature = Feature(
    name="home",
    description="The home page, with the newest posts, and the older posts at `/page/N/`.",
    steps=(Step(name="pages", make="wol.features.home.pages:plan", needs=frozenset({"lists", "sections"}), plans=True),),
    kinds={"home": "wol.features.home.pages:render"},
)
