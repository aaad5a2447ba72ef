"""`wol serve`: the site in a browser, live."""

from __future__ import annotations

import signal
from typing import Any

import click

from wol.cli.invocation import CoreCommand, invocation_of

EPILOG = """\b
Examples:
  wol serve --open                    in the browser, with drafts and scheduled posts
  wol serve --no-drafts --no-future   as readers will see it
  wol serve --host 0.0.0.0            for a phone in the same network
  wol serve --poll                    on a network drive, where the system tells of no changes
"""


@click.command("serve", cls=CoreCommand, short_help="Show the site in a browser, live.", epilog=EPILOG)
@click.option("--host", default="127.0.0.1", metavar="HOST", show_default=True, help="Where to listen; 0.0.0.0: for other machines too.")
@click.option("--port", type=click.IntRange(0, 65535), metavar="N", help="The port to begin with, else that of site.toml or 8000; 0: any.")
@click.option("--open", "opens", is_flag=True, help="Open the browser.")
@click.option("--drafts/--no-drafts", default=True, show_default=True, help="Show drafts.")
@click.option("--future/--no-future", default=True, show_default=True, help="Show scheduled items.")
@click.option("--poll", is_flag=True, help="Look at all files once a second instead of waiting for events.")
@click.option("--base-url", metavar="URL", help="Where the preview is seen, if not at its host and port.")
@click.pass_context
def serve_command(context: click.Context, /, *, opens: bool, base_url: str | None, **options: Any) -> None:
    """Show the site in a browser, with drafts and scheduled posts: what is saved is there at once, and errors are shown. Ctrl-C ends it."""
    import asyncio

    from wol.cli.option_values import base_url_value
    from wol.cli.serve_reporter import ServeReporter
    from wol.serve.running import Options, serve

    invocation = invocation_of(context)
    root = invocation.root()
    asked = Options(base_url=base_url_value(base_url) if base_url is not None else None, **options)
    ended_by = asyncio.run(serve(root, asked, ServeReporter(invocation, root, opens=opens)))
    signal.raise_signal(ended_by)  # what ends any other command is told the same way
