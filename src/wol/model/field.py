"""Fields of the front matter, declared once: reading, messages, the JSON Schema, the reference and `[content.fields]` follow from it."""

from __future__ import annotations

import msgspec

FEATURE_TYPES = ("text", "number", "yes-no", "date", "list", "reference", "map")
"""The types of the fields that features declare."""


class Field(msgspec.Struct, frozen=True):
    """A front matter field: its name, the name of its type, and what it means.

    Types for features: `text`, `number` (whole numbers), `yes-no`, `date`, `list` (of texts), `reference` (a file or page of the site, or a URL)
    and `map`. wol's own fields have a few more (see `content.field_types.TYPES`). Names ignore case, `-` and `_`.
    """

    name: str
    type: str
    description: str
    also: tuple[str, ...] = ()
    """Other spellings, such as those of other generators. A value that does not fit stays in `page.extra`."""
    minimum: int | None = None
    """The smallest number allowed."""
    maximum: int | None = None
    """The largest number allowed, or the most texts in a `list`; with 1, a list field takes a single text, as such or as a list of one."""
    choices: tuple[str, ...] = ()
    """The values allowed, for `text` and `list`."""
    fields: tuple[Field, ...] = ()
    """What a `map` may hold."""
    shorthand: str = ""
    """The field of a `map` that a single value stands for: with `src`, `audio: a.mp3` means `audio: {src: a.mp3}`. The map must have it."""


class Declared(msgspec.Struct, frozen=True):
    """A field that a feature has declared."""

    feature: str
    field: Field

    @property
    def fact(self) -> str:
        """The name of its facts and of their column: `series.part`."""
        return f"{self.feature}.{self.field.name}"
