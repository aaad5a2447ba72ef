"""`wol deploy`: what was built goes live."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import click

from wol.cli.invocation import CoreCommand, Invocation, invocation_of

if TYPE_CHECKING:
    from pathlib import Path

    from wol.deploy.deploy_plan import DeployPlan, LiveState
    from wol.deploy.deployment import Deployment, DeployResult
    from wol.errors import Diagnostic

EPILOG = """\b
Examples:
  wol deploy                     show what would change, ask, and publish
  wol deploy --dry-run           show it and stop
  wol deploy live --yes          publish without a question, as in scripts
  wol deploy --yes-delete 40     up to 40 published files may go
  wol deploy --resend            send every file again, whatever the target has

Where to, [deploy.NAME] in site.toml says. TARGET may be left out if there is one.
"""

SHOWN = 6
"""Files of each sort that a plan names."""


@click.command("deploy", cls=CoreCommand, short_help="Publish what was built.", epilog=EPILOG)
@click.argument("target", default="", help="The NAME of [deploy.NAME].")
@click.option("--dry-run", is_flag=True, help="Show the plan and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--yes-delete", type=click.IntRange(0), default=0, metavar="N", help="Let up to N published files go, or be replaced.")
@click.option("--resend", is_flag=True, help="Send every file again, also those that the target has already, as far as is known.")
@click.option("--no-check", is_flag=True, help="Publish without looking at the pages first, as `wol check` does.")
@click.pass_context
def deploy_command(context: click.Context, target: str, dry_run: bool, yes: bool, yes_delete: int, resend: bool, no_check: bool) -> int:
    """Publish the site as it was built last: shows what would change, asks, and makes the whole of it live. Files of others stay."""
    from wol.cli.report import print_diagnostics
    from wol.cli.terminal import is_terminal
    from wol.deploy.deployment import DeployRequest, deploying
    from wol.engine.request import BuildRequest
    from wol.features import registry
    from wol.ledger.record import catch_up, publication, record

    invocation = invocation_of(context)
    root = invocation.root()
    asks = not (yes or dry_run)
    if asks and not is_terminal(sys.stdin):
        raise click.UsageError("There is nobody to ask. Add --yes to publish, or --dry-run to see what would change.")
    request, check = DeployRequest(root, target, yes_delete, dry_run, resend), None if no_check else partial(_findings, root)
    catch_up(BuildRequest(root), registry.load)
    with deploying(request, registry.load, registry.targets, check) as deployment:
        _show(deployment, invocation)
        print_diagnostics([*deployment.warnings, *deployment.live.warnings], invocation, root)
        if deployment.refused:
            print_diagnostics(deployment.refused, invocation, root)
            return 1
        if dry_run or (asks and not deployment.plan.is_empty and not click.confirm("Publish this?")):
            return 0
        published = publication(BuildRequest(root), registry.load) if deployment.context.settings.public else None
        done = _publish(deployment, invocation)
        lines = record(published, registry.load) if published is not None else ()
    print_diagnostics(done.diagnostics, invocation, root)
    _show_done(deployment, done, len(lines), root, invocation)
    return 0


def _findings(root: Path) -> Sequence[Diagnostic]:
    from wol.check import findings
    from wol.features import registry

    return findings(root, registry.load)


def _publish(deployment: Deployment, invocation: Invocation) -> DeployResult:
    from wol.cli.progress_bar import ProgressBar
    from wol.cli.terminal import is_terminal

    if invocation.quiet or not is_terminal(sys.stderr):
        return deployment.publish(lambda stage, done, total: None)
    progress_bar = ProgressBar(sys.stderr)
    try:
        return deployment.publish(progress_bar)
    finally:
        progress_bar.clear()


def _show(deployment: Deployment, invocation: Invocation) -> None:
    """Show the plan so that one sees at a glance what would happen."""
    from wol.cli.formatting import byte_size, counted
    from wol.cli.terminal import Styler, printable

    if invocation.quiet:
        return
    from wol.deploy.deploy_plan import AGAIN

    plan, live, settings, style = deployment.plan, deployment.live, deployment.context.settings, Styler(sys.stdout)
    from_what = f"release {live.release}" if live.release else "nothing of this site"
    elsewhere = ", published from another folder or machine since your last deploy" if deployment.is_from_elsewhere else ""
    lines = [f"{style(deployment.context.name, bold=True)} ({settings.type}) has {from_what}{elsewhere}."]
    rows = (("+", "new", plan.added, "green"), ("~", "changed", plan.changed, "yellow"), ("-", "removed", plan.removed, "red"))
    again = tuple(path for path in plan.repaired if live.damaged[path] == AGAIN)
    damaged = tuple(path for path in plan.repaired if live.damaged[path] != AGAIN)
    others = (("*", "damaged at the target, repaired", damaged, "yellow"), ("=", "sent again", again, ""))
    for symbol, word, paths, colour in (*rows, *others, ("!", "not wol's, replaced", plan.overwritten, "red")):
        if not paths:
            continue
        lines.append(f"  {style(f'{symbol} {len(paths):,} {word}', colour)}")
        limit = len(paths) if invocation.verbose else SHOWN
        lines += [f"      {printable(_named(path, plan, live))}" for path in paths[:limit]]
        lines += [style(f"      … and {len(paths) - limit:,} more; -v shows them all", dim=True)] if len(paths) > limit else []
    rest = [f"{plan.kept:,} as they are"] if plan.kept else []
    rest += [f"{counted(len(plan.carried), 'asset')} kept for pages of earlier releases"] if plan.carried else []
    rest += [f"{counted(len(plan.dropped), 'old asset')} dropped"] if plan.dropped else []
    rest += [f"{counted(len(live.foreign) - len(plan.overwritten), 'file')} of others stay there"] if live.foreign else []
    if not plan.is_empty:
        rest.insert(0, f"{byte_size(plan.size)} to publish")
    lines += [f"  {', '.join(rest)}"] if rest else []
    if deployment.others:
        names = ", ".join(deployment.others[:3]) + (" …" if len(deployment.others) > 3 else "")
        folder = deployment.context.config.build.output
        lines.append(f"  {counted(len(deployment.others), 'file')} in {folder}/ that wol did not write, not published: {printable(names)}")
    click.echo("\n".join(lines))


def _named(path: str, plan: DeployPlan, live: LiveState) -> str:
    """Name a file of a plan; of a damaged one, with what happened to it."""
    from wol.deploy.deploy_plan import AGAIN

    return f"{path} ({live.damaged[path]})" if path in plan.repaired and live.damaged[path] != AGAIN else path


def _show_done(deployment: Deployment, done: DeployResult, recorded: int, root: Path, invocation: Invocation) -> None:
    from wol.cli.commands.record import advise
    from wol.cli.formatting import counted
    from wol.cli.terminal import printable
    from wol.deploy.deploy_plan import AGAIN
    from wol.engine.last_build import listed

    if invocation.quiet:
        return
    if recorded:
        click.echo(f"Recorded {counted(recorded, 'URL')} in ledger/. Commit it.")
        advise(root, invocation)
    damaged = deployment.live.damaged
    repaired = [path for path in deployment.plan.repaired if damaged[path] != AGAIN] if done.release else []
    if repaired:
        click.echo(f"Repaired {counted(len(repaired), 'file')} damaged at the target: {printable(listed(repaired))}")
    what = f"Published {done.release} in {done.seconds:.2f} s" if done.release else "Nothing to publish: it is there already"
    click.echo(f"{what}: {deployment.context.config.site.base_url}/")
