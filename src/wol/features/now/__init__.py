"""Now: a page says to which day its facts are right, and after 90 days that they may be old."""

from __future__ import annotations

from wol.codes.diagnostic_code import warnings
from wol.model.feature import Feature, Name
from wol.model.field import Field
from wol.model.step import Step

feature = Feature(
    name="now",
    description="Pages that say to which day they are right, and after 90 days that they may be out of date.",
    fields=(
        Field("as_of", "date", "The day on which what the page says was right. After 90 days the page says that it may be out of date."),
    ),
    steps=(Step(name="due", make="wol.features.now.age:make", columns=frozenset({"now.as_of"}), moments="now.due"),),
    page={
        "as_of": Name(
            "wol.features.now.views:as_of", "The day on which what it says was right; nothing without `as_of` in its front matter."
        ),
        "may_be_old": Name("wol.features.now.views:may_be_old", "Whether that was more than 90 days ago.", empty=False),
    },
    rules=("wol.features.now.rules:as_of",),
    codes=warnings(
        "check",
        {
            "check-as-of": (
                "A page says that it is right as of a day more than 90 days ago.",
                "if it is still right, write today's date in `as_of`; if nobody needs it to be current, remove `as_of`",
            )
        },
    ),
    slots={"after_title": ("parts/now.html",)},
)
