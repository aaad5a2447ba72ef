"""`wol build`: bring the site up to date."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wol.cli.invocation import CoreCommand, Invocation, current_folder, invocation_of

if TYPE_CHECKING:
    from wol.engine.request import BuildRequest
    from wol.engine.timings import Timings
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


@click.command("build", cls=CoreCommand, short_help="Bring the site up to date.", epilog=EPILOG)
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
    from wol.errors import WolError

    invocation = invocation_of(context)
    form, explain = options.pop("form"), options.pop("explain")
    if options.pop("profile"):
        from wol.engine.timings import Timings

        options["timings"] = Timings()
    started = clock.elapsed()
    root: Path | None = None
    try:
        root = invocation.root()
        report = _build(_request(root, options), invocation)
    except WolError as error:
        if form == "text":
            raise
        from wol.cli.json_output import diagnostics_data, print_json

        nothing = {"ok": False, "pages": 0, "targets": 0, "rendered": 0, "written": 0, "removed": 0}
        seconds = round(clock.elapsed() - started, 3)
        print_json({**nothing, "seconds": seconds, "diagnostics": diagnostics_data(error.diagnostics, root)})
        return 1
    if form == "json":
        _print_json(report, root, explain=explain, timings=options.get("timings"))
    else:
        _print_text(report, invocation, root, explain=explain, verify=options["verify"], timings=options.get("timings"))
    return 1 if report.errors else 0


def _request(root: Path, options: dict[str, Any]) -> BuildRequest:
    from wol.cli.option_values import base_url_value, date_value
    from wol.engine.request import BuildRequest

    if options["output"] is not None:
        options["output"] = current_folder() / options["output"]
    if options["base_url"] is not None:
        options["base_url"] = base_url_value(options["base_url"])
    if options["at"] is not None:
        from wol.config.load import site_zone

        options["at"] = date_value(options["at"], site_zone(root), "--at").moment.instant
    return BuildRequest(root, **options)


def _build(request: BuildRequest, invocation: Invocation) -> BuildReport:
    from wol.cli.terminal import is_terminal
    from wol.engine.pipeline import build
    from wol.features import registry

    if invocation.quiet or not is_terminal(sys.stderr):
        return build(request, registry.load)
    import msgspec

    from wol.cli.progress_bar import ProgressBar

    progress_bar = ProgressBar(sys.stderr)
    try:
        return build(msgspec.structs.replace(request, progress=progress_bar), registry.load)
    finally:
        progress_bar.clear()


def _print_json(report: BuildReport, root: Path, *, explain: bool, timings: Timings | None) -> None:
    from wol.cli.json_output import diagnostics_data, print_json

    report_data: dict[str, Any] = {
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
        "diagnostics": diagnostics_data(report.diagnostics, root),
    }
    if report.unnoticed:
        report_data["unnoticed"] = list(report.unnoticed)
    if explain:
        report_data["outcomes"] = [
            {"path": o.path, "reason": o.reason.code, "detail": o.reason.detail, "written": o.written} for o in report.outcomes
        ]
        report_data["removals"] = list(report.removed)
    if timings is not None:
        from wol.cli import profile_report

        report_data["timings"] = profile_report.data(timings, report.seconds)
    print_json(report_data)


def _print_text(report: BuildReport, invocation: Invocation, root: Path, *, explain: bool, verify: bool, timings: Timings | None) -> None:
    from wol.cli.formatting import diagnostic_counts, local_time, page_count, work_summary
    from wol.cli.terminal import printable

    if report.diagnostics:
        from wol.cli.report import print_diagnostics

        print_diagnostics(report.diagnostics, invocation, root)
    lines: list[str] = []
    if explain or invocation.verbose:
        lines += [f"{outcome.path}: {outcome.reason}" for outcome in report.outcomes if explain or outcome.written]
        lines += [f"{path}: removed" for path in report.removed]
    if timings is not None:
        from wol.cli import profile_report

        lines += profile_report.lines(timings, report.seconds)
    if invocation.quiet and not explain and timings is None:
        return
    if report.next_change is not None:
        lines.append(f"Something appears or expires at {local_time(report.next_change, root)}: build again then.")
    work = work_summary(report.rendered, report.written, len(report.removed))
    if report.unnoticed:
        from wol.engine.last_build import listed

        lines.append(f"The file system does not show that {listed(report.unnoticed)} changed: only `--verify` notices that.")
    verified = ", verified" if verify else ""
    lines.append(
        f"{page_count(report.pages, report.output)}: {work}{verified}, {report.seconds:.2f} s{diagnostic_counts(report.diagnostics)}"
    )
    click.echo("\n".join(printable(line) for line in lines))


def _iso(instant: int) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(instant // 1_000_000, UTC).isoformat().replace("+00:00", "Z")
