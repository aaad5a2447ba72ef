"""`wol id`: give texts ids that outlast everything else about them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wol.cli.invocation import CoreCommand, current_folder, invocation_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wol.ledger.overview import Overview

EPILOG = """\b
Examples:
  wol id                              what would be written
  wol id --write                      into all texts that lack it
  wol id --write content/posts        into those of a folder

A text gets an `id` if it has none; if it is public, also a `guid`, the id that readers of feeds know it by now. Then it may change
its title, file, date and address, and nobody sees it as new. Not another byte of the file changes.
"""


@click.command("id", cls=CoreCommand, short_help="Give texts ids that stay.", epilog=EPILOG)
@click.argument(
    "paths", nargs=-1, metavar="[PATH]...", type=click.Path(exists=True, path_type=Path), help="Sources or folders; default: all."
)
@click.option("--write", is_flag=True, help="Write them into the sources; else they are only shown.")
@click.pass_context
def id_command(context: click.Context, paths: tuple[Path, ...], write: bool) -> int:
    """Put ids, and the ids that items have in feeds now, into sources."""
    from wol.cli.formatting import counted
    from wol.cli.new_item import new_id
    from wol.cli.report import print_diagnostics
    from wol.cli.terminal import printable
    from wol.features import registry
    from wol.ledger.edits import carry_out
    from wol.ledger.identify import identify
    from wol.ledger.overview import Overview

    invocation = invocation_of(context)
    root = invocation.root()
    over = Overview(root, registry.load)
    identified = identify(over, sorted(_keys(over, paths)), new_id)
    if write:
        carry_out(root, [edit for edit, _ in identified.edits])
    if not invocation.quiet or not write:
        for edit, fields in identified.edits:
            values = ", ".join(f"{name}: {value}" if write or name != "id" else name for name, value in fields.items())
            click.echo(printable(f"{edit.path}: {values}"))
        advice = "" if write else "; `wol id --write` writes them"
        click.echo(
            f"{counted(len(identified.edits), 'text')} {'got' if write else 'would get'} ids{advice}."
            if identified.edits
            else "All texts have ids."
        )
    broken = [d for d in over.sources.diagnostics if d.severity == "error"]
    print_diagnostics([*identified.diagnostics, *broken], invocation, root)
    return 1 if identified.diagnostics or broken else 0


def _keys(over: Overview, paths: tuple[Path, ...]) -> Iterator[str]:
    """Return the items that are meant; raises click.BadParameter for a path outside of the content folder."""
    content = Path(os.path.abspath(over.root / over.folder))
    for path in paths:
        place = Path(os.path.abspath(current_folder() / path))
        if not place.is_relative_to(content):
            raise click.BadParameter(f"`{path}` is not in `{over.folder}/`.", param_hint="PATH")
    wanted = [Path(os.path.abspath(current_folder() / path)) for path in paths] or [content]
    for key in over.summaries:
        if any((content / key).is_relative_to(place) for place in wanted):
            yield key
