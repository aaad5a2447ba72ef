"""`wol rollback`: back to a release that the target has kept."""

from __future__ import annotations

import click

from wol.cli.invocation import CoreCommand, invocation_of

EPILOG = """\b
Examples:
  wol rollback                    the release before the present one
  wol rollback --to 9c41d0        the release whose name begins or ends so
  wol releases                    which there are
"""


@click.command("rollback", cls=CoreCommand, short_help="Go back to an earlier release.", epilog=EPILOG)
@click.argument("target", default="", help="The NAME of [deploy.NAME].")
@click.option("--to", "wanted", default="", metavar="RELEASE", help="Its name, or how that begins or ends; default: the one before.")
@click.pass_context
def rollback_command(context: click.Context, target: str, wanted: str) -> int:
    """Let readers see an earlier release again, without building. Your sources stay as they are: the next `wol deploy` publishes them."""
    from wol.deploy.deployment import at_target
    from wol.deploy.rollback import roll_back
    from wol.features import registry

    invocation = invocation_of(context)
    with at_target(invocation.root(), target, registry.targets, hold=True) as (target_context, deploy_target):
        release, before = roll_back(target_context, deploy_target, wanted)
    if not invocation.quiet:
        url = target_context.config.site.base_url
        click.echo(
            f"{release.id} is live already: {url}/" if release.is_live else f"Went back to {release.id}, from {before or 'nothing'}: {url}/"
        )
    return 0
