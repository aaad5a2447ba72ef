"""The reference of the front matter, from the table by which it is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wol.content.field_types import described
from wol.content.visibility import TABLE
from wol.features.registry import declared
from wol.model.field import Field
from wol.model.field_table import FIELDS, ONE_FILE_ONLY, RESERVED, SECRECY, STATE_FIELDS
from wol.reference.definitions import entry, heading

_SENSES = {
    "yes": "Those that hide with `yes`",
    "no": "Those that hide with `no`",
    "words": "Those that hide with a word such as `draft` or `private`",
}


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
    for feature in declared():
        if feature.fields:
            yield heading(f"Fields of the feature `{feature.name}`", f"of-{feature.name}")
            yield f"`{feature.name} = false` under [`[features]`](settings.md#features) switches it off; then these are kept in `page.extra`."
            yield from _fields(feature.fields)
    yield heading("States, as other generators spell them", "other-states")
    yield from _fields(STATE_FIELDS)
    yield "None of these may be left empty, nor may `draft`, `private`, `unlisted`, `gone` and `publish`: nobody could tell what was meant. A `status` with another word "
    yield 'is an error too, until [`[content.fields]`](settings.md#content.fields) says `status = "foreign"`.'
    yield heading("Keys that hide a text elsewhere", "hidden-elsewhere")
    yield "Other generators have keys of their own that keep a text from readers. wol does not guess which of its states they mean: where the value would hide the "
    yield 'text, it stops, with the line to write. [`[content.fields]`](settings.md#content.fields) settles a key for the whole site: `hidden = "unlisted"`, or '
    yield '`"foreign"` if it means nothing. Other values, and keys about menus, robots, search or parts of a page, are kept as they are.'
    yield ""
    for (sense, state), names in TABLE.items():
        yield f"* {_SENSES[sense]}{f', for which wol has `{state}: true`' if state else ''}: {_names(names)}."
    yield ""
    yield "Hugo's `cascade`, if it would hide what lies below, is an error too: wol reads `_defaults.toml` instead."
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
        parts = (f"`{part.name}`: {described(part)}. {part.description}" for part in field.fields)
        yield from entry(field.name, field.name, described(field), field.description, also, *parts)


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
