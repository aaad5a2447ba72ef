"""The list of notes at `/notes/`: garden pages and short texts, newest first, undated ones last."""

from __future__ import annotations

from wol.model.feature import Feature, Name
from wol.model.step import Step

feature = Feature(
    name="notes",
    description="The list of notes at `/notes/`.",
    steps=(
        Step(
            name="channels",
            make="wol.features.notes.pages:make_channels",
            provides=("note_channels",),
            columns=frozenset({"title"}),
            needs=frozenset({"lists", "sections"}),
        ),
        Step(name="pages", make="wol.features.notes.pages:plan", needs=frozenset({"lists", "sections"}), plans=True),
    ),
    channels=("note_channels",),
    kinds={"notes": "wol.features.notes.pages:render"},
    site={
        "notes_url": Name(
            "wol.features.notes.pages:url_of_list", "The URL path of the list of notes, ready for HTML; nothing if the site has none."
        ),
    },
)
