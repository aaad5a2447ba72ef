"""Archives: all posts on one page, and a page for each year and month."""

from __future__ import annotations

from wol.model.feature import Feature, Name
from wol.model.step import Step

feature = Feature(
    name="archives",
    description="All posts on one page, and a page for each year and month.",
    steps=(
        Step(
            name="years",
            make="wol.features.archives.years:make",
            provides=("years",),
            columns=frozenset({"date"}),
            needs=frozenset({"lists"}),
        ),
        Step(
            name="pages",
            make="wol.features.archives.pages:plan",
            columns=frozenset({"date"}),
            needs=frozenset({"lists", "sections", "years"}),
            plans=True,
        ),
    ),
    kinds={
        "archive": "wol.features.archives.pages:render_archive",
        "year": "wol.features.archives.pages:render_year",
        "month": "wol.features.archives.pages:render_month",
    },
    site={
        "years": Name("wol.features.archives.years:of_site", "The years that have posts, newest first.", empty=()),
        "archive": Name(
            "wol.features.archives.years:url_of_archive",
            "The URL path of the list of all posts, ready for HTML; nothing if the site has none.",
        ),
    },
    views={"A year or a month": "wol.features.archives.years:YearView"},
)
