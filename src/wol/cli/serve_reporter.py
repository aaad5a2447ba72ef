"""What `wol serve` prints: the address of the preview, then what `wol watch` prints."""

from __future__ import annotations

import sys
import threading
import traceback
from pathlib import Path

import click

from wol.cli.invocation import Invocation
from wol.cli.report import print_defect
from wol.cli.terminal import Styler, printable
from wol.cli.watch_reporter import WatchReporter
from wol.serve.running import PreviewAddress


class ServeReporter(WatchReporter):
    """Prints where the preview is, and opens the browser if asked to (`wol.serve.running.ServeListener`)."""

    def __init__(self, invocation: Invocation, root: Path, *, opens: bool = False) -> None:
        super().__init__(invocation, root)
        self._opens = opens
        self._traces: set[str] = set()

    def serving(self, address: PreviewAddress) -> None:
        style = Styler(sys.stdout)
        if address.wanted not in (0, address.port):
            click.echo(f"Port {address.wanted} is taken; {address.port} is the next one that is free.", err=True)
        if address.outside:
            warning = Styler(sys.stderr)("Other machines in your network can see this site too", "yellow")
            click.echo(f"{warning}: {printable(address.outside)}", err=True)
        if not self._invocation.quiet:
            click.echo(f"{style(printable(address.url), 'cyan', bold=True)}  Ctrl-C ends it.")
            sys.stdout.flush()
        if self._opens:
            threading.Thread(target=_open, args=(address.url,), daemon=True).start()  # some browsers let their caller wait

    def defect(self, error: Exception) -> None:
        trace = "".join(traceback.format_exception(error))
        if trace not in self._traces:
            self._traces.add(trace)
            print_defect(f"{type(error).__name__}: {error}", trace, self._invocation, self._root)

    def crowded(self, capacity: int) -> None:
        message = (
            f"There are {capacity} connections to the preview, as many as it can have; others get an error until some windows are closed."
        )
        click.echo(message, err=True)

    def _begin(self) -> None:
        """Print nothing more: the address came with how to stop."""
        self._first = False


def _open(url: str) -> None:
    import webbrowser

    webbrowser.open(url)
