"""Assets of the themes: copied to names that change with their bytes; in style sheets, references to other assets follow."""

from __future__ import annotations

from wol.model.feature import Feature
from wol.model.step import Step

feature = Feature(
    name="assets",
    description="The assets of the themes, under names that change with their bytes.",
    switchable=False,
    steps=(Step(name="files", make="wol.features.assets.files:plan", needs=frozenset({"assets", "asset_files"}), plans=True),),
    kinds={"asset": "wol.features.assets.files:copy", "style": "wol.features.assets.files:style"},
)
