"""`wol mv`: give a text another file, and keep its readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from wol.cli.invocation import CoreCommand, current_folder, invocation_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wol.ledger.move import MovePlan

EPILOG = """\b
Examples:
  wol mv content/posts/2026-11-20-a.md content/posts/2026-11-20-b.md
  wol mv posts/trip posts/journey           a bundle, with all that is in it
  wol mv /2026/11/a/ posts/b.md             by its URL
  wol mv posts/a.md notes/                  into another folder
  wol mv posts/a.md posts/b.md --dry-run    what would be written

The old URL becomes an alias in the front matter, and a text without id gets the `guid` that readers know it by; not another
byte changes. Where the file was renamed by hand already, the same command records its old place afterwards.
"""


@click.command("mv", cls=CoreCommand, short_help="Rename a text; its old URL leads on.", epilog=EPILOG)
@click.argument("old", metavar="OLD", help="A source, the folder of a bundle, or a URL.")
@click.argument("new", metavar="NEW", help="Its new path in the content folder.")
@click.option("--no-links", is_flag=True, help="Leave references in texts as they are, and only tell of them.")
@click.option("--dry-run", is_flag=True, help="Show what would change.")
@click.pass_context
def move_command(context: click.Context, old: str, new: str, no_links: bool, dry_run: bool) -> int:
    """Rename a source or a folder of sources: its old URL leads on, its id in feeds stays, and references to the file follow."""
    from wol.cli.terminal import printable
    from wol.features import registry
    from wol.ledger.edits import carry_out
    from wol.ledger.move import move
    from wol.ledger.overview import Overview
    from wol.ledger.place import renaming

    invocation = invocation_of(context)
    root = invocation.root()
    over = Overview(root, registry.load)
    moved = move(over, renaming(over, current_folder(), old, new), links=not no_links)
    if not dry_run:
        carry_out(root, moved.edits, rename=moved.rename)
    if not invocation.quiet or dry_run:
        click.echo("\n".join(printable(line) for line in _summary(moved, dry_run=dry_run)))
    return 0


def _summary(moved: MovePlan, *, dry_run: bool) -> Iterator[str]:
    from wol.cli.formatting import counted

    if moved.rename is not None:
        yield f"{'Would rename' if dry_run else 'Renamed'} {moved.rename[0]} to {moved.rename[1]}."
    for before, after in moved.aliases:
        yield f"{before} leads on to {after}."
    if moved.relinked:
        yield f"{counted(moved.relinked, 'reference')} {'would follow' if dry_run else 'followed'}."
    if moved.rename is None and not moved.edits:
        yield "Nothing to do: its old place is on record."
    for one in moved.edits if dry_run else ():
        yield f"Would edit {one.path}."
    yield from moved.notes
