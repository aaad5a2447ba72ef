"""`wol clean`: take away what wol wrote."""

from __future__ import annotations

import click

from wol.cli.options import Command, session_of


@click.command("clean", cls=Command, short_help="Remove what wol wrote.")
@click.pass_context
def clean_command(context: click.Context) -> int:
    """Remove every file that wol wrote into an output, and .wol/ with its caches. Files that somebody else put there stay."""
    from wol.build.clean import clean
    from wol.cli.show import counted, printable

    session = session_of(context)
    root = session.root()
    was_there = (root / ".wol").is_dir()
    removed = clean(root)
    if session.verbose:
        click.echo("".join(f"{printable(path)}\n" for path in removed), nl=False)
    if not session.quiet:
        click.echo(
            f"Removed {counted(len(removed), 'file')} and .wol/."
            if was_there
            else "Nothing to remove: there is no record of anything that wol wrote."
        )
    return 0
