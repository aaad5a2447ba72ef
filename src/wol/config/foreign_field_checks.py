"""`[content.fields]`: what keys of other generators mean on a site, checked against the fields that wol has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wol.config.data import table
from wol.config.problems import Problem, listed
from wol.errors import did_you_mean, suggestion
from wol.fixes import Hint, RemoveLine
from wol.model import field_table
from wol.model.field_table import FOREIGN, RESERVED, STATE_FIELDS, normal

FIELDS = frozenset(field.name for field in field_table.FIELDS if field.type != "terms")
"""The fields of the front matter that no key can take away, by their own names."""

STATES = frozenset(field.name for field in STATE_FIELDS)
"""States as other generators spell them: they can be called foreign."""

_RESERVED = frozenset(map(normal, RESERVED))

_WORDS = {
    **dict.fromkeys(("hidden", "hide"), "unlisted"),
    **dict.fromkeys(("ignore", "ignored", "none", "nothing", "extra"), FOREIGN),
    **dict.fromkeys(("skip", "secret"), "private"),
}
"""What other words for a state may be meant for."""


def meaning_problems(data: Mapping[str, Any]) -> Iterator[Problem]:
    """Find keys that have a meaning of their own, and keys given twice."""
    own = FIELDS | {"tags", "categories"} | table(data, "taxonomies").keys()
    owners = {normal(name): name for name in own}
    seen: dict[str, str] = {}
    for key in table(data, "content", "fields"):
        where = ("content", "fields", key)
        name = normal(key)
        if name in owners:
            message = f"`{key}` is a field of wol, so `[content.fields]` cannot give it another meaning"
            yield Problem(where, message, Hint("remove the line", RemoveLine()), at="key")
        elif name in _RESERVED:
            yield Problem(
                where, f"`{key}` is reserved for a later version of wol", Hint("remove the line", RemoveLine()), "name-reserved", "key"
            )
        elif seen.setdefault(name, key) != key:
            yield Problem(where, f"`{seen[name]}` and `{key}` are one key in front matter", "remove one of the two", at="key")


def unknown_meanings(meanings: Mapping[str, str], others: Iterable[str]) -> Iterator[Problem]:
    """Find meanings that are not a field: not of wol's own, and none of `others`, the taxonomies and the fields of features."""
    targets = {normal(name): name for name in (*others, *STATES, FOREIGN, *FIELDS)}
    for key, meaning in meanings.items():
        if normal(meaning) not in targets:
            guess = _WORDS.get(meaning.strip().lower())
            usual = f"write {listed(('unlisted', 'draft', 'private', 'status', 'published', FOREIGN))}, or another field"
            hint = suggestion(meaning, guess) if guess else did_you_mean(meaning.lower(), targets.values()) or usual
            where = ("content", "fields", key)
            yield Problem(where, f"`{key}` in `[content.fields]` is `{meaning}`, which is not a field", hint)
