"""`wol clean`: take away what wol wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from wol.cli.invocation import CoreCommand, Invocation, invocation_of

if TYPE_CHECKING:
    from pathlib import Path

EPILOG = """\b
Examples:
  wol clean                remove what wol wrote, and its caches
  wol clean --foreign      remove what wol did not write, such as pages of an earlier build
"""


@click.command("clean", cls=CoreCommand, short_help="Remove what wol wrote.", epilog=EPILOG)
@click.option("--foreign", is_flag=True, help="Remove only the files in the output that wol did not write; .git/ and its like stay.")
@click.pass_context
def clean_command(context: click.Context, foreign: bool) -> int:
    """Remove every file that wol wrote into an output, and .wol/ with its caches. Files that somebody else put there stay."""
    from wol.cli.formatting import counted
    from wol.cli.terminal import printable
    from wol.engine.clean import clean

    invocation = invocation_of(context)
    root = invocation.root()
    if foreign:
        return _foreign(root, invocation)
    cleaned = clean(root)
    if invocation.verbose:
        click.echo("".join(f"{printable(path)}\n" for path in cleaned.removed), nl=False)
    if not invocation.quiet:
        click.echo(
            f"Removed {counted(len(cleaned.removed), 'file')} and .wol/."
            if cleaned.was_there
            else "Nothing to remove: there is no record of anything that wol wrote."
        )
    for name in cleaned.unlisted:
        click.echo(
            f"The list of what wol wrote for the build `{printable(name)}` was damaged, so its output was left as it is.\n"
            "To build there again: `wol build --adopt`.",
            err=True,
        )
    return 0


def _foreign(root: Path, invocation: Invocation) -> int:
    """Remove what wol did not write, and name each file."""
    from wol.cli.formatting import counted
    from wol.cli.terminal import printable
    from wol.engine.clean import clean_foreign
    from wol.features import registry

    removed = clean_foreign(root, registry.load)
    if not invocation.quiet:
        click.echo("".join(f"{printable(path)}\n" for path in removed), nl=False)
        click.echo(
            f"Removed {counted(len(removed), 'file')} that wol did not write."
            if removed
            else "Nothing to remove: wol wrote all that is there."
        )
    return 0
