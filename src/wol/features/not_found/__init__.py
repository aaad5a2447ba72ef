"""`/404.html`: what a host shows where nothing is. It gives way to a `404.html` in `static/`."""

from __future__ import annotations

from wol.model.feature import Feature
from wol.model.step import Step

feature = Feature(
    name="not_found",
    description="`/404.html`, which most hosts show where nothing is.",
    steps=(Step(name="page", make="wol.features.not_found.pages:plan", plans=True),),
    kinds={"404": "wol.features.not_found.pages:render"},
)
