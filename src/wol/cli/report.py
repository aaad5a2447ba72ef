"""Telling people on stderr what was found, and what should not have been."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from wol.cli.invocation import Session
from wol.cli.terminal import Ink, present, printable, tally
from wol.engine.source_lines import Lines
from wol.errors import Diagnostic


def tell(diagnostics: Sequence[Diagnostic], session: Session, root: Path | None) -> None:
    """Print findings to stderr, as many as the session wants to hear, and after errors how many there are."""
    shown = list(present(diagnostics, Lines(root), Ink(sys.stderr), quiet=session.quiet, verbose=session.verbose))
    if shown:
        click.echo("\n".join(shown), err=True, color=True)
    errors = [d for d in diagnostics if d.severity == "error"]
    if errors and len(diagnostics) > 1:
        click.echo(tally(errors if session.quiet else diagnostics), err=True)


def tell_defect(words: str, trace: str, session: Session, root: Path | None) -> None:
    """Say that wol is at fault, and keep the traceback for a report."""
    ink = Ink(sys.stderr)
    words = printable(" ".join(words.split()))[:500]
    click.echo(f"{ink('This is a defect of wol, not of your site', 'red', bold=True)}: {words}", err=True)
    if session.verbose:
        click.echo(trace, err=True)
    elif saved := _save(trace, root):
        click.echo(f"The details are in {saved}; please report them with it.", err=True)
    else:
        click.echo("Run the command again with -v to see the details, and please report them.", err=True)


def _save(trace: str, root: Path | None) -> str:
    """Write the traceback into the site's `.wol/`, or into the folder for temporary files; gives the path, or nothing."""
    import tempfile

    from wol import digest, fsio

    data = trace.encode("utf-8", "replace")
    name = f"wol-defect-{digest.short(digest.of_bytes(data))}.txt"
    for folder in (*([root / ".wol"] if root is not None else []), Path(tempfile.gettempdir())):
        with contextlib.suppress(OSError):
            if not (folder / name).is_file():
                fsio.write_new(folder / name, data)
            return str(folder / name)
    return ""
