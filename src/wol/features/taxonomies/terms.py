"""Taxonomies and their terms: names that are one term, how it is shown, and its slug (authoring format, section 4)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from shlex import quote

import msgspec

from wol import paths
from wol.errors import Diagnostic, diagnostic
from wol.fixes import AddSetting, Hint, RunCommand
from wol.model.config import TaxonomyConfig
from wol.model.site import Table
from wol.model.slugs import slug, slug_problem, term_key
from wol.model.step import Made, SiteInput

SHOWN = 3
"""How many places a finding names before it only counts the rest."""


class _Term(msgspec.Struct):
    """All names that are one term, each with the items that have it so, and the items in order."""

    spellings: dict[str, list[str]] = msgspec.field(default_factory=dict)
    items: list[str] = msgspec.field(default_factory=list)
    name: str = ""
    slug: str = ""


class _Named(msgspec.Struct, frozen=True):
    """What `site.toml` says of the terms of one taxonomy, by `term_key`."""

    names: Mapping[str, str]
    slugs: Mapping[str, str]
    descriptions: Mapping[str, str]


def make(site: SiteInput) -> Made:
    """Three tables of what items have in each taxonomy.

    `taxonomies`: name to `name`, `label`, `singular`, `path`, `url`, `feeds` and `terms` (slugs, by name).
    `terms`: "taxonomy/slug" to `taxonomy`, `name`, `slug`, `url`, `title`, `description` (Markdown), `items` (keys of listed items) and `count`.
    `item_terms`: key to taxonomy to "taxonomy/slug"s, as they stand in the item; of an item that is not listed, those that the site has anyway.
    """
    taxonomies: dict[str, Table] = {}
    terms: dict[str, Table] = {}
    item_terms: dict[str, dict[str, list[str]]] = {}
    found: list[Diagnostic] = []
    for taxonomy, config in site.config.taxonomies.items():
        label = config.label or taxonomy
        path = config.path or taxonomy
        named = _named(config)
        by_key, keys_of = _gather(site, taxonomy)
        taken: dict[str, _Term] = {}
        for key, term in by_key.items():
            term.name = named.names.get(key) or _most_written(term)
            term.slug = term_slug(named.slugs.get(key, ""), term.spellings)
            found += _wrong(site, taxonomy, term, taken, key in named.names)
        for key, term in by_key.items():
            if taken.get(term.slug) is term:
                terms[f"{taxonomy}/{term.slug}"] = {
                    "taxonomy": taxonomy,
                    "name": term.name,
                    "slug": term.slug,
                    "url": f"/{path}/{term.slug}/",
                    "title": term.name,
                    "description": named.descriptions.get(key, ""),
                    "items": term.items,
                    "count": len(term.items),
                }
        taxonomies[taxonomy] = {
            "name": taxonomy,
            "label": label,
            "singular": config.singular or label,
            "path": path,
            "url": f"/{path}/",
            "feeds": config.feeds,
            "terms": sorted(taken, key=lambda made: (paths.fold(taken[made].name), made)),
        }
        for item, names in site.column("terms").items():
            if taxonomy in names:
                found_slugs = dict.fromkeys(by_key[keys_of[name]].slug for name in names[taxonomy] if keys_of.get(name) in by_key)
                slugs = [made for made in found_slugs if made in taken]
                if slugs:
                    item_terms.setdefault(item, {})[taxonomy] = [f"{taxonomy}/{made}" for made in slugs]
    return Made({"taxonomies": taxonomies, "terms": terms, "item_terms": item_terms}, diagnostics=tuple(found))


def _named(config: TaxonomyConfig) -> _Named:
    names = {term_key(name): name for name in config.slugs}
    names |= {term_key(name): term.title or name for name, term in config.terms.items()}
    return _Named(
        names,
        {term_key(name): slug(typed) for name, typed in config.slugs.items()},
        {term_key(name): term.description for name, term in config.terms.items()},
    )


def term_slug(given: str, spellings: Iterable[str]) -> str:
    """Return the slug of a term: that which the settings give, else the first, by the alphabet, of those that its spellings make."""
    return given or min(slug(name) for name in spellings)


def names_by_slug(config: TaxonomyConfig) -> dict[str, str]:
    """Return the terms that the settings name: slug to name. They keep their names where no post has them."""
    named = _named(config)
    return {named.slugs.get(key) or slug(key): name for key, name in named.names.items()}


def _gather(site: SiteInput, taxonomy: str) -> tuple[dict[str, _Term], dict[str, str]]:
    """Collect the terms of all listed items, and the form by which each name is known."""
    listed = site.table("listed")
    by_key: dict[str, _Term] = {}
    keys_of: dict[str, str] = {}
    for item, names in site.column("terms").items():
        if taxonomy not in names:
            continue
        for name in names[taxonomy]:
            if name not in keys_of:
                keys_of[name] = term_key(name)
            if not listed[item]:
                continue
            term = by_key.get(keys_of[name])
            if term is None:
                term = by_key[keys_of[name]] = _Term()
            if name in term.spellings:
                term.spellings[name].append(item)
            else:
                term.spellings[name] = [item]
            if not term.items or term.items[-1] != item:
                term.items.append(item)
    return by_key, keys_of


def _spelled(name: str) -> str:
    """Return a slug of what the characters of a name are called, for names of signs alone: `party-popper`."""
    called = [slug(unicodedata.name(char, "")) for char in name if not char.isspace()]
    return slug(" ".join(called))[:40].strip("-") or "other"


def _most_written(term: _Term) -> str:
    return min(term.spellings, key=lambda name: (-len(term.spellings[name]), name))


def _wrong(site: SiteInput, taxonomy: str, term: _Term, taken: dict[str, _Term], is_named: bool) -> Iterator[Diagnostic]:
    """Give a term its slug in `taken`, and tell of slugs that cannot be or are taken, and of spellings."""
    places = _Places(site, taxonomy)
    name = _most_written(term)
    problem = slug_problem("", term.slug)
    if problem:
        message = f"The name `{name}` of `{taxonomy}` makes no slug" if not term.slug else f"{problem}, made of `{name}` of `{taxonomy}`"
        line = f'"{name}" = "{_spelled(name)}"'
        hint = Hint(
            f"give it one in `site.toml`, below `[taxonomies.{taxonomy}.slugs]`: `{line}`", AddSetting(f"taxonomies.{taxonomy}.slugs", line)
        )
        yield diagnostic("slug-invalid", message, *places.first(term, name), hint=hint)
        return
    other = taken.setdefault(term.slug, term)
    if other is not term:
        known = _most_written(other)
        message = f"`{known}` ({places.named(other, known)}) and `{name}` ({places.named(term, name)}) are different names in `{taxonomy}` with one slug, `{term.slug}`"
        words = f'use one of the names; or give one a slug in `site.toml`: `[taxonomies.{taxonomy}.slugs]` with `"{name}" = "…"`'
        yield diagnostic("term-collision", message, *places.first(term, name), hint=words)
    if len(term.spellings) > 1:
        usual = term.name if is_named and term.name in term.spellings else name
        others = sorted(spelling for spelling in term.spellings if spelling != usual)
        listed = ", ".join(f"`{spelling}` ({places.named(term, spelling)})" for spelling in others)
        yield diagnostic(
            "term-variants",
            f"`{usual}` in `{taxonomy}` is also written {listed}",
            *places.first(term, others[0]),
            hint=_everywhere(taxonomy, others[0], usual),
        )


def _everywhere(taxonomy: str, other: str, usual: str) -> Hint:
    """Return the hint to write a term in one way; the command does that for all of its spellings."""
    command = f"wol tag {quote(other)} {quote(usual)}{'' if taxonomy == 'tags' else f' --taxonomy {quote(taxonomy)}'}"
    return Hint(f"write `{usual}` everywhere: `{command}`", RunCommand(command))


class _Places:
    """Where names of terms stand."""

    def __init__(self, site: SiteInput, taxonomy: str) -> None:
        self._folder = site.config.content.folder
        self._lines = site.column("lines")
        self._taxonomy = taxonomy

    def first(self, term: _Term, name: str) -> tuple[str, int]:
        """Give path and line of the first item, by path, that has a name so."""
        key = min(term.spellings[name])
        return f"{self._folder}/{key}", self._lines[key].get(self._taxonomy, 0)

    def named(self, term: _Term, name: str) -> str:
        """Give the items that have a name so, for a sentence."""
        keys = sorted(term.spellings[name])
        shown = ", ".join(f"{self._folder}/{key}" for key in keys[:SHOWN])
        return f"{shown} and {len(keys) - SHOWN} more" if len(keys) > SHOWN else shown
