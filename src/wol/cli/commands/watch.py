"""`wol watch`: bring the site up to date, again on each change."""

from __future__ import annotations

from pathlib import Path

import click

from wol.cli.invocation import CoreCommand, Invocation, invocation_of

EPILOG = """\b
Examples:
  wol watch          build into public/ whenever something is saved; Ctrl-C ends it
  wol watch --poll   the same on a network drive, or in a container whose folders are those of another machine
"""


@click.command("watch", cls=CoreCommand, short_help="Bring the site up to date on each change.", epilog=EPILOG)
@click.option("--poll", is_flag=True, help="Look at all files once a second, where the system tells of no changes.")
@click.pass_context
def watch_command(context: click.Context, /, *, poll: bool) -> None:
    """Bring the site up to date as `wol build` does, and again whenever a text, the theme or a setting is saved. An error changes nothing; the next good save goes on."""
    import asyncio

    invocation = invocation_of(context)
    asyncio.run(_watch(invocation.root(), invocation, poll=poll))


async def _watch(root: Path, invocation: Invocation, *, poll: bool) -> None:
    from wol.cli.watch_reporter import WatchReporter
    from wol.watch.events import ChangeMonitor
    from wol.watch.loop import follow
    from wol.watch.messages import Build
    from wol.watch.supervisor import Supervisor

    reporter = WatchReporter(invocation, root)
    supervisor = Supervisor(reporter)
    try:
        await supervisor.start()
        monitor = ChangeMonitor(root, reporter.noticed, poll=poll)
        try:
            await follow(supervisor, monitor, reporter, lambda: Build(str(root)))
        finally:
            monitor.close()
    finally:
        await supervisor.stop()
