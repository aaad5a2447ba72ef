"""Reports on stderr: diagnostics of the site, and defects of wol."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from wol.cli.diagnostic_text import diagnostic_lines
from wol.cli.formatting import tally
from wol.cli.invocation import Invocation
from wol.cli.terminal import Styler, printable
from wol.engine.source_lines import SourceLines
from wol.errors import Diagnostic


def print_diagnostics(diagnostics: Sequence[Diagnostic], invocation: Invocation, root: Path | None) -> None:
    """Print diagnostics, as many as this run asks for, and after errors their number."""
    shown = list(diagnostic_lines(diagnostics, SourceLines(root), Styler(sys.stderr), quiet=invocation.quiet, verbose=invocation.verbose))
    if shown:
        click.echo("\n".join(shown), err=True, color=True)
    errors = [d for d in diagnostics if d.severity == "error"]
    if errors and len(diagnostics) > 1:
        click.echo(tally(errors if invocation.quiet else diagnostics), err=True)


def print_defect(words: str, trace: str, invocation: Invocation, root: Path | None) -> None:
    """Print that wol is at fault, and save the traceback for a bug report."""
    style = Styler(sys.stderr)
    words = printable(" ".join(words.split()))[:500]
    click.echo(f"{style('This is a defect of wol, not of your site', 'red', bold=True)}: {words}", err=True)
    if invocation.verbose:
        click.echo(trace, err=True)
    elif saved := _save(trace, root):
        click.echo(f"The details are in {saved}; please report them with it.", err=True)
    else:
        click.echo("Run the command again with -v to see the details, and please report them.", err=True)


def _save(trace: str, root: Path | None) -> str:
    """Write the traceback into the site's `.wol/`, or into the folder for temporary files; returns its path, or an empty text."""
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
