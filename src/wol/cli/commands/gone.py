"""`wol gone`: withdraw what was published, and leave a tombstone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from wol.cli.invocation import CoreCommand, current_folder, invocation_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wol.ledger.withdrawal import Withdrawal

EPILOG = """\b
Examples:
  wol gone /2026/11/a/ --reason "It was wrong"
  wol gone content/posts/a.md
  wol gone /tags/old/                 a list, with its feeds
  wol gone --missing                  all feeds and lists that are no longer made
  wol gone /2026/11/a/ --dry-run      what would be written

The page then says that it was withdrawn, and why if you say so. A feed has no page: only the ledger records it.
"""


@click.command("gone", cls=CoreCommand, short_help="Withdraw a URL, and leave a tombstone.", epilog=EPILOG)
@click.argument("url", metavar="URL", default="", help="The URL, or the source of the text.")
@click.option("--missing", is_flag=True, help="All feeds, lists and files that were published and are no longer made.")
@click.option("--reason", metavar="TEXT", default="", help="What the tombstone says.")
@click.option("--dry-run", is_flag=True, help="Show what would change.")
@click.pass_context
def gone_command(context: click.Context, url: str, missing: bool, reason: str, dry_run: bool) -> int:
    """Withdraw a text, feed or list: sets `gone` in the source, makes a tombstone where there is no source any more, or notes it in the ledger."""
    from wol.cli.option_values import title_value
    from wol.cli.terminal import printable
    from wol.features import registry
    from wol.ledger.edits import carry_out
    from wol.ledger.overview import Overview
    from wol.ledger.record import add
    from wol.ledger.withdrawal import url_of, withdraw, withdraw_missing

    if bool(url) == missing:
        raise click.UsageError("Give a URL or a source, or `--missing` for all feeds, lists and files that are no longer made.", context)
    invocation = invocation_of(context)
    root = invocation.root()
    over = Overview(root, registry.load)
    withdrawal = withdraw_missing(over) if missing else withdraw(over, url_of(over, current_folder(), url), title_value(reason))
    if not dry_run:
        if withdrawal.edits or withdrawal.new:
            carry_out(root, withdrawal.edits, withdrawal.new)
        if withdrawal.lines:
            add(root, lambda known: withdrawal.lines)
    if not invocation.quiet or dry_run:
        click.echo("\n".join(printable(line) for line in _summary(withdrawal, dry_run=dry_run)))
    return 0


def _summary(withdrawal: Withdrawal, *, dry_run: bool) -> Iterator[str]:
    from wol.model.ledger import PATH

    for one in withdrawal.edits:
        yield f"{one.path}: {'would get' if dry_run else 'got'} `gone`."
    for one in withdrawal.new:
        yield f"{one.path}: {'would be' if dry_run else 'is'} its tombstone."
    for line in withdrawal.lines:
        yield f"{PATH}: {'would have' if dry_run else 'has'} `{line.url}` as gone."
    if not (withdrawal.edits or withdrawal.new or withdrawal.lines):
        yield "Nothing to do: it was withdrawn before."
