"""The reference of the front matter, from the table by which it is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wol.cli.reference.entries import entry, heading
from wol.content.field_table import FIELDS, ONE_FILE_ONLY, RESERVED, SECRECY, STATE_FIELDS, Field
from wol.content.field_types import TYPES


def lines() -> Iterator[str]:
    """Describe every field."""
    yield (
        "No field is required. Names ignore case, `-` and `_`: `expiryDate` is `expiry_date`. Each taxonomy of "
        "[`[taxonomies]`](settings.md#taxonomies) is a field too. A key that is not on this page is kept as it is, in `page.extra`, but for one that is "
        "almost a field's name: it is an error, since it could be a slip. What dates may look like, and what states do, is in the guide "
        "on [writing](../writing.md#dates)."
    )
    yield heading("Fields")
    yield from _fields(FIELDS)
    yield heading("States, as other generators spell them", "other-states")
    yield from _fields(STATE_FIELDS)
    yield heading("Refused", "refused")
    yield f"{_names(RESERVED)} are reserved, and {_names(SECRECY)} promise a secrecy that a public file cannot keep. To ignore them could publish "
    yield "what was meant for few, so they are errors; `private: true` keeps a text out of every build."
    yield heading("In `_defaults.toml`", "defaults")
    yield "`_defaults.toml` holds fields for all files of its folder and below. A file's own front matter wins, then the nearest `_defaults.toml`, field by "
    only = [field.name for field in FIELDS if field.name in ONE_FILE_ONLY]
    yield f"field. What only one file can have is an error there: {_names(only)}."


def _fields(fields: Iterable[Field]) -> Iterator[str]:
    for field in fields:
        also = f"Also written {_names(field.also)}." if field.also else ""
        yield from entry(field.name, field.name, TYPES[field.type].says, field.description, also)


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
