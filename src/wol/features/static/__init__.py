"""Static files: copied, whatever their names; pictures without what they say of their makers."""

from __future__ import annotations

from wol.model.feature import Feature
from wol.model.step import Step

feature = Feature(
    name="static",
    description="A copy of each static file.",
    switchable=False,
    steps=(Step(name="files", make="wol.features.static.files:plan", needs=frozenset({"static_files"}), plans=True),),
    kinds={"static": "wol.features.static.files:render"},
)
