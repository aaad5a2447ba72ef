"""The report stage: what a build did, or that its warnings count as errors."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from wol import clock
from wol.engine.build_run import BuildRun
from wol.engine.state import Facts
from wol.errors import Diagnostic, WolError
from wol.model.target import BuildReport, Outcome, Reason


def report(
    run: BuildRun,
    facts: Facts,
    reasons: Mapping[str, Reason],
    written: Collection[str],
    removed: Sequence[str],
    left_over: tuple[Diagnostic, ...],
    unnoticed: tuple[str, ...] = (),
) -> BuildReport:
    """Return the report of a build, with warnings of files that are `left_over`; raises WolError if warnings count as errors."""
    setup = run.setup
    diagnostics = (*facts.diagnostics, *left_over)
    if setup.request.strict and diagnostics:
        raise WolError(hardened(diagnostics))
    return BuildReport(
        output=str(setup.place.output),
        profile=setup.request.visibility.profile,
        pages=facts.pages,
        targets=facts.targets,
        outcomes=tuple(Outcome(path, reason, path in written) for path, reason in reasons.items()),
        removed=tuple(removed),
        diagnostics=diagnostics,
        next_change=facts.next_change,
        seconds=clock.elapsed() - run.started,
        unnoticed=unnoticed,
    )


def once(diagnostics: Iterable[Diagnostic]) -> Iterable[Diagnostic]:
    """Keep one of equal findings: a template's fault is reported once, with the first page that showed it, not once for each page."""
    first: dict[Diagnostic, Diagnostic] = {}
    for finding in diagnostics:
        first.setdefault(Diagnostic(finding.code, finding.severity, finding.message, finding.span), finding)
    return first.values()


def hardened(diagnostics: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Turn warnings into errors, for `--strict`."""
    return tuple(msgspec.structs.replace(d, severity="error") for d in diagnostics)
