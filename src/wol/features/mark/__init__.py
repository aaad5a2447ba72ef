"""The mark of an output that shows what is not published: whoever finds the folder, or would deploy it, can tell."""

from __future__ import annotations

from wol.model.feature import Feature
from wol.model.step import Step

feature = Feature(
    name="mark",
    description="A file with the name of the profile, in every output that is not the release.",
    switchable=False,
    steps=(Step(name="file", make="wol.features.mark.files:plan", needs=frozenset({"profile"}), plans=True),),
    kinds={"mark": "wol.features.mark.files:render"},
)
