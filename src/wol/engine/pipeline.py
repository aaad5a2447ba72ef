"""The one way from sources to a site, for every profile and every command: prepare, open, scan, read to plan, decide, render, record, search
for leaks, commit, report.

`_run` is the table of contents: each stage is one function below it, in order, and its work is in the module that it calls.
"""

from __future__ import annotations

import contextlib
from collections.abc import Container, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from wol import clock, digest, fsio
from wol.engine import opening, scanning
from wol.engine.build_report import once, report
from wol.engine.build_run import BuildRun, forget
from wol.engine.cache_files import CorruptCacheError
from wol.engine.memory import SessionMemory
from wol.engine.output import commit, ownership
from wol.engine.output.commit import Journal
from wol.engine.output.ownership import left_over
from wol.engine.prepare import LoadFeatures, Setup, prepare
from wol.engine.request import BuildRequest
from wol.engine.scanning import ScannedFiles, is_right
from wol.engine.state import Facts, Inputs
from wol.engine.workspace import portable
from wol.errors import Diagnostic, WolError
from wol.model.target import BuildReport, Reason

if TYPE_CHECKING:  # what a build with nothing to do does without is imported where it is used
    from wol.engine.assembling import Assembly
    from wol.engine.decide import Decision
    from wol.engine.rendering import Rendering
    from wol.engine.traces import BuildTraces
    from wol.engine.unpublished.release_check import ReleaseCheck


class UnfaithfulBuildError(Exception):
    """`--verify` found outputs that an incremental build would have kept, and a build from nothing makes otherwise: a defect of wol."""


class PreparedBuild(msgspec.Struct):
    """A build as far as it needs to know nothing of the output; the pages that somebody is viewing are rendered."""

    assembly: Assembly
    before: BuildTraces
    outdated: Mapping[str, Reason]
    rendering: Rendering


def build(request: BuildRequest, load_features: LoadFeatures, memory: SessionMemory | None = None) -> BuildReport:
    """Bring the output up to date; equal to a build from nothing, byte for byte. `memory` is what a session keeps between builds.

    Raises WolError with all errors in sources, UnfaithfulBuildError, and OutdatedProcessError in a session whose code has changed; nothing of the
    output has changed then.
    """
    started = clock.elapsed()
    opening.recover(request.root)
    with request.timings.stage("prepare"):
        setup = prepare(request, load_features, memory.loaded if memory is not None else None)
    memory = memory or SessionMemory()
    with opening.open_site(setup.place, give_up=request.clean):
        if request.clean:
            forget(setup, memory)
        try:
            return _run(BuildRun(setup, memory, started))
        except CorruptCacheError:
            forget(setup, memory)
            return _run(BuildRun(setup, memory, started))


def _run(run: BuildRun) -> BuildReport:
    """Run the stages in order; a build with nothing to do ends after the scan."""
    with run.closing():
        viewed = _scan_viewed(run)
        ahead = _prepare_viewed(run, viewed)
        scanned = _scan(run)
        if _is_done(run, scanned):
            return _report_nothing(run, scanned)
        prepared = ahead if ahead is not None and viewed is not None and is_right(viewed, scanned) else _prepare(run, scanned)
        decision = _render(run, prepared, _decide(run, scanned, prepared))
        traces = _record(run, prepared, decision)
        leaks = _search_for_leaks(run, scanned, prepared, traces)
        facts = _facts(prepared.assembly, traces)
        left = _left_over(run.setup, prepared.assembly.plan.raws.keys() | decision.removals)
        if not (run.setup.request.strict and (facts.diagnostics or left)):
            _commit(run, scanned, prepared, decision, traces, facts, leaks)
        written = prepared.rendering.staged.keys()
        return report(run, facts, decision.rendered, written, decision.removals, left, decision.unnoticed)


def _scan_viewed(run: BuildRun) -> ScannedFiles | None:
    """Look only at the texts that somebody is viewing, in a session that knows what they were."""
    before = run.memory.scanned(run.state_file, run.state)
    if run.setup.request.ahead is None or before is None:
        return None
    with run.setup.request.timings.stage("glance"):
        return scanning.quick_scan(run.setup, run.state, before, tuple(run.setup.request.ahead.wanted()))


def _prepare_viewed(run: BuildRun, viewed: ScannedFiles | None) -> PreparedBuild | None:
    """Prepare the build, and render the pages that somebody is viewing, before the scan."""
    if viewed is not None and not run.stage.whole:
        with contextlib.suppress(WolError, OSError):  # the scan tells what is wrong
            return _prepare(run, viewed)
    return None


def _scan(run: BuildRun) -> ScannedFiles:
    """Look at every file of the input."""
    with run.setup.request.timings.stage("scan"):
        return scanning.scan_files(run.setup, run.state, fsio.clock(run.setup.place.cache))


def _is_done(run: BuildRun, scanned: ScannedFiles) -> bool:
    """Whether there is nothing to do."""
    return not run.setup.request.verify and scanning.unchanged(run.setup, run.state, scanned) and run.output.is_as_left


def _report_nothing(run: BuildRun, scanned: ScannedFiles) -> BuildReport:
    """Report that nothing was done."""
    run.memory.keep_state(run.state_file, run.state, scanned)
    return report(run, run.state.facts, {}, frozenset(), (), _left_over(run.setup, run.state.outputs))


def _prepare(run: BuildRun, scanned: ScannedFiles) -> PreparedBuild:
    """Read the sources, assemble the site, plan its files, decide what to render whatever the output looks like, and render what is viewed."""
    from wol.engine import outdated
    from wol.engine.assembling import assemble_site
    from wol.engine.rendering import Rendering
    from wol.engine.site_sources import read_site
    from wol.engine.traces import BuildTraces

    request = run.setup.request
    run.read_keys = ()
    store, stage = run.store, run.stage
    sources = read_site(run.setup, run.state, store, scanned)
    assembly = assemble_site(run.setup, run.state, store, sources, str(stage.folder), run.memory)
    before = BuildTraces.of(run.state)
    rendering = Rendering(
        assembly.context,
        assembly.plan,
        before.index,
        run.numbers,
        whole=stage.whole,
        ahead=request.ahead,
        progress=request.progress,
        timings=request.timings,
    )
    with request.timings.stage("decide"):
        reasons = outdated.outdated(assembly.plan, before, assembly.changed)
    with request.timings.stage("ahead"):
        rendering.first(reasons.keys() - assembly.plan.last, run.output.digest)
    run.read_keys = tuple(assembly.values["read_keys"].values())
    return PreparedBuild(assembly, before, reasons, rendering)


def _decide(run: BuildRun, scanned: ScannedFiles, prepared: PreparedBuild) -> Decision:
    """Compare the plan with the output: what to render, what to remove, and what wol may touch."""
    from wol.engine.decide import decide

    with run.setup.request.timings.stage("decide"):
        return decide(run, scanned, prepared.assembly.plan, prepared.before, prepared.outdated)


def _render(run: BuildRun, prepared: PreparedBuild, decision: Decision) -> Decision:
    """Render the outdated targets, then those that are made of other artifacts; return the decision with the reasons of these."""
    from wol.engine import outdated

    setup, plan, before, rendering = run.setup, prepared.assembly.plan, prepared.before, prepared.rendering
    with setup.request.timings.stage("render"):
        holes = {} if setup.request.verify else outdated.to_refill(decision.reasons, before)
        rendering.rest(decision.rendered.keys() - plan.last, decision.good, holes, setup.jobs, setup.remote)
        digests = {path: done.digest for path, (done, _) in rendering.results.items()}
        last = outdated.outdated_last(plan, before, decision.rendered, digests, (*plan.removed(), *decision.removals))
        rendering.last(last, decision.good)
    return msgspec.structs.replace(decision, reasons={**decision.reasons, **last}, rendered={**decision.rendered, **last})


def _record(run: BuildRun, prepared: PreparedBuild, decision: Decision) -> BuildTraces:
    """Return the traces of this build; raises WolError for errors of rendering, and UnfaithfulBuildError."""
    rendering = prepared.rendering
    with run.setup.request.timings.stage("record"):
        traces = prepared.before.after(prepared.assembly.plan, rendering.results, run.output.touched, decision.removals)
    diagnostics = tuple(traces.diagnostics())
    if any(d.severity == "error" for d in diagnostics):
        raise WolError((*prepared.assembly.diagnostics, *once(diagnostics)))
    wrong = [path for path in rendering.staged if path not in decision.reasons]
    if wrong:
        raise UnfaithfulBuildError(f"{len(wrong)} outputs differ from what a build from nothing makes: {', '.join(sorted(wrong)[:10])}")
    return traces


def _search_for_leaks(run: BuildRun, scanned: ScannedFiles, prepared: PreparedBuild, traces: BuildTraces) -> ReleaseCheck | None:
    """Search what was rendered for a release; a preview, and a site that hides nothing, have nothing to leak. Raises WolError (leak-found)."""
    if run.setup.request.visibility.profile != "release" or not prepared.assembly.values["arranged"].hidden:
        return None
    from wol.engine.unpublished.release_check import check_release

    with run.setup.request.timings.stage("leaks"):
        leaks = check_release(run.setup, run.state, scanned, prepared.assembly, prepared.rendering, traces, str(run.stage.folder))
    if leaks.errors:
        raise WolError((*prepared.assembly.diagnostics, *once(traces.diagnostics()), *leaks.errors))
    return leaks


def _facts(assembly: Assembly, traces: BuildTraces) -> Facts:
    """Return what a report says of the site, also when nothing is done."""
    pages = sum(path.endswith(".html") for path in assembly.plan)
    return Facts(pages, len(assembly.plan), (*assembly.diagnostics, *traces.diagnostics()), assembly.next_change)


def _commit(
    run: BuildRun,
    scanned: ScannedFiles,
    prepared: PreparedBuild,
    decision: Decision,
    traces: BuildTraces,
    facts: Facts,
    leaks: ReleaseCheck | None,
) -> None:
    """Put the staged files in place, with the state and the list of what wol owns."""
    setup, timings, staged = run.setup, run.setup.request.timings, prepared.rendering.staged
    output = portable(setup.place.cache, setup.place.output)
    written = {path: left.digest for path, left in traces.outputs.items()}
    list_of_owned = ownership.owned_after(output, decision.owned, written, decision.removals)
    with timings.stage("record"):
        values = _sections(run, scanned, prepared.assembly, traces, facts) | {"owned": digest.of_bytes(list_of_owned)}
        kept = prepared.assembly.kept
        if leaks is not None:
            values |= leaks.values
            kept = [*kept, *leaks.kept]
        after = run.state.after(values, kept)
    with timings.stage("commit"):
        journal = Journal(
            output=output,
            stage=portable(setup.place.cache, run.stage.folder),
            whole=run.stage.whole and bool(staged),
            places=tuple((name, path) for path, name in staged.items()),
            removals=decision.removals,
        )
        commit.commit(setup.place.state, journal, after.pieces(), list_of_owned)
        run.memory.keep_state(run.state_file, after, scanned)


def _sections(run: BuildRun, scanned: ScannedFiles, assembly: Assembly, traces: BuildTraces, facts: Facts) -> dict[str, Any]:
    """Return the new sections of the state."""
    setup = run.setup
    return {
        **assembly.values,
        **traces.sections(),
        "inputs": Inputs(setup.toolchain, setup.config_digest, setup.options, setup.now, assembly.until),
        "facts": facts,
        "sources": scanned.scan.sources,
        "young": scanned.scan.young,
        f"found {scanning.SCAN}": scanned.scan.diagnostics,
    }


def _left_over(setup: Setup, ours: Container[str]) -> tuple[Diagnostic, ...]:
    """Warn of files that are left over, where `--adopt` was asked for."""
    is_asked = setup.request.adopt and setup.request.visibility.profile != "preview"
    return left_over(setup.place.output, ours) if is_asked else ()
