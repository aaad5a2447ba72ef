"""Series: posts that belong together, in the order of their parts, with a page for each series and one of all."""

from __future__ import annotations

from wol.codes.diagnostic_code import warnings
from wol.fixes import AddSetting, Hint
from wol.model.feature import Feature, Name
from wol.model.field import Field
from wol.model.step import Step

feature = Feature(
    name="series",
    description="Posts in parts: a page for each series, `/series/`, and links from part to part.",
    fields=(
        Field("series", "list", "The series that it is a part of.", maximum=1),
        Field("part", "number", "Which part of its series it is; parts without a number follow by date."),
    ),
    steps=(
        Step(
            name="parts",
            make="wol.features.series.collect:make",
            provides=("series", "series_list", "series_parts"),
            columns=frozenset({"series.series", "series.part", "date", "lines"}),
            needs=frozenset({"listed"}),
        ),
        Step(name="pages", make="wol.features.series.pages:plan", needs=frozenset({"series", "sections"}), plans=True),
    ),
    fine=frozenset({"series", "series_parts"}),
    kinds={"series-list": "wol.features.series.pages:render_all", "series": "wol.features.series.pages:render_one"},
    page={"series": Name("wol.features.series.views:of_page", "The series that it is a part of.")},
    site={
        "series": Name("wol.features.series.views:of_site", "All series, by name.", empty=()),
        "series_url": Name(
            "wol.features.series.views:url_of_list", "The URL path of the list of series, ready for HTML; nothing if there are none."
        ),
    },
    views={"A series": "wol.features.series.views:SeriesView"},
    slots={"after_title": ("series/part.html",), "after_content": ("series/near.html",)},
    codes=warnings(
        "series",
        {
            "series-part": ("Two parts of a series have the same number.", "give one of them another `part`"),
            "series-taxonomy": (
                "`site.toml` has a taxonomy `series`, which takes the place of the feature.",
                Hint("keep the taxonomy: write `series = false` in `[features]`", AddSetting("features", "series = false")),
            ),
        },
    ),
)
