"""`wol releases`: what there is to go back to."""

from __future__ import annotations

import sys

import click

from wol.cli.invocation import CoreCommand, invocation_of

EPILOG = """\b
Examples:
  wol releases                    the newest first; * is what readers see
  wol releases --format json      for programs
"""


@click.command("releases", cls=CoreCommand, short_help="List the releases that a target has kept.", epilog=EPILOG)
@click.argument("target", default="", help="The NAME of [deploy.NAME].")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to list.", show_default=True)
@click.pass_context
def releases_command(context: click.Context, target: str, form: str) -> int:
    """List the releases of a target, the newest first, with when they were made and how many files they have."""
    from wol.cli.formatting import counted
    from wol.cli.json_output import print_json
    from wol.cli.terminal import Styler
    from wol.deploy.deployment import at_target
    from wol.features import registry

    invocation = invocation_of(context)
    with at_target(invocation.root(), target, registry.targets, hold=False) as (target_context, deploy_target):
        releases = deploy_target.releases()
    if form == "json":
        print_json([{"id": kept.id, "made": kept.made, "files": kept.files, "live": kept.is_live} for kept in releases])
    elif releases:
        style = Styler(sys.stdout)
        for kept in releases:
            line = f"{'*' if kept.is_live else ' '} {kept.id}  {kept.made}  {counted(kept.files, 'file')}"
            click.echo(style(line, "green") if kept.is_live else line)
    elif not invocation.quiet:
        click.echo(
            f"`{target_context.name}` has no releases yet."
            if deploy_target.keeps_releases
            else f"`{target_context.name}` keeps no files of earlier releases."
        )
    return 0
