"""`/sitemap.xml` (sitemaps.org 0.9): the published items and the lists."""

from __future__ import annotations

from wol.model.feature import Feature
from wol.model.step import Step

feature = Feature(
    name="sitemap",
    description="`/sitemap.xml`: the published items and the lists.",
    steps=(
        Step(
            name="entries",
            make="wol.features.sitemap.entries:make",
            provides=("sitemap",),
            columns=frozenset({"date", "updated", "canonical"}),
            needs=frozenset({"state", "listed", "places"}),
        ),
        Step(name="files", make="wol.features.sitemap.files:plan", needs=frozenset({"sitemap"}), plans=True),
    ),
    kinds={"sitemap": "wol.features.sitemap.files:render", "sitemap-index": "wol.features.sitemap.files:render_index"},
    output_rules=("wol.features.sitemap.rules:check_sitemap",),
)
