"""`wol build`: bring the site up to date."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wol.cli.invocation import Command, Session, here, near, session_of

if TYPE_CHECKING:
    from wol.engine.request import BuildRequest
    from wol.engine.timings import Timings
    from wol.errors import Diagnostic
    from wol.model.target import BuildReport

EPILOG = """\b
Examples:
  wol build                        what has changed, into public/
  wol build --drafts --future      with drafts and scheduled posts, into .wol/drafts/
  wol build --at 2026-12-24        as it would be that day
  wol build --strict               no warning passes
  wol build --explain              why each file was made again
  wol build --clean --profile      where the time goes

Dates are written as in front matter: 2026-11-20, 2026-11-20 14:05, with an offset if you like.
"""


@click.command("build", cls=Command, short_help="Bring the site up to date.", epilog=EPILOG)
@click.option("--output", type=click.Path(path_type=Path), metavar="DIR", help="Write to this folder instead of public/.")
@click.option("--base-url", metavar="URL", help="Where this build will be published, instead of what site.toml says.")
@click.option("--drafts", is_flag=True, help="Show drafts too; goes to .wol/drafts/.")
@click.option("--future", is_flag=True, help="Show scheduled items too; goes to .wol/drafts/.")
@click.option("--at", metavar="TIME", help="Build as if it were this moment, in the site's time zone.")
@click.option("--jobs", type=click.IntRange(0, 256), metavar="N", help="Processes to use; 0: as many as help.")
@click.option("--strict", is_flag=True, help="Warnings are errors.")
@click.option("--clean", is_flag=True, help="Forget the caches first.")
@click.option("--adopt", is_flag=True, help="Take over planned files in an output that wol did not write.")
@click.option("--explain", is_flag=True, help="Say why each file was made.")
@click.option("--profile", is_flag=True, help="Say where the time went: stages, pages, templates, features.")
@click.option("--verify", is_flag=True, help="Make everything, and compare with what is there.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to report.", show_default=True)
@click.pass_context
def build_command(context: click.Context, /, **options: Any) -> int:
    """Bring the site up to date: makes what has changed, and removes what is not planned any more. An error changes nothing."""
    from wol import clock
    from wol.engine.execute import SELDOM
    from wol.errors import WolError

    gc.set_threshold(SELDOM)
    session = session_of(context)
    form, explain = options.pop("form"), options.pop("explain")
    if options.pop("profile"):
        from wol.engine.timings import Timings

        options["timings"] = Timings()
    started = clock.elapsed()
    root: Path | None = None
    try:
        root = session.root()
        report = _build(_request(root, options), session)
    except WolError as error:
        if form == "text":
            raise
        from wol.cli.terminal import as_data, print_json

        nothing = {"ok": False, "pages": 0, "targets": 0, "rendered": 0, "written": 0, "removed": 0}
        seconds = round(clock.elapsed() - started, 3)
        print_json({**nothing, "seconds": seconds, "diagnostics": [as_data(d) for d in error.diagnostics]})
        return 1
    if form == "json":
        _print_json(report, explain=explain, timings=options.get("timings"))
    else:
        _print_text(report, session, root, explain=explain, verify=options["verify"], timings=options.get("timings"))
    return 1 if report.errors else 0


def _request(root: Path, options: dict[str, Any]) -> BuildRequest:
    from wol.engine.request import BuildRequest

    if options["output"] is not None:
        options["output"] = here() / options["output"]
    if options["base_url"] is not None:
        options["base_url"] = address(options["base_url"])
    if options["at"] is not None:
        options["at"] = _moment(options["at"], root)
    return BuildRequest(root, **options)


def address(typed: str) -> str:
    """Read the value of `--base-url`; raises click.BadParameter."""
    from wol.config.addresses import base_url

    try:
        return base_url(typed)
    except ValueError as error:
        raise click.BadParameter(f"`{typed}` {error}.", param_hint="--base-url") from None


def _moment(typed: str, root: Path) -> int:
    from wol.config.load import site_zone
    from wol.content.dates import parse

    try:
        return parse(typed, site_zone(root)).moment.instant
    except ValueError as error:
        raise click.BadParameter(f'{error}; write it as 2026-11-20 or "2026-11-20 14:05".', param_hint="--at") from None


def _build(request: BuildRequest, session: Session) -> BuildReport:
    from wol.cli.terminal import terminal
    from wol.engine.pipeline import build
    from wol.features import registry

    if session.quiet or not terminal(sys.stderr):
        return build(request, registry.load)
    import msgspec

    from wol.cli.progress_bar import Meter

    meter = Meter(sys.stderr)
    try:
        return build(msgspec.structs.replace(request, progress=meter), registry.load)
    finally:
        meter.clear()


def _print_json(report: BuildReport, *, explain: bool, timings: Timings | None) -> None:
    from wol.cli.terminal import as_data, print_json

    found: dict[str, Any] = {
        "ok": not report.errors,
        "output": report.output,
        "profile": report.profile,
        "pages": report.pages,
        "targets": report.targets,
        "rendered": report.rendered,
        "written": report.written,
        "removed": len(report.removed),
        "seconds": round(report.seconds, 3),
        "next_change": _iso(report.next_change) if report.next_change is not None else None,
        "diagnostics": [as_data(d) for d in report.diagnostics],
    }
    if report.unnoticed:
        found["unnoticed"] = list(report.unnoticed)
    if explain:
        found["outcomes"] = [
            {"path": o.path, "reason": o.reason.code, "detail": o.reason.detail, "written": o.written} for o in report.outcomes
        ]
        found["removals"] = list(report.removed)
    if timings is not None:
        from wol.cli import profile_report

        found["timings"] = profile_report.data(timings, report.seconds)
    print_json(found)


def _print_text(report: BuildReport, session: Session, root: Path, *, explain: bool, verify: bool, timings: Timings | None) -> None:
    from wol.cli.terminal import printable

    if report.diagnostics:
        from wol.cli.report import tell

        tell(report.diagnostics, session, root)
    lines: list[str] = []
    if explain or session.verbose:
        lines += [f"{outcome.path}: {outcome.reason}" for outcome in report.outcomes if explain or outcome.written]
        lines += [f"{path}: removed" for path in report.removed]
    if timings is not None:
        from wol.cli import profile_report

        lines += profile_report.lines(timings, report.seconds)
    if session.quiet and not explain and timings is None:
        return
    if report.next_change is not None:
        lines.append(f"Something appears or expires at {local(report.next_change, root)}: build again then.")
    work = counts(report.rendered, report.written, len(report.removed))
    if report.unnoticed:
        from wol.engine.current import listed

        lines.append(f"The file system does not show that {listed(report.unnoticed)} changed: only `--verify` notices that.")
    verified = ", verified" if verify else ""
    lines.append(f"{pages_in(report.pages, report.output)}: {work}{verified}, {report.seconds:.2f} s{found(report.diagnostics)}")
    click.echo("\n".join(printable(line) for line in lines))


def pages_in(number: int, output: str) -> str:
    """Say how many pages there are, and where."""
    from wol.cli.terminal import counted

    return f"{counted(number, 'page')} in {near(output)}/"


def counts(rendered: int, written: int, removed: int) -> str:
    """Say what a build did, in numbers of files."""
    work = [f"{rendered:,} rendered", f"{written:,} written"] if rendered else []
    work += [f"{removed:,} removed"] if removed else []
    return ", ".join(work) if work else "nothing to do"


def found(diagnostics: Sequence[Diagnostic]) -> str:
    """Say how much is wrong, after what was done; nothing where nothing is."""
    from wol.cli.terminal import tally

    return f"; {tally(diagnostics)}" if diagnostics else ""


def local(instant: int, root: Path) -> str:
    """Give a moment for people, in the zone of the site."""
    from datetime import datetime

    from wol.config.load import site_zone

    zone = site_zone(root)
    return f"{datetime.fromtimestamp(instant // 1_000_000, zone):%Y-%m-%d %H:%M} ({zone.key})"


def _iso(instant: int) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(instant // 1_000_000, UTC).isoformat().replace("+00:00", "Z")
