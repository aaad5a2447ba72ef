"""One layer of fields: what a single front matter, or a single `_defaults.toml`, says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from wol.content import dates, field_types
from wol.content.field_readers import READERS
from wol.content.field_table import FIELD_BY_NAME, FIELDS, RESERVED, SECRECY, STATE_FIELDS, TAXONOMY_ALSO, Field, normal
from wol.content.field_types import TYPES, is_absent
from wol.content.misspelt import near_fields
from wol.content.raw import Raw, to_plain
from wol.errors import Diagnostic, diagnostic
from wol.model.item import Moment

_RESERVED = frozenset(normal(name) for name in RESERVED)
_SECRECY = frozenset(SECRECY)
_STATES = frozenset(field.name for field in STATE_FIELDS)

Taxonomies = tuple[tuple[str, str], ...]
"""Names of taxonomies, each with `comma` or `space`."""


class Given(NamedTuple):
    """A value, the key under which it was typed, and how."""

    value: Any
    key: str
    raw: Raw


class _Spelling(NamedTuple):
    """What a key stands for; `own` says that it is the field's own name."""

    field: Field
    own: bool


@lru_cache(maxsize=64)
def _spellings(taxonomies: Taxonomies) -> Mapping[str, _Spelling]:
    found: dict[str, _Spelling] = {}
    for field in (*FIELDS, *STATE_FIELDS):
        if field.type != "terms":
            found.update({normal(name): _Spelling(field, False) for name in field.also})
    for name, _ in taxonomies:
        field = FIELD_BY_NAME.get(name) or Field(name, "terms", "")
        if field.type == "terms":
            found.update({normal(also): _Spelling(field, False) for also in TAXONOMY_ALSO.get(name, ())})
            found[normal(name)] = _Spelling(field, True)
    found.update({normal(field.name): _Spelling(field, True) for field in (*FIELDS, *STATE_FIELDS) if field.type != "terms"})
    found["taxonomies"] = _Spelling(Field("taxonomies", "taxonomies", ""), False)
    return found


def read_layer(path: str, values: Mapping[str, Raw], zone: ZoneInfo, taxonomies: Taxonomies, misspelt: str) -> Layer:
    """Read the values of one file, whose path from the site's root is `path`; `misspelt` is `error` or `warning`."""
    layer = Layer(path, zone, taxonomies, misspelt)
    for key, raw in values.items():
        layer.read(key, raw)
    return layer


class Layer:
    """What was read so far: fields, foreign keys, and findings."""

    def __init__(self, path: str, zone: ZoneInfo, taxonomies: Taxonomies, misspelt: str) -> None:
        self.path = path
        self.zone = zone
        self.taxonomies = dict(taxonomies)
        self.misspelt = misspelt
        self.spellings = _spellings(taxonomies)
        self.given: dict[str, Given] = {}
        self.extra: dict[str, Given] = {}
        self.diagnostics: list[Diagnostic] = []

    def read(self, key: str, raw: Raw) -> None:
        """Read one key of the top level."""
        spelling = self.spellings.get(key) or self.spellings.get(normal(key))
        if spelling is None:
            self.foreign(key, raw)
        else:
            self.field(spelling.field, spelling.own, key, raw)

    def field(self, field: Field, own: bool, key: str, raw: Raw) -> None:
        kind = TYPES[field.type]
        if is_absent(raw, keep_tilde=kind.keep_tilde):
            return
        special = READERS.get(field.type)
        if special is not None:
            special(self, field, own, key, raw)
            return
        value = kind.read(raw) if kind.read else None
        if value is None:
            self.unfit(field, own, key, raw)
        else:
            self.put(field.name, value, key, raw)

    def put(self, name: str, value: object, key: str, raw: Raw) -> None:
        """Take a value for a field; a second one that differs is E `front-matter-conflict`."""
        earlier = self.given.setdefault(name, Given(value, key, raw))
        if earlier.raw is not raw and _differ(earlier.value, value):
            self.conflict(name, earlier, key, raw)

    def put_extra(self, name: str, value: object, key: str, raw: Raw) -> None:
        earlier = self.extra.setdefault(name, Given(value, key, raw))
        if earlier.raw is not raw and earlier.value != value:
            self.conflict(f"extra.{name}", earlier, key, raw)

    def tell(self, code: str, message: str, raw: Raw, *, at_key: bool = False, hint: str = "") -> None:
        line, column = (raw.key_line, raw.key_column) if at_key and raw.key_line else (raw.line, raw.column)
        self.diagnostics.append(diagnostic(code, message, self.path, line, column, hint=hint))

    def conflict(self, name: str, earlier: Given, key: str, raw: Raw) -> None:
        lines = [one.key_line or one.line for one in (earlier.raw, raw)]
        message = f"`{earlier.key}` on line {lines[0]} and `{key}` on line {lines[1]} give the field `{name}` two values"
        self.tell("front-matter-conflict", message, raw, at_key=True)

    def unfit(self, field: Field, own: bool, key: str, raw: Raw) -> None:
        """A value that does not fit: an error for the field's own name and for states, a foreign key for other spellings."""
        if not own and field.name not in _STATES:
            self.put_extra(key, to_plain(raw), key, raw)
            return
        if field.type == "id" and field_types.scalar(raw) is not None:
            self.tell("id-invalid", f"{field_types.shown(raw)} is not an id", raw)
            return
        place = _offender(raw)
        self.tell("front-matter-type", f"`{key}` must be {TYPES[field.type].says}, not {field_types.shown(raw)}", place)

    def foreign(self, key: str, raw: Raw) -> None:
        """A key that is no field: refused if it is reserved or promises secrecy, told if it is almost a field, and kept."""
        name = normal(key)
        if name in _RESERVED and not is_absent(raw):
            self.tell("name-reserved", f"`{key}` is reserved for a later version of wol", raw, at_key=True)
        elif name in _SECRECY and _promises_secrecy(name, raw):
            self.tell("secrecy-unsupported", f"`{key}` promises secrecy, which a public file cannot keep", raw, at_key=True)
        else:
            self.check_spelling(key, raw)
        self.put_extra(key, to_plain(raw), key, raw)

    def check_spelling(self, key: str, raw: Raw) -> None:
        for name in near_fields(key, tuple(self.taxonomies)):
            spelling = self.spellings[normal(name)]
            if not is_absent(raw) and self.fits(spelling.field, raw):
                found = diagnostic(
                    "front-matter-misspelt",
                    f"`{key}` is almost `{name}`",
                    self.path,
                    raw.key_line or raw.line,
                    raw.key_column or raw.column,
                    hint=f'did you mean `{name}`? If not, move it to `extra`, or set `[content] misspelt = "warning"` while moving a blog',
                )
                self.diagnostics.append(msgspec.structs.replace(found, severity="warning") if self.misspelt == "warning" else found)
                return

    def fits(self, field: Field, raw: Raw) -> bool:
        """Tell whether a value could be meant for a field."""
        trial = Layer(self.path, self.zone, tuple(self.taxonomies.items()), self.misspelt)
        trial.field(field, True, field.name, raw)
        return bool(trial.given or (field.type == "map" and trial.extra))

    def date(self, key: str, raw: Raw) -> Moment | None:
        """Read a date; raises ValueError with a sentence. None: the value is not even a text."""
        value = raw.value
        if isinstance(value, str):
            found = dates.parse(value, self.zone)
        elif isinstance(value, date):
            found = dates.of_native(value, self.zone)
        else:
            return None
        if found.gap:
            moved = found.moment.local[:16].replace("T", " ")
            self.tell("date-in-gap", f"The time of `{key}` was skipped by the clocks of `{self.zone.key}`; it is read as `{moved}`", raw)
        return found.moment


def _promises_secrecy(name: str, raw: Raw) -> bool:
    if is_absent(raw):
        return False
    if name == "visibility":
        return (field_types.text(raw) or "").lower() != "public"
    return name == "password" or field_types.switch(raw) is not False


def _differ(one: object, other: object) -> bool:
    if isinstance(one, Moment) and isinstance(other, Moment):
        return one.instant != other.instant or one.local[:10] != other.local[:10]
    return one != other


def _offender(raw: Raw) -> Raw:
    """Give the element of a list that is no single text, else the value itself."""
    if isinstance(raw.value, list):
        return next((one for one in raw.value if isinstance(one.value, (list, dict))), raw)
    return raw
