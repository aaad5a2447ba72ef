"""Plain data as text: a table for people, tab-separated lines when piped."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import click

from wol.cli.terminal import is_terminal, printable


def print_plain(value: Any) -> None:
    """Print what a command returned: rows of a table for dicts, else a line for each value; nothing for None."""
    if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
        _print_table(value)
        return
    for line in _lines(value):
        click.echo(line)


def _lines(value: Any) -> Iterable[str]:
    if isinstance(value, dict):
        return [f"{printable(str(name))}: {_cell(one)}" for name, one in value.items()]
    if isinstance(value, list):
        return map(_cell, value)
    if isinstance(value, str):
        return map(printable, value.splitlines())
    return [] if value is None else [_cell(value)]


def _print_table(rows: Sequence[Mapping[str, Any]]) -> None:
    """Print dicts as rows; a column for each key, in the order in which they first occur."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    cells = [[_cell(row.get(name)) for name in names] for row in rows]
    if not is_terminal(sys.stdout):
        click.echo("".join("\t".join(row) + "\n" for row in cells), nl=False)
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in names:
        numeric = all(isinstance(row.get(name), (int, float, type(None))) for row in rows)
        table.add_column(Text(printable(name[:1].upper() + name[1:])), overflow="fold", justify="right" if numeric else "left")
    for row in cells:
        table.add_row(*map(Text, row))  # in rich, square brackets in a text are markup
    Console().print(table)


def _cell(value: Any) -> str:
    """Return a value in one line."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (str, int, float)):
        return printable(" ".join(str(value).split()))
    if isinstance(value, list) and all(isinstance(one, (str, int, float)) for one in value):
        return ", ".join(map(_cell, value))
    return printable(json.dumps(value, ensure_ascii=False))
