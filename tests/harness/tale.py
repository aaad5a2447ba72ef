"""A plugin that declares a front matter field of each type, and shows none of them itself."""

from __future__ import annotations

from wol.api import Config, Feature, Field, hook

PLUGIN = "harness.tale"

FIELDS: tuple[Field, ...] = (
    Field("turn", "number", "Its place in the tale.", also=("chapter",), minimum=1, maximum=99),
    Field("depth", "number", "How deep it goes, in metres.", maximum=0),
    Field("told", "text", "Where it was told."),
    Field("voice", "text", "How it is told.", choices=("low", "high", "in between")),
    Field("finished", "yes-no", "Whether it has an end."),
    Field("heard", "date", "When it was first heard.", also=("first_heard",)),
    Field("players", "list", "Who is in it."),
    Field("tones", "list", "What it sounds like.", choices=("bright", "dark")),
    Field("proof", "reference", "What it is taken from.", also=("evidence",)),
    Field(
        "track",
        "map",
        "A recording of it.",
        also=("recording",),
        fields=(
            Field("src", "reference", "The recording."),
            Field("length", "number", "Its bytes.", minimum=0),
            Field("type", "text", "Its media type."),
            Field("explicit", "yes-no", "Whether it has strong language.", also=("strong",)),
            Field("recorded", "date", "When it was recorded."),
            Field("speakers", "list", "Who speaks."),
        ),
        shorthand="src",
    ),
    Field("place", "map", "Where it happens.", fields=(Field("town", "text", "The town."), Field("year", "number", "The year."))),
)

COLUMNS = tuple(f"tale.{field.name}" for field in FIELDS)


TALE = Feature(name="tale", fields=FIELDS)
"""Fields alone."""


@hook
def wol_features(config: Config) -> list[Feature]:
    """Give the feature."""
    return [TALE]
