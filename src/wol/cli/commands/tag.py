"""`wol tag`: rename a tag everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from wol.cli.invocation import CoreCommand, invocation_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wol.ledger.rename_tag import TagPlan

EPILOG = """\b
Examples:
  wol tag indieweb IndieWeb             another spelling
  wol tag blogs blogging                another name: the old page redirects
  wol tag blogs blogging --dry-run      what would be written
  wol tag Trips Travel --taxonomy categories

All posts, drafts too, get the new name; a post that has both keeps one. Whoever follows the feeds of the old tag gets the posts
of the new one, at the same addresses.
"""


@click.command("tag", cls=CoreCommand, short_help="Rename a tag in all posts; its page redirects.", epilog=EPILOG)
@click.argument("old", metavar="OLD", help="The tag as it is now.")
@click.argument("new", metavar="NEW", help="The name that it gets; it may be a tag already.")
@click.option("--taxonomy", metavar="NAME", default="", help="Where to look for it: `tags`, `categories` or another taxonomy of site.toml.")
@click.option("--dry-run", is_flag=True, help="Show what would change.")
@click.pass_context
def tag_command(context: click.Context, old: str, new: str, taxonomy: str, dry_run: bool) -> int:
    """Rename a tag in all posts, or join it with another: its page redirects, and its feeds go on with the new name."""
    from wol.cli.option_values import title_value
    from wol.cli.terminal import printable
    from wol.features import registry
    from wol.ledger.edits import carry_out
    from wol.ledger.overview import Overview
    from wol.ledger.rename_tag import rename_tag

    invocation = invocation_of(context)
    root = invocation.root()
    plan = rename_tag(Overview(root, registry.load), title_value(old), title_value(new), taxonomy)
    if not dry_run:
        carry_out(root, plan.edits)
    if not invocation.quiet or dry_run:
        click.echo("\n".join(printable(line) for line in _summary(plan, dry_run=dry_run)))
    return 0


def _summary(plan: TagPlan, *, dry_run: bool) -> Iterator[str]:
    from wol.cli.formatting import counted

    if plan.sources:
        yield f"{'Would write' if dry_run else 'Wrote'} `{plan.new}` for `{plan.old}` in {counted(len(plan.sources), 'post')}."
    elif not plan.notes:
        yield "Nothing to do: it has that name."
    if plan.redirect:
        yield f"{plan.redirect[0]} {'would redirect' if dry_run else 'redirects'} to {plan.redirect[1]}; its feeds go on with the posts there."
    for path in plan.sources if dry_run else ():
        yield f"Would edit {path}."
    yield from plan.notes
