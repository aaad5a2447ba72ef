"""Taxonomies in the settings: their names, which become fields, paths and feeds, and what their keys give by default."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from wol import paths
from wol.config import url_checks
from wol.config.data import table, value
from wol.config.locate import Path
from wol.config.problems import Problem, header, named
from wol.model import field_table, slugs
from wol.model.config import Config, SiteConfig
from wol.model.field_table import RESERVED, SECRECY, STATE_FIELDS, normal

_NAME = re.compile(r"[^\W_][\w-]*")

_NAMES = (name for field in (*field_table.FIELDS, *STATE_FIELDS) for name in (field.name, *field.also))
FIELDS = frozenset(map(normal, (*_NAMES, "taxonomies", *RESERVED, *SECRECY))) - {"tags", "categories"}
"""Names of the front matter, and those that are refused there, without case, `-` and `_`: no taxonomy can have them."""


def fill_taxonomies(given: Mapping[str, Any]) -> dict[str, Any]:
    """Give all taxonomies: tags and categories always, others as named, each with label, singular and path."""
    usual = Config(site=SiteConfig(title="", base_url="")).taxonomies
    known = {key: {"label": its.label, "singular": its.singular, "path": its.path} for key, its in usual.items()}
    filled = {}
    for key in {**known, **given}:
        words = key.replace("-", " ").replace("_", " ")
        words = words[:1].upper() + words[1:]
        default = known.get(key, {"label": words, "singular": words, "path": key})
        settings = {**given.get(key, {})}
        settings["path"] = settings.get("path", "").strip("/")
        filled[key] = {**settings, **{name: settings.get(name) or default[name] for name in default}}
    return filled


def taxonomy_problems(data: Mapping[str, Any]) -> Iterator[Problem]:
    """Find names and paths that cannot be, or are taken."""
    names = {key: key for key in fill_taxonomies({})}
    places = {key: key for key in names if key not in table(data, "taxonomies")}
    for key, settings in table(data, "taxonomies").items():
        where = ("taxonomies", key)
        simple = normal(key.casefold())
        owner = names.setdefault(simple, key)
        if not _NAME.fullmatch(key):
            yield Problem(where, f"`{key}` cannot be the name of a taxonomy", "use letters, digits, `-` and `_`", at="key")
        elif simple in FIELDS:
            hint = {"tag": "did you mean `tags`?", "category": "did you mean `categories`?"}.get(simple, "give the taxonomy another name")
            message = f"`{key}` cannot be the name of a taxonomy: it is a field of the front matter"
            yield Problem(where, message, hint, at="key")
        elif owner != key:
            hint = f"write `{header(('taxonomies', owner))}`"
            yield Problem(where, f"`{owner}` and `{key}` are one name in front matter", hint, at="key")
        else:
            yield from _path(where, settings, places)
        yield from _slugs(where, table(settings, "slugs"))


def _path(where: Path, settings: Any, places: dict[str, str]) -> Iterator[Problem]:
    key, path = str(where[-1]), value(settings, "path") or ""
    if path and (problem := url_checks.url_path_problem(f"/{path.strip('/')}/")):
        hint = 'write the first part of the URLs, such as `"topics"`'
        yield Problem((*where, "path"), f"{named((*where, 'path'))} {problem}", hint, "url-invalid")
        return
    place = url_checks.same_page(f"/{path.strip('/') or key}/")
    if (owner := places.setdefault(place.strip("/"), key)) != key:
        message = f"The taxonomies `{owner}` and `{key}` have one path, `{place}/`"
        yield Problem((*where, "path"), message, "give one of them another `path`")


def _slugs(where: Path, given: Mapping[str, Any]) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for name, typed in given.items():
        if not isinstance(typed, str):
            continue
        made, here = slugs.slug(typed), (*where, "slugs", name)
        if problem := slugs.slug_problem(typed, made):
            yield Problem(here, f"{problem}, in {named(here)}", "write small letters, digits and `-`", "slug-invalid")
        elif paths.fold(owners.setdefault(made, name)) != paths.fold(name):
            yield Problem(here, f"`{owners[made]}` and `{name}` have one slug, `{made}`", code="term-collision")
