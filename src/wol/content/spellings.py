"""What keys of front matter stand for, and what of the settings decides that."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from wol.model.field import Declared, Field
from wol.model.field_table import FIELD_BY_NAME, FIELDS, STATE_FIELDS, TAXONOMY_ALSO, normal

Meanings = tuple[tuple[str, str], ...]
"""What `[content.fields]` says: keys without case, `-` and `_`, each with the name of a field or `foreign`."""

Taxonomies = tuple[tuple[str, str], ...]
"""Names of taxonomies, each with `comma` or `space`."""


class Spelling(NamedTuple):
    """What a key stands for; `own` says that it is the field's own name."""

    field: Field
    own: bool


@lru_cache(maxsize=64)
def spellings_of(taxonomies: Taxonomies, declared: tuple[Declared, ...]) -> Mapping[str, Spelling]:
    """Return what each key stands for, by its name without case, `-` and `_`: fields with their other spellings, and taxonomies."""
    found: dict[str, Spelling] = {}
    for one in declared:
        found.update({normal(also): Spelling(one.field, False) for also in one.field.also})
        found[normal(one.field.name)] = Spelling(one.field, True)
    for field in (*FIELDS, *STATE_FIELDS):
        if field.type != "terms":
            found.update({normal(name): Spelling(field, False) for name in field.also})
    for name, _ in taxonomies:
        field = FIELD_BY_NAME.get(name) or Field(name, "terms", "")
        if field.type == "terms":
            found.update({normal(also): Spelling(field, False) for also in TAXONOMY_ALSO.get(name, ())})
            found[normal(name)] = Spelling(field, True)
    found.update({normal(field.name): Spelling(field, True) for field in (*FIELDS, *STATE_FIELDS) if field.type != "terms"})
    found["taxonomies"] = Spelling(Field("taxonomies", "taxonomies", ""), False)
    return found


class Reading(NamedTuple):
    """What reading one file depends on of the settings; `misspelt` is `error` or `warning`."""

    zone: ZoneInfo
    taxonomies: Taxonomies
    meanings: Meanings
    misspelt: str
    declared: tuple[Declared, ...] = ()
    """The fields of features."""
    absent: frozenset[str] = frozenset()
    """The names of the fields of features that are off: foreign keys, and not misspelt."""
