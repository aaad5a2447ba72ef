"""`wol record`: put on record what was published by other means than `wol deploy`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wol.cli.invocation import CoreCommand, Invocation, current_folder, invocation_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wol.model.ledger import Line

EPILOG = """\b
Examples:
  wol record                what the last build has, after it was published
  wol record --dry-run      the lines that would be written
  git add ledger; git commit -m "Published"

From then on a build in which a published URL vanishes, or an item would be new to readers of feeds, is an error
with the line to type. `wol deploy` records by itself.
"""


@click.command("record", cls=CoreCommand, short_help="Put on record what was published.", epilog=EPILOG)
@click.option("--output", type=click.Path(path_type=Path), metavar="DIR", help="The folder that was published, if not public/.")
@click.option("--base-url", metavar="URL", help="As it was given to `wol build`.")
@click.option("--dry-run", is_flag=True, help="Show the lines that would be written.")
@click.pass_context
def record_command(context: click.Context, output: Path | None, base_url: str | None, dry_run: bool) -> int:
    """Write what the last release build has into ledger/published.tsv, as far as that does not know it. The site must be as it was built."""
    from wol import clock
    from wol.cli.option_values import base_url_value
    from wol.content.ledger_text import write_line
    from wol.engine.request import BuildRequest
    from wol.features import registry
    from wol.ledger.record import added, publication, record, standing_of

    invocation = invocation_of(context)
    root = invocation.root()
    url = base_url_value(base_url) if base_url is not None else None
    published = publication(
        BuildRequest(root, output=current_folder() / output if output is not None else None, base_url=url), registry.load
    )
    lines = tuple(added(standing_of(root), published, clock.now())) if dry_run else record(published, registry.load)
    if dry_run or invocation.verbose:
        click.echo("".join(f"{write_line(line)}\n" for line in lines), nl=False)
    if not invocation.quiet and not (dry_run and lines):
        click.echo(_summary(lines))
        if lines:
            advise(root, invocation)
    return 0


def _summary(lines: Sequence[Line]) -> str:
    from wol.cli.formatting import counted
    from wol.model.ledger import PATH

    if not lines:
        return f"Nothing is new: {PATH} knows it all."
    events = Counter(line.event for line in lines)
    parts = ", ".join(f"{events[event]:,} {event}" for event in ("live", "gone") if events[event])
    return f"Recorded {counted(len(lines), 'URL')} ({parts}) in {PATH}. Commit it."


def advise(root: Path, invocation: Invocation) -> None:
    """Print how branches that both record are merged, unless the site is set up for it."""
    attributes = root / ".gitattributes"
    known = attributes.read_text("utf-8", "replace") if attributes.is_file() else ""
    if "ledger" not in known and (root / ".git").exists():
        click.echo("Put `ledger/*.tsv merge=union` into .gitattributes, so that branches which both publish merge by themselves.")
