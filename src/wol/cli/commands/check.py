"""`wol check`: whether the built site is fit to be published."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wol.cli.invocation import CoreCommand, Invocation, invocation_of

if TYPE_CHECKING:
    from wol.check import Checked

EPILOG = """\b
Examples:
  wol build && wol check           before you publish
  wol check --strict               no warning passes
  wol check --external             links to other sites too
  wol check --format github        marks the lines in a pull request
"""


@click.command("check", cls=CoreCommand, short_help="Check the built site before it is published.", epilog=EPILOG)
@click.option("--external", is_flag=True, help="Follow links to other sites too; warnings only.")
@click.option("--strict", is_flag=True, help="Warnings are errors.")
@click.option("--jobs", type=click.IntRange(0, 256), metavar="N", help="Processes to use; 0: as many as help.")
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", help="How to report.", show_default=True)
@click.pass_context
def check_command(context: click.Context, external: bool, strict: bool, jobs: int | None, form: str) -> int:
    """Check the built site before it is published: links, pages, feeds, sitemap, and that nothing unpublished shows. It builds nothing."""
    from wol.errors import WolError

    invocation = invocation_of(context)
    root: Path | None = None
    try:
        root = invocation.root()
        checked = _check(root, invocation, jobs=jobs, external=external)
    except WolError as error:
        if form == "text":
            raise
        _print_refusal(error, form, root)
        return 1
    if strict:
        import msgspec

        from wol.engine.build_report import hardened

        checked = msgspec.structs.replace(checked, diagnostics=hardened(checked.diagnostics))
    if form == "json":
        _print_json(checked, root)
    elif form == "github":
        _print_github(checked.diagnostics, root)
    else:
        _print_text(checked, invocation, root)
    return 1 if checked.errors else 0


def _check(root: Path, invocation: Invocation, *, jobs: int | None, external: bool) -> Checked:
    from wol.check import check
    from wol.cli.terminal import is_terminal
    from wol.features import registry

    ask = None
    if external:
        from wol.check.external import link_checker
        from wol.engine.workspace import records

        ask = link_checker(records(root))
    if invocation.quiet or not is_terminal(sys.stderr):
        return check(root, registry.load, jobs=jobs, ask=ask)
    from wol.cli.progress_bar import ProgressBar

    progress_bar = ProgressBar(sys.stderr)
    try:
        return check(root, registry.load, jobs=jobs, ask=ask, progress=progress_bar)
    finally:
        progress_bar.clear()


def _print_refusal(error: Any, form: str, root: Path | None) -> None:
    from wol.cli.json_output import diagnostics_data, print_json

    if form == "github":
        _print_github(error.diagnostics, root)
    else:
        print_json({"ok": False, "pages": 0, "files": 0, "seconds": 0.0, "diagnostics": diagnostics_data(error.diagnostics, root)})


def _print_json(checked: Checked, root: Path) -> None:
    from wol.cli.json_output import diagnostics_data, print_json

    print_json(
        {
            "ok": not checked.errors,
            "pages": checked.pages,
            "files": checked.files,
            "seconds": round(checked.seconds, 3),
            "diagnostics": diagnostics_data(checked.diagnostics, root),
        }
    )


def _print_github(diagnostics: Any, root: Path | None) -> None:
    from wol.cli.github_annotations import commands

    click.echo("".join(f"{line}\n" for line in commands(diagnostics, root)), nl=False)


def _print_text(checked: Checked, invocation: Invocation, root: Path) -> None:
    from wol.cli.formatting import counted, tally
    from wol.cli.report import print_diagnostics

    if checked.diagnostics:
        print_diagnostics(checked.diagnostics, invocation, root)
    if not invocation.quiet:
        verdict = tally(checked.diagnostics) or "nothing found"
        click.echo(f"{counted(checked.pages, 'page')} checked, {checked.seconds:.2f} s: {verdict}")
