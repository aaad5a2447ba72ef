"""`wol list`: every item, its state and its URL."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from wol.cli.invocation import CoreCommand, invocation_of

if TYPE_CHECKING:
    from pathlib import Path

    from wol.engine.listing import Listing, Row
    from wol.ledger.outlook import ChangeRow, Outlook

EPILOG = """\b
Examples:
  wol list                    a table of all items
  wol list --why              why something is not published, and where each value comes from
  wol list | grep draft       tab-separated, when piped: state, date, kind, title, URL, file
  wol list --changed          what the next release would publish, change and withdraw
  wol list --format json      for programs
"""

NO_RECORD = (
    "wol knows of no deploy of this site, so everything counts as new. If it is online already, run `wol build` and then `wol record` to put on record "
    "what is there."
)

_HEADINGS = {
    "new": ("Would become public", "green"),
    "moved": ("Would move to another URL", "yellow"),
    "changed": ("Would change", "yellow"),
    "withdrawn": ("Would be withdrawn", "red"),
    "scheduled": ("Scheduled", "cyan"),
}

_COLOURS = {
    "published": "green",
    "scheduled": "cyan",
    "draft": "yellow",
    "unlisted": "blue",
    "expired": "magenta",
    "gone": "magenta",
    "private": "red",
}


@click.command("list", cls=CoreCommand, short_help="List every item with its state and URL.", epilog=EPILOG)
@click.option("--why", is_flag=True, help="Say why an item is not published, where each value comes from, and what was left out.")
@click.option(
    "--changed", is_flag=True, help="List what would become public, change or be withdrawn since the last deploy, and what is scheduled."
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to list.", show_default=True)
@click.pass_context
def list_command(context: click.Context, why: bool, changed: bool, form: str) -> int:
    """List every item, published or not, with its state and its URL. Reads the sources as they are now, and writes nothing."""
    from wol.cli.json_output import print_json
    from wol.cli.report import print_diagnostics
    from wol.cli.terminal import is_terminal
    from wol.engine.listing import list_items
    from wol.engine.request import BuildRequest
    from wol.features import registry

    invocation = invocation_of(context)
    root = invocation.root()
    if changed:
        if why:
            raise click.UsageError("--why and --changed do not go together: --changed always says why.")
        return _changed(root, form)
    items = list_items(BuildRequest(root), registry.load)
    if form == "json":
        print_json([_as_data(row, why=why) for row in items.rows])
    elif why:
        click.echo("\n".join(_explained(items)))
    elif is_terminal(sys.stdout):
        _print_table(items.rows)
    else:
        click.echo("".join(f"{line}\n" for line in map(_as_line, items.rows)), nl=False)
    errors = [d for d in items.diagnostics if d.severity == "error"]
    print_diagnostics(items.diagnostics if invocation.verbose else errors, invocation, root)
    return 1 if errors else 0


def _changed(root: Path, form: str) -> int:
    """List what is different from what was published."""
    import msgspec

    from wol.cli.json_output import print_json
    from wol.cli.terminal import is_terminal
    from wol.config.load import load
    from wol.deploy.deployment import last_published
    from wol.engine.request import BuildRequest
    from wol.features import registry
    from wol.ledger.outlook import outlook

    upcoming = outlook(BuildRequest(root), registry.load, last_published(root, load(root, registry.tables())))
    if form == "json":
        print_json([msgspec.structs.asdict(row) for row in upcoming.rows])
    elif is_terminal(sys.stdout):
        click.echo("\n".join(_grouped(upcoming)))
    else:
        click.echo("".join(f"{_changed_line(row)}\n" for row in upcoming.rows), nl=False)
        if not upcoming.has_record:
            click.echo(NO_RECORD, err=True)
    return 0


def _changed_line(row: ChangeRow) -> str:
    from wol.cli.terminal import printable

    return "\t".join(
        printable(" ".join(cell.split())) for cell in (row.change, row.date, row.kind, row.title, row.url, row.source, row.was or row.why)
    )


def _grouped(upcoming: Outlook) -> Iterable[str]:
    from wol.cli.formatting import counted
    from wol.cli.terminal import Styler, printable

    style = Styler(sys.stdout)
    groups = {change: [row for row in upcoming.rows if row.change == change] for change in _HEADINGS}
    for change, rows in groups.items():
        if rows:
            heading, colour = _HEADINGS[change]
            yield style(f"{heading} ({len(rows):,})", colour)
            besides = [row for row in rows if row.kind in ("list", "feed")]
            for row in [row for row in rows if row not in besides]:
                about = [f"from {row.was}"] if row.was else [row.why] if row.why else [row.date] if row.date else []
                source = [row.source] if row.source else []
                yield f"  {printable('  '.join([row.title or row.kind, row.url, *source, *about]))}"
            if besides:
                yield f"  and {counted(len(besides), 'archive, tag page or feed', 'archives, tag pages and feeds')}"
    if not any(groups[change] for change in groups if change != "scheduled"):
        yield "Nothing would become public, change or be withdrawn."
    if not upcoming.has_record:
        yield NO_RECORD


def _as_data(row: Row, *, why: bool) -> dict[str, object]:
    data: dict[str, object] = {
        "source": row.source,
        "kind": row.kind,
        "title": row.title,
        "date": row.date,
        "state": row.state,
        "url": row.url,
    }
    return {**data, "why": list(row.why)} if why else data


def _as_line(row: Row) -> str:
    from wol.cli.terminal import printable

    return "\t".join(printable(" ".join(cell.split())) for cell in (row.state, row.date or "", row.kind, row.title, row.url, row.source))


def _explained(items: Listing) -> Iterable[str]:
    from wol.cli.terminal import Styler, printable

    style = Styler(sys.stdout)
    for row in items.rows:
        state = style(row.state, _COLOURS.get(row.state, ""))
        yield f"{printable(row.source)}: {state} {row.kind} {printable(row.url)}"
        yield from (f"    {printable(reason)}" for reason in row.why)
    if items.left_out:
        yield "Not read:"
        yield from (f"    {printable(path)}: {printable(why)}" for path, why in items.left_out)


def _print_table(rows: Iterable[Row]) -> None:
    """Print a table for people. All cells are `Text`, since in rich square brackets are markup."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from wol.cli.formatting import counted
    from wol.cli.terminal import printable

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
