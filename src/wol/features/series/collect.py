"""Which series there are, and the order of their parts: by number, then by date, then by path."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import normalize

import msgspec

from wol import paths
from wol.errors import Diagnostic, diagnostic, listed
from wol.model.slugs import slug, slug_problem, term_key
from wol.model.step import Made, SiteInput

NAMED = 3
"""How many files a diagnostic names before it only counts the rest."""


class _Series(msgspec.Struct):
    """The listed items of one series, by how each spells its name."""

    spellings: dict[str, list[str]] = msgspec.field(default_factory=dict)
    slug: str = ""

    @property
    def name(self) -> str:
        """The spelling that most items have."""
        return min(self.spellings, key=lambda name: (-len(self.spellings[name]), name))

    @property
    def items(self) -> list[str]:
        return [key for keys in self.spellings.values() for key in keys]


def make(site: SiteInput) -> Made:
    """`series, series_list, series_parts`: what listed items say of the series that they belong to.

    `series`: slug to `name`, `url`, `items` (keys, in the order of the parts) and `count`. `series_list`: the slugs by name, by the key "".
    `series_parts`: key to `series` (slug), `part` (its place, from 1), `previous` and `next` (keys, empty at the ends).
    """
    if any(term_key(name) == "series" for name in site.config.taxonomies):
        message = "The taxonomy `series` in `site.toml` takes the place of the feature `series`"
        return Made(
            {"series": {}, "series_list": {}, "series_parts": {}}, diagnostics=(diagnostic("series-taxonomy", message, "site.toml"),)
        )
    series, problems = _gather(site)
    tables: dict[str, dict[str, dict[str, object]]] = {"series": {}, "series_parts": {}}
    for one in sorted(series, key=lambda one: (paths.fold(one.name), one.name)):
        keys = sorted(one.items, key=lambda key: _order(site, key))
        tables["series"][one.slug] = {"name": one.name, "url": f"/series/{one.slug}/", "items": keys, "count": len(keys)}
        for place, key in enumerate(keys):
            previous, following = keys[place - 1] if place else "", keys[place + 1] if place + 1 < len(keys) else ""
            tables["series_parts"][key] = {"series": one.slug, "part": place + 1, "previous": previous, "next": following}
        problems += _equal_parts(site, one.name, keys)
    return Made({**tables, "series_list": {"": list(tables["series"])}}, diagnostics=tuple(problems))


def _gather(site: SiteInput) -> tuple[list[_Series], list[Diagnostic]]:
    """Collect the listed items of each series; series without a usable slug are reported and left out."""
    listed_items = site.table("listed")
    by_key: dict[str, _Series] = {}
    for item, names in site.column("series.series").items():
        if listed_items.get(item):
            name = normalize("NFC", names[0])
            by_key.setdefault(term_key(name), _Series()).spellings.setdefault(name, []).append(item)
    problems: list[Diagnostic] = []
    by_slug: dict[str, _Series] = {}
    for one in by_key.values():
        one.slug = min(slug(name) for name in one.spellings)
        problem = slug_problem("", one.slug)
        if problem:
            message = f"The series `{one.name}` makes no slug" if not one.slug else f"{problem}, made of the series `{one.name}`"
            problems.append(
                diagnostic(
                    "slug-invalid", message, *_position(site, min(one.items)), hint="name the series differently, with letters or digits"
                )
            )
            continue
        other = by_slug.setdefault(one.slug, one)
        if other is not one:
            message = f"The series `{other.name}` ({_files(site, other.items)}) and `{one.name}` ({_files(site, one.items)}) have the same slug, `{one.slug}`"
            problems.append(diagnostic("term-collision", message, *_position(site, min(one.items)), hint="rename one of the two series"))
        others = sorted(one.spellings.keys() - {one.name})
        if others:
            written = ", ".join(f"`{name}` ({_files(site, one.spellings[name])})" for name in others)
            message = f"The series `{one.name}` is also written {written}"
            hint = f"write `{one.name}` everywhere"
            problems.append(diagnostic("term-variants", message, *_position(site, min(one.spellings[others[0]])), hint=hint))
    return list(by_slug.values()), problems


def _order(site: SiteInput, key: str) -> tuple[bool, int, bool, int, str]:
    part, date = site.column("series.part").get(key), site.column("date").get(key)
    return part is None, part or 0, date is None, date.instant if date is not None else 0, key


def _equal_parts(site: SiteInput, name: str, keys: list[str]) -> Iterator[Diagnostic]:
    """Report parts with the same number, once for each number."""
    by_part: dict[int, list[str]] = {}
    for key in keys:
        part = site.column("series.part").get(key)
        if part is not None:
            by_part.setdefault(part, []).append(key)
    for part, same in by_part.items():
        if len(same) > 1:
            message = f"{len(same)} posts are part {part} of the series `{name}`: {_files(site, same)}"
            yield diagnostic("series-part", message, *_position(site, same[-1], "part"))


def _position(site: SiteInput, key: str, field: str = "series") -> tuple[str, int]:
    return f"{site.config.content.folder}/{key}", site.column("lines").get(key, {}).get(field, 0)


def _files(site: SiteInput, keys: list[str]) -> str:
    """Name the files of items for a sentence."""
    named = listed((f"{site.config.content.folder}/{key}" for key in sorted(keys)[:NAMED]), "and")
    return f"{named} and {len(keys) - NAMED} more" if len(keys) > NAMED else named
