"""What `wol serve` says: where the site is, and then what `wol watch` says."""

from __future__ import annotations

import sys
import threading
import traceback
from pathlib import Path

import click

from wol.cli.invocation import Session
from wol.cli.report import tell_defect
from wol.cli.terminal import Ink, printable
from wol.cli.watch_reporter import Told
from wol.serve.running import Address


class Serving(Told):
    """Prints where the preview is, and opens the browser if asked to (`wol.serve.running.Voice`)."""

    def __init__(self, session: Session, root: Path, *, opens: bool = False) -> None:
        super().__init__(session, root)
        self._opens = opens
        self._traces: set[str] = set()

    def serving(self, address: Address) -> None:
        ink = Ink(sys.stdout)
        if address.wanted not in (0, address.port):
            click.echo(f"Port {address.wanted} is taken; {address.port} is the next one that is free.", err=True)
        if address.outside:
            warning = Ink(sys.stderr)("Other machines in your network can see this site too", "yellow")
            click.echo(f"{warning}: {printable(address.outside)}", err=True)
        if not self._session.quiet:
            click.echo(f"{ink(printable(address.url), 'cyan', bold=True)}  Ctrl-C ends it.")
            sys.stdout.flush()
        if self._opens:
            threading.Thread(target=_open, args=(address.url,), daemon=True).start()  # some browsers let their caller wait

    def defect(self, error: Exception) -> None:
        trace = "".join(traceback.format_exception(error))
        if trace not in self._traces:
            self._traces.add(trace)
            tell_defect(f"{type(error).__name__}: {error}", trace, self._session, self._root)

    def _begin(self) -> None:
        """How it ends was said with the address."""
        self._first = False


def _open(url: str) -> None:
    import webbrowser

    webbrowser.open(url)
