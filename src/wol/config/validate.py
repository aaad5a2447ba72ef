"""From the bytes of `site.toml` to good plain data, or to everything that is wrong with them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from wol.config import url_checks
from wol.config.classes import fields
from wol.config.data import value
from wol.config.declared_tables import Tables, declared_problems, filled, settings_class
from wol.config.deploy_checks import deploy_problems
from wol.config.folder_checks import folder_problems
from wol.config.foreign_field_checks import meaning_problems
from wol.config.locate import locate
from wol.config.problems import Problem, report
from wol.config.route_checks import route_problems
from wol.config.shape import plain, shape_problems
from wol.config.syntax import decode, encoding_problem, syntax_problem
from wol.config.taxonomy_checks import fill_taxonomies, taxonomy_problems
from wol.config.value_checks import feature_problems, value_problems
from wol.errors import WolError, diagnostic
from wol.model.numbers import huge_number

MAX_DEPTH = 64
"""Levels of tables and lists."""


def validated(
    data: bytes, path: str, features: frozenset[str] | None, tables: Tables | None, *, is_complete: bool = False
) -> dict[str, Any]:
    """Return the settings as plain data of the shape of `Config`; raises WolError with all that is wrong.

    `tables` are those that features declare; None: nobody has been asked. Unless they are complete, plugins may declare others, which are taken as they are.
    """
    try:
        text = decode(data)
        found = tomllib.loads(text)
        _refuse_deep(found)
    except UnicodeDecodeError as error:
        raise WolError(encoding_problem(data, error, path)) from None
    except tomllib.TOMLDecodeError as error:
        raise WolError(syntax_problem(text, error, path)) from None
    except RecursionError:
        raise WolError(diagnostic("config-syntax", "Lists or tables are nested too deeply", path, hint="flatten them")) from None
    except ValueError:  # a whole number of over 4,300 digits
        raise WolError(
            diagnostic("config-syntax", "A number has too many digits", path, huge_number(text), hint="put it in quotes")
        ) from None
    others = {} if is_complete else _others(found, tables)
    tables = tables or {}
    problems = list(_problems({name: table for name, table in found.items() if name not in others}, features, tables))
    if problems:
        raise WolError(report(problems, locate(text), path))
    return _normal(found, tables, others)


def _others(data: Mapping[str, Any], tables: Tables | None) -> dict[str, Any]:
    """Return the tables that only plugins can know."""
    if tables is not None and not value(data, "build", "plugins", sort=list):
        return {}
    own = {field.name for field in fields(settings_class(tables or {}))}
    return {name: table for name, table in data.items() if isinstance(table, dict) and name not in own}


def _refuse_deep(data: dict[str, Any]) -> None:
    """Raise RecursionError where lists and tables are nested deeper than anything that reads them can go."""
    layer: list[Any] = [data]
    for _ in range(MAX_DEPTH):
        layer = [
            inner for outer in layer for inner in (outer.values() if isinstance(outer, dict) else outer) if isinstance(inner, dict | list)
        ]
    if layer:
        raise RecursionError


def _problems(data: Mapping[str, Any], features: frozenset[str] | None, tables: Tables) -> Iterator[Problem]:
    shape = shape_problems(data, settings_class(tables))
    yield from shape
    yield from declared_problems(data, tables, shape)
    yield from value_problems(data)
    yield from feature_problems(data, features)
    yield from folder_problems(data)
    yield from taxonomy_problems(data)
    yield from meaning_problems(data)
    yield from route_problems(data)
    yield from deploy_problems(data)


def _normal(data: dict[str, Any], tables: Tables, others: Mapping[str, Any]) -> dict[str, Any]:
    """Return good settings in the form that the rest of wol has: plain data, addresses and folders in one spelling, taxonomies complete,
    and the tables of features apart."""
    data = plain(data)
    own = {**filled(data, tables), **{name: data[name] for name in others}}
    data = {**{name: given for name, given in data.items() if name not in own}, "tables": own}
    site, content, build = data["site"], data.get("content", {}), data.get("build", {})
    site["title"] = site["title"].strip()
    site["base_url"] = url_checks.base_url(site["base_url"])
    if "folder" in content:
        content["folder"] = url_checks.folder(content["folder"])
    if "static" in content:
        content["static"] = {prefix: url_checks.folder(folder) for prefix, folder in content["static"].items()}
    if "kinds" in content:
        content["kinds"] = {kind: [url_checks.folder(folder) for folder in folders] for kind, folders in content["kinds"].items()}
    if "output" in build:
        build["output"] = url_checks.folder(build["output"])
    data["taxonomies"] = fill_taxonomies(data.get("taxonomies", {}))
    return data
