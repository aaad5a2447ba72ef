"""`[content.fields]`: what keys of other generators mean on a site, checked against the fields that wol has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wol.config.data import table
from wol.config.problems import Problem, listed
from wol.errors import did_you_mean

FOREIGN = "foreign"

_FIELDS = """
    title date updated id guid slug url aliases kind template authors description summary image image_alt lang draft publish expires
    unlisted private gone canonical link syndication toc feed licence extra
"""
FIELDS = frozenset(_FIELDS.split())
"""The fields of the front matter that no key can take away, by their own names."""

STATES = frozenset(("status", "published", "build", "headless"))
"""States as other generators spell them: they can be called foreign."""

RESERVED = frozenset(("circle", "from", "inreplyto"))

_WORDS = {
    **dict.fromkeys(("hidden", "hide"), "unlisted"),
    **dict.fromkeys(("ignore", "ignored", "none", "nothing", "extra"), FOREIGN),
    **dict.fromkeys(("skip", "secret"), "private"),
}
"""What other words for a state may be meant for."""


def meaning_problems(data: Mapping[str, Any]) -> Iterator[Problem]:
    """Find keys that have a meaning of their own, keys given twice, and meanings that wol does not know."""
    own = FIELDS | {"tags", "categories"} | table(data, "taxonomies").keys()
    owners = {_level(name): name for name in own}
    targets = {**owners, **{name: name for name in (*STATES, FOREIGN)}}
    seen: dict[str, str] = {}
    for key, meaning in table(data, "content", "fields").items():
        where = ("content", "fields", key)
        name = _level(key)
        if name in owners:
            message = f"`{key}` is a field of wol, so `[content.fields]` cannot give it another meaning"
            yield Problem(where, message, "remove the line", at="key")
        elif name in RESERVED:
            yield Problem(where, f"`{key}` is reserved for a later version of wol", "remove the line", "name-reserved", "key")
        elif seen.setdefault(name, key) != key:
            yield Problem(where, f"`{seen[name]}` and `{key}` are one key in front matter", "remove one of the two", at="key")
        if isinstance(meaning, str) and _level(meaning) not in targets:
            guess = _WORDS.get(meaning.strip().lower())
            usual = f"write {listed(('unlisted', 'draft', 'private', 'status', 'published', FOREIGN))}, or another field"
            hint = f"did you mean `{guess}`?" if guess else did_you_mean(meaning.lower(), targets.values()) or usual
            yield Problem(where, f"`{key}` in `[content.fields]` is `{meaning}`, which is not a field", hint)


def _level(name: str) -> str:
    return name.lower().replace("-", "").replace("_", "")
