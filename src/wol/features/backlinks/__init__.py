"""Backlinks: on each page, which other pages link to it, each with the sentence that has the link."""

from __future__ import annotations

from wol.model.feature import Feature, Name
from wol.model.step import Step

feature = Feature(
    name="backlinks",
    description="Who links to a page, each with the sentence that has the link.",
    steps=(
        Step(
            name="links",
            make="wol.features.backlinks.collect:make",
            provides=("backlinks",),
            columns=frozenset({"url", "aliases", "marks.link"}),
            needs=frozenset({"listed", "paths", "urls"}),
        ),
    ),
    page={"backlinks": Name("wol.features.backlinks.views:of_page", "The pages that link to it, newest first.", empty=())},
    slots={"end": ("parts/backlinks.html",)},
    views={"A backlink": "wol.features.backlinks.views:BacklinkView"},
)
