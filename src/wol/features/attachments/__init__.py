"""Attachments: files of the content folder that are published, because their bundle is or because a published item refers to them."""

from __future__ import annotations

from wol.model.feature import Feature
from wol.model.step import Step

feature = Feature(
    name="attachments",
    description="A copy of each published file of the content folder.",
    switchable=False,
    steps=(Step(name="files", make="wol.features.attachments.files:plan", needs=frozenset({"attachments"}), plans=True),),
    kinds={"copy": "wol.features.attachments.files:render"},
)
