"""`wol list`: every item, its state and its URL."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from wol.cli.options import Command, session_of

if TYPE_CHECKING:
    from wol.build.survey import Row, Survey

EPILOG = """\b
Examples:
  wol list                    a table of all items
  wol list --why              why something is not published, and where each value comes from
  wol list | grep draft       tab-separated, when piped: state, date, kind, title, URL, file
  wol list --format json      for programs
"""

_COLOURS = {
    "published": "green",
    "scheduled": "cyan",
    "draft": "yellow",
    "unlisted": "blue",
    "expired": "magenta",
    "gone": "magenta",
    "private": "red",
}


@click.command("list", cls=Command, short_help="List every item with its state and URL.", epilog=EPILOG)
@click.option("--why", is_flag=True, help="Say why an item is not published, where each value comes from, and what was left out.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to list.", show_default=True)
@click.pass_context
def list_command(context: click.Context, why: bool, form: str) -> int:
    """List every item, published or not, with its state and its URL."""
    from wol.build.request import BuildRequest
    from wol.build.survey import survey
    from wol.cli.report import tell
    from wol.cli.show import print_json, terminal
    from wol.features import registry

    session = session_of(context)
    root = session.root()
    found = survey(BuildRequest(root), registry.load)
    if form == "json":
        print_json([_as_data(row, why=why) for row in found.rows])
    elif why:
        click.echo("\n".join(_explained(found)))
    elif terminal(sys.stdout):
        _print_table(found.rows)
    else:
        click.echo("".join(f"{line}\n" for line in map(_as_line, found.rows)), nl=False)
    errors = [d for d in found.diagnostics if d.severity == "error"]
    tell(found.diagnostics if session.verbose else errors, session, root)
    return 1 if errors else 0


def _as_data(row: Row, *, why: bool) -> dict[str, object]:
    found: dict[str, object] = {
        "source": row.source,
        "kind": row.kind,
        "title": row.title,
        "date": row.date,
        "state": row.state,
        "url": row.url,
    }
    return {**found, "why": list(row.why)} if why else found


def _as_line(row: Row) -> str:
    from wol.cli.show import printable

    return "\t".join(printable(" ".join(cell.split())) for cell in (row.state, row.date or "", row.kind, row.title, row.url, row.source))


def _explained(found: Survey) -> Iterable[str]:
    from wol.cli.show import Ink, printable

    ink = Ink(sys.stdout)
    for row in found.rows:
        state = ink(row.state, _COLOURS.get(row.state, ""))
        yield f"{printable(row.source)}: {state} {row.kind} {printable(row.url)}"
        yield from (f"    {printable(reason)}" for reason in row.why)
    if found.left_out:
        yield "Not read:"
        yield from (f"    {printable(path)}: {printable(why)}" for path, why in found.left_out)


def _print_table(rows: Iterable[Row]) -> None:
    """Print a table for people. All cells are `Text`, since in rich square brackets are markup."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from wol.cli.show import counted, printable

    rows = tuple(rows)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("State", "Date", "Kind", "Title", "URL", "File"):
        table.add_column(name, no_wrap=name in ("State", "Date", "Kind"), overflow="fold")
    for row in rows:
        date = (row.date or "")[:10]
        cells = [Text(printable(cell)) for cell in (date, row.kind, row.title, row.url, row.source)]
        table.add_row(Text(row.state, style=_COLOURS.get(row.state, "")), *cells)
    console = Console()
    console.print(table)
    states = Counter(row.state for row in rows)
    parts = ", ".join(f"{number:,} {state}" for state, number in sorted(states.items()))
    console.print(Text(f"{counted(len(rows), 'item')}{f': {parts}' if parts else ''}"))
