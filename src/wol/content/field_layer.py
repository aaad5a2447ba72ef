"""One layer of fields: what a single front matter, or a single `_defaults.toml`, says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

import msgspec

from wol import local_paths
from wol.content import dates, value_readers
from wol.content.field_readers import READERS
from wol.content.field_types import TYPES, described, is_allowed, suggested
from wol.content.foreign_states import hiding, meant, set_below
from wol.content.misspelt import is_almost, near_fields, near_visibility, stray_character
from wol.content.raw import Form, Raw, to_plain
from wol.content.spellings import Reading, spellings_of
from wol.content.value_readers import is_absent
from wol.content.visibility import hidden_by
from wol.errors import Diagnostic, diagnostic
from wol.fixes import Hint, Replace, SetLine
from wol.model.field import Field
from wol.model.field_table import (
    FOREIGN,
    MUST_SAY,
    RESERVED,
    SECRECY,
    STATE_FIELDS,
    normal,
)
from wol.model.item import Moment
from wol.model.slugs import slug

_RESERVED = frozenset(normal(name) for name in RESERVED)
_SECRECY = frozenset(SECRECY)
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_FILL = {
    **dict.fromkeys(MUST_SAY, "write `true` or `false` after it"),
    "gone": "write `true` or the reason, in quotes, after it",
    "publish": "write a date, `true` or `false` after it",
    "published": "write a date, `true` or `false` after it",
    "status": 'write a word such as `"draft"` or `"published"` after it',
    "build": "write what it is to say, such as `{list: never}`, after it",
}
"""How to fill a field of states that is empty."""

_STATES = frozenset(field.name for field in STATE_FIELDS)


class Given(NamedTuple):
    """A value, the key under which it was typed, and how."""

    value: Any
    key: str
    raw: Raw


def read_layer(path: str, form: Form, values: Mapping[str, Raw], reading: Reading) -> Layer:
    """Read the values of one file, whose path from the site's root is `path`."""
    layer = Layer(path, form, reading)
    for key, raw in values.items():
        layer.read(key, raw)
    return layer


class Layer:
    """What was read so far: fields, foreign keys, and findings.

    `suspects` are findings about foreign keys that hide a text elsewhere, each with the state they stand for: they count only where the item
    is not hidden as much by a field of wol.
    """

    def __init__(self, path: str, form: Form, reading: Reading) -> None:
        self.path = path
        self.form = form
        self.reading = reading
        self.taxonomies = dict(reading.taxonomies)
        self.meanings = dict(reading.meanings)
        self.spellings = spellings_of(reading.taxonomies, reading.declared)
        self.given: dict[str, Given] = {}
        self.extra: dict[str, Given] = {}
        self.diagnostics: list[Diagnostic] = []
        self.suspects: list[tuple[str, Diagnostic]] = []
        self.scheduled = False

    def read(self, key: str, raw: Raw) -> None:
        """Read one key of the top level."""
        spelling = self.spellings.get(key) or self.spellings.get(normal(key))
        meaning = self.meanings.get(normal(key)) if self.meanings else None
        if meaning == FOREIGN:
            self.ignore(key, raw)
        elif meaning is not None and meant(self, meaning, key, raw):
            return
        elif spelling is None:
            self.foreign(key, raw)
        elif not (spelling.own or spelling.field.name in _STATES) and (hidden := hiding(self, key, raw)) is not None:
            self.suspects.append(hidden)
            self.put_extra(key, to_plain(raw), key, raw)
        else:
            self.field(spelling.field, spelling.own, key, raw)

    def ignore(self, key: str, raw: Raw) -> None:
        """Take a key for foreign, since `[content.fields]` says so; warn if it is a state of wol that would have held the text back."""
        typed = value_readers.typed(raw)
        state = hidden_by(key, typed) if normal(key) in _STATES and typed is not None else ""
        if state:
            message = f"`{self.typed(key, typed or '')}` does not hold the text back, since `[content.fields]` calls `{key}` foreign"
            cause = f"{normal(key)}={typed.lower() if typed else ''}"
            self.tell(
                "state-ignored",
                message,
                raw,
                at_key=True,
                hint=Hint(f"if it is to be held back, write `{self.line(state)}`", SetLine(self.line(state))),
                cause=cause,
            )
        self.put_extra(key, to_plain(raw), key, raw)

    def field(self, field: Field, own: bool, key: str, raw: Raw) -> None:
        kind = TYPES[field.type]
        if is_absent(raw, keep_tilde=kind.keep_tilde):
            if field.name in MUST_SAY and (own or field.name in _STATES):
                self.tell("front-matter-type", f"`{key}` has no value", raw, at_key=True, hint=f"{_FILL[field.name]}, or remove it")
            return
        special = READERS.get(field.type)
        if special is not None:
            special(self, field, own, key, raw)
            return
        if field.type == "list" and field.maximum != 1 and self.form == "lines":
            raw = _cut(raw)
        value = kind.read(raw) if kind.read else None
        if value is None or not is_allowed(field, value):
            self.unfit(field, own, key, raw)
        else:
            self.put(field.name, value, key, raw)

    def inside(self, parts: Iterable[tuple[Field, str, Raw]]) -> Layer:
        """Read the fields of a map, each with the key as it is named in messages."""
        inner = Layer(self.path, self.form, self.reading)
        for field, key, raw in parts:
            inner.field(field, True, key, raw)
        return inner

    def put(self, name: str, value: object, key: str, raw: Raw) -> None:
        """Take a value for a field; a second one that differs is E `front-matter-conflict`."""
        earlier = self.given.setdefault(name, Given(value, key, raw))
        if earlier.raw is not raw and _differ(earlier.value, value):
            self.conflict(name, earlier, key, raw)

    def put_extra(self, name: str, value: object, key: str, raw: Raw) -> None:
        earlier = self.extra.setdefault(name, Given(value, key, raw))
        if earlier.raw is not raw and earlier.value != value:
            self.conflict(f"extra.{name}", earlier, key, raw)

    def tell(self, code: str, message: str, raw: Raw, *, at_key: bool = False, hint: str = "", cause: str = "") -> None:
        self.diagnostics.append(self.finding(code, message, raw, at_key=at_key, hint=hint, cause=cause))

    def finding(self, code: str, message: str, raw: Raw, *, at_key: bool = False, hint: str = "", cause: str = "") -> Diagnostic:
        line, column = (raw.key_line, raw.key_column) if at_key and raw.key_line else (raw.line, raw.column)
        return diagnostic(code, message, self.path, line, column, hint=hint, cause=cause)

    def conflict(self, name: str, earlier: Given, key: str, raw: Raw) -> None:
        lines = [one.key_line or one.line for one in (earlier.raw, raw)]
        message = f"`{earlier.key}` on line {lines[0]} and `{key}` on line {lines[1]} give the field `{name}` two values"
        self.tell("front-matter-conflict", message, raw, at_key=True)

    def unfit(self, field: Field, own: bool, key: str, raw: Raw) -> None:
        """A value that does not fit: an error for the field's own name and for states, a foreign key for other spellings."""
        if field.type in ("image", "link", "url", "urls", "reference", "map") and (local := _local(raw)) is not None:
            typed = str(local.value)
            self.tell(local_paths.CODE, local_paths.message(f"The `{key}`", typed), local, hint=local_paths.hint(typed, in_text=False))
            return
        if not own and field.name not in _STATES:
            self.put_extra(key, to_plain(raw), key, raw)
            return
        if field.type == "id" and value_readers.scalar(raw) is not None:
            typed = str(raw.value)
            right = re.sub("[^a-z0-9_]+", "-", slug(typed)).strip("-")[:64]
            hint = Hint(f"write `{right}`, or another word of small letters, digits, `-` and `_`", Replace(typed, right)) if right else ""
            self.tell("id-invalid", f"{value_readers.shown(raw)} is not an id", raw, hint=hint)
            return
        place = _offender(field, raw)
        what = value_readers.shown(place)
        if place is not raw and not field.choices:
            what = f"a list with {what} in it"
        self.tell("front-matter-type", f"`{key}` must be {described(field)}, not {what}", place, hint=suggested(field, place))

    def foreign(self, key: str, raw: Raw) -> None:
        """A key that is no field: refused if it is reserved or promises secrecy, told if it is almost a field, and kept."""
        name = normal(key)
        if name in _RESERVED and not is_absent(raw):
            self.tell("name-reserved", f"`{key}` is reserved for a later version of wol", raw, at_key=True)
        elif name in _SECRECY and _promises_secrecy(name, raw):
            message = f"`{key}` promises secrecy, which a public file cannot keep"
            hint = Hint("write `private: true` to keep the text out of every build", SetLine(self.line("private")))
            self.tell("secrecy-unsupported", message, raw, at_key=True, hint=hint, cause=name)
        elif (hidden := hiding(self, key, raw)) is not None:
            self.suspects.append(hidden)
        elif (below := set_below(self, key, raw)) is not None:
            self.diagnostics.append(below)
        else:
            self.check_spelling(key, raw)
        self.put_extra(key, to_plain(raw), key, raw)

    def check_spelling(self, key: str, raw: Raw) -> None:
        """Tell a key that is almost a field whose type the value fits, or almost a foreign key of visibility whose value hides."""
        if normal(key) in self.reading.absent:
            return
        for name in near_fields(key, (*self.taxonomies, *(one.field.name for one in self.reading.declared))):
            spelling = self.spellings[normal(name)]
            if not is_absent(raw) and self.fits(spelling.field, raw):
                self.misspelt(key, name, f"did you mean `{name}`?", raw)
                return
        near = near_visibility(key, value_readers.typed(raw), self.meanings)
        if near is not None:
            self.misspelt(key, near[0], f"was `{self.line(near[1])}` meant?", raw)

    def check_parts(self, field: Field, key: str, parts: Mapping[str, Raw]) -> None:
        """Tell the keys of a map that are almost one of its fields."""
        for part, raw in parts.items():
            name = next((one.name for one in field.fields if is_almost(part, one.name)), "")
            if name and not is_absent(raw):
                self.misspelt(f"{key}.{part}", f"{key}.{name}", f"did you mean `{name}`?", raw)

    def misspelt(self, key: str, name: str, way_out: str, raw: Raw) -> None:
        """Report a key that is almost a name; one that differs only by a character that nobody sees or means is always an error."""
        stray = stray_character(key, name)
        if stray:
            message = f"`{name}` is not read, because its key holds the character U+{ord(stray):04X}"
            hint = Hint(f"type the key again: `{name}`", Replace(key, name))
            self.diagnostics.append(self.finding("front-matter-misspelt", message, raw, at_key=True, hint=hint))
            return
        words = f'{way_out} If not, move it to `extra`, or set `[content] misspelt = "warning"` while moving a blog'
        hint = Hint(words, Replace(key.rpartition(".")[2], name.rpartition(".")[2]))
        found = self.finding("front-matter-misspelt", f"`{key}` is almost `{name}`", raw, at_key=True, hint=hint)
        self.diagnostics.append(msgspec.structs.replace(found, severity="warning") if self.reading.misspelt == "warning" else found)

    def typed(self, key: str, value: str) -> str:
        """Give a key with its value, as they are typed in this file."""
        return {"toml": f"{key} = {value}", "json": f'"{key}": {value}'}.get(self.form, f"{key}: {value}")

    def line(self, state: str) -> str:
        """Give the line that sets a state."""
        return self.typed(state, "true")

    def for_all(self, key: str, meaning: str) -> str:
        """Give the line of `site.toml` that says what a key means on the whole site."""
        return f'{key if _BARE.fullmatch(key) else json.dumps(key)} = "{meaning}"'

    def fits(self, field: Field, raw: Raw) -> bool:
        """Tell whether a value could be meant for a field."""
        trial = Layer(self.path, self.form, self.reading)
        trial.field(field, True, field.name, raw)
        return bool(trial.given or (field.type == "extra" and trial.extra))

    def date(self, key: str, raw: Raw) -> Moment | None:
        """Read a date; raises ValueError with a sentence. None: the value is not even a text."""
        value = raw.value
        if isinstance(value, str):
            found = dates.parse(value, self.reading.zone)
        elif isinstance(value, date):
            found = dates.of_native(value, self.reading.zone)
        else:
            return None
        if found.gap:
            moved = found.moment.local[:16].replace("T", " ")
            self.tell(
                "date-in-gap", f"The time of `{key}` was skipped by the clocks of `{self.reading.zone.key}`; it is read as `{moved}`", raw
            )
        return found.moment


def _local(raw: Raw) -> Raw | None:
    """Return the first value that is an address on the writer's computer."""
    inside: Iterable[Raw] = raw.value.values() if isinstance(raw.value, dict) else raw.value if isinstance(raw.value, list) else ()
    for one in (raw, *inside):
        if isinstance(one.value, str) and local_paths.is_local(one.value):
            return one
    return None


def _promises_secrecy(name: str, raw: Raw) -> bool:
    if is_absent(raw):
        return False
    if name == "visibility":
        return (value_readers.text(raw) or "").lower() != "public"
    return name == "password" or value_readers.switch(raw) is not False


def _differ(one: object, other: object) -> bool:
    if isinstance(one, Moment) and isinstance(other, Moment):
        return one.instant != other.instant or one.local[:10] != other.local[:10]
    return one != other


def _offender(field: Field, raw: Raw) -> Raw:
    """Give the element of a list that is no single text or not a choice of the field, else the value itself."""
    if isinstance(raw.value, list):
        wrong = (
            one
            for one in raw.value
            if isinstance(one.value, (list, dict)) or (field.choices and value_readers.text(one) not in field.choices)
        )
        return next(wrong, raw)
    return raw


def _cut(raw: Raw) -> Raw:
    """Cut a list of `Key: value` lines at its commas."""
    parts = str(raw.value).split(",")
    return msgspec.structs.replace(raw, value=[Raw(part.strip(), raw.line, raw.column, raw.plain) for part in parts if part.strip()])
