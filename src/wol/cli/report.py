"""Telling people on stderr what was found."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from wol.cli.options import Session
from wol.cli.show import Ink, Lines, present, tally
from wol.errors import Diagnostic


def tell(diagnostics: Sequence[Diagnostic], session: Session, root: Path | None) -> None:
    """Print findings to stderr, as many as the session wants to hear, and after errors how many there are."""
    shown = list(present(diagnostics, Lines(root), Ink(sys.stderr), quiet=session.quiet, verbose=session.verbose))
    if shown:
        click.echo("\n".join(shown), err=True, color=True)
    errors = [d for d in diagnostics if d.severity == "error"]
    if errors and len(diagnostics) > 1:
        click.echo(tally(errors if session.quiet else diagnostics), err=True)
