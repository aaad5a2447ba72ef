"""The reference pages of wol's own site as virtual sources: made of the definitions themselves, so they cannot fall behind.

A plugin of our own, named in `[build] plugins`, and an example of one.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Iterator, Mapping
from typing import Any, Literal

import click

from wol.api import Config, Feature, hook
from wol.codes import CODES

FOLDER = "docs/reference"


class Reference(Feature):
    """Pages of commands, settings, front matter fields, template names and codes, below `docs/reference/`."""

    name = "reference"

    def sources(self, config: Config) -> Mapping[str, str]:
        pages = {
            "commands": ("Commands", "Every command and option of `wol`.", commands()),
            "settings": ("Settings", "Every key of `site.toml`, with its default.", settings()),
            "front-matter": ("Front matter", "Every field that a file may begin with.", fields()),
            "templates": ("Template names", "What templates may use: theme API 1.", templates()),
            "codes": ("Errors and warnings", "What each code means, and the way out.", codes()),
        }
        return {f"{FOLDER}/{name}.md": _page(title, description, lines) for name, (title, description, lines) in pages.items()}


@hook
def wol_features(config: Config) -> list[Feature]:
    """Give the reference pages."""
    return [Reference()]


def _page(title: str, description: str, lines: Iterator[str]) -> str:
    head = f"---\ntitle: {title}\ndescription: {description.replace(': ', ' – ')}\ntoc: yes\n---\n\n"
    return head + "\n".join(lines) + "\n"


def codes() -> Iterator[str]:
    """Describe every code, by group."""
    yield "Errors stop a build and change nothing; warnings do not, unless you build with `--strict`."
    group = ""
    for name, code in sorted(CODES.items(), key=lambda c: (list(dict.fromkeys(x.group for x in CODES.values())).index(c[1].group), c[0])):
        if code.group != group:
            group = code.group
            yield f"\n## {group[0].upper()}{group[1:]}"
        yield f"\n### `{name}` {{#{name}}}\n\n{'Warning' if code.severity == 'warning' else 'Error'}. {code.meaning}\n\nWay out: {code.way_out}."


def settings() -> Iterator[str]:
    """Describe every table and key of `site.toml`."""
    yield "Only `title` and `base_url` in `[site]` are required. Paths are relative to `site.toml` and stay inside its folder."
    yield from _table(Config, ())


def _table(kind: Any, path: tuple[str, ...]) -> Iterator[str]:
    types_of = typing.get_type_hints(kind)
    rows, deeper = [], []
    for field in dataclasses.fields(kind):
        below = _below(types_of[field.name])
        where = (*path, field.name)
        if below is not None:
            deeper.append((below, where if types_of[field.name] is below else (*where, "NAME"), field.metadata["description"]))
        else:
            rows.append(f"| `{field.name}` | {_type(types_of[field.name])} | {_default(field)} | {_cell(field.metadata['description'])} |")
    if rows and path:
        yield "\n| key | value | default | meaning |\n|---|---|---|---|"
        yield from rows
    for below, where, description in deeper:
        yield f"\n## `[{'.'.join(where)}]` {{#{'-'.join(w.lower() for w in where)}}}\n\n{description}"
        yield from _table(below, where)
    if not path:
        for field in dataclasses.fields(kind):
            if _below(types_of[field.name]) is None:
                yield f"\n## `[{field.name}]` {{#{field.name}}}\n\n{field.metadata['description']} {_type(types_of[field.name]).capitalize()}."


def _below(kind: Any) -> Any:
    """Give the class of a nested table, also inside a mapping of names to tables or a list of them; None for a plain value."""
    if dataclasses.is_dataclass(kind):
        return kind
    return next((a for a in typing.get_args(kind) if dataclasses.is_dataclass(a)), None)


def _type(kind: Any) -> str:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is Literal:
        return " or ".join(f"`{a}`" for a in arguments)
    if origin is tuple:
        return f"list of {_plural(arguments[0])}"
    if origin in (dict, Mapping):
        return "table"
    if origin is types.UnionType or origin is typing.Union:
        return " or ".join(_type(a) for a in arguments)
    return {str: "text", bool: "yes or no", int: "number"}.get(kind, "anything")


def _plural(kind: Any) -> str:
    return _type(kind) if typing.get_origin(kind) is Literal else f"{_type(kind)}s"


def _default(field: dataclasses.Field[Any]) -> str:
    if field.default is not dataclasses.MISSING:
        value = field.default
    elif field.default_factory is not dataclasses.MISSING:
        value = field.default_factory()
    else:
        return "required"
    if value in ("", (), {}):
        return ""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, dict):
        return "`" + ", ".join(f'"{k}" = "{v}"' for k, v in value.items()) + "`"
    if isinstance(value, tuple):
        return "`[" + ", ".join(f'"{v}"' if isinstance(v, str) else str(v) for v in value) + "]`"
    return f'`"{value}"`' if isinstance(value, str) else f"`{value}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def commands() -> Iterator[str]:
    """Describe every command from its own help."""
    from wol.cli.main import main

    context = click.Context(main, info_name="wol")
    yield (main.help or "").split("\f")[0]
    yield from _options(main, context)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        inner = click.Context(command, info_name=f"wol {name}")
        usage = " ".join(command.collect_usage_pieces(inner))
        yield f"\n## `wol {name}` {{#{name}}}\n\n```\nwol {name} {usage}\n```\n\n{(command.help or '').split(chr(12))[0]}"
        yield from _options(command, inner)


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    rows = []
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record is not None:
            rows.append(f"| `{_cell(record[0])}` | {_cell(record[1])} |")
    if rows:
        yield "\n| option | meaning |\n|---|---|"
        yield from rows


def fields() -> Iterator[str]:
    """Describe every field of the front matter."""
    from wol.content.fields import FIELDS

    yield "Names ignore case, `-` and `_`. A key that is not here is kept as it is, in `page.extra`.\n"
    yield "| field | value | also written | meaning |\n|---|---|---|---|"
    for field in FIELDS:
        also = ", ".join(f"`{name}`" for name in field.also)
        yield f"| `{field.name}` | {_cell(field.type)} | {also} | {_cell(field.description)} |"


def templates() -> Iterator[str]:
    """Describe what templates may use, from the views themselves."""
    from wol.render.names import reference

    for title, rows in reference():
        yield f"\n## {title}\n\n| name | meaning |\n|---|---|"
        for name, meaning in rows:
            yield f"| `{name}` | {_cell(meaning)} |"
