"""The one way from sources to a site, for every profile and every command: scan, read, assemble, plan, decide, render, search for leaks, commit."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from itertools import count
from typing import TYPE_CHECKING

import msgspec

from wol import clock, digest, fsio
from wol.engine import commit, decide, opening, ownership, taking
from wol.engine.begun import Begun, begin
from wol.engine.commit import Journal
from wol.engine.glance import glance, is_right
from wol.engine.manifest import Manifest
from wol.engine.memory import Memory
from wol.engine.output import OutputState
from wol.engine.ownership import claim, left_over, refuse_obstacles
from wol.engine.prepare import LoadFeatures, Setup, prepare
from wol.engine.records import portable
from wol.engine.request import BuildRequest
from wol.engine.sealed import CorruptCacheError
from wol.engine.staging import Staging, staging
from wol.engine.state import Facts, Inputs, Output, State
from wol.engine.taking import Taken
from wol.errors import Diagnostic, WolError
from wol.model.target import BuildReport, Outcome, Reason
from wol.write_errors import write_failed

if TYPE_CHECKING:
    from wol.engine.release_check import ReleaseCheck


class UnfaithfulBuildError(Exception):
    """`--verify` found outputs that an incremental build would have kept, and a build from nothing makes otherwise: a defect of wol."""


def build(request: BuildRequest, load_features: LoadFeatures, memory: Memory | None = None) -> BuildReport:
    """Bring the output up to date; equal to a build from nothing, byte for byte. `memory` is what a session keeps between builds.

    Raises WolError with all errors that were found, UnfaithfulBuildError, and OutdatedProcessError in a session whose code is another by now; nothing
    of the output has changed then.
    """
    started = clock.elapsed()
    opening.settle(request.root)
    with request.timings.stage("prepare"):
        setup = prepare(request, load_features, memory.loaded if memory is not None else None)
    memory = memory or Memory()
    with opening.opened(setup.place, give_up=request.clean):
        if request.clean:
            forget(setup, memory)
        try:
            return _build(setup, memory, started)
        except CorruptCacheError:
            forget(setup, memory)
            return _build(setup, memory, started)


def forget(setup: Setup, memory: Memory) -> None:
    """Drop the caches; what wol owns is not forgotten."""
    memory.forget()
    fsio.remove_tree(setup.place.store)
    fsio.remove(setup.place.state / "state")


def _build(setup: Setup, memory: Memory, started: float) -> BuildReport:
    timings = setup.request.timings
    with timings.stage("open"):
        state = memory.state(setup.place.state / "state").of_toolchain(setup.toolchain)
    output = OutputState(setup.place, state, verify=setup.request.verify)
    seen = _glance(setup, state, memory)
    if seen is None:
        taken = _take(setup, state)
        if _is_done(setup, state, taken, output):
            return _nothing(setup, memory, started, state, taken)
    store = memory.store(setup.place.store, setup.toolchain)
    stage = staging(setup.place)
    numbers = count()
    begun: Begun | None = None
    try:
        if seen is not None:
            if not stage.whole:
                with contextlib.suppress(WolError, OSError):  # the scan tells what is wrong
                    begun = begin(setup, state, store, seen, output, stage, numbers, memory)
            taken = _take(setup, state)
            if _is_done(setup, state, taken, output):
                return _nothing(setup, memory, started, state, taken)
        if begun is None or seen is None or not is_right(seen, taken):
            begun = None
            begun = begin(setup, state, store, taken, output, stage, numbers, memory)
        return _rest(setup, memory, started, state, taken, output, stage, begun)
    except OSError as error:
        raise WolError(write_failed(error)) from error
    finally:
        with contextlib.suppress(OSError), timings.stage("store"):
            store.save(begun.assembly.values["read_keys"].values() if begun is not None else ())
            store.sweep()
            memory.keep_store(setup.place.store, setup.toolchain, store)
        if not commit.is_open(setup.place.state):
            stage.drop()


def _glance(setup: Setup, state: State, memory: Memory) -> Taken | None:
    """See what became of the texts that somebody looks at, in a session that knows what they were."""
    before = memory.taken(setup.place.state / "state", state)
    if setup.request.ahead is None or before is None:
        return None
    with setup.request.timings.stage("glance"):
        return glance(setup, state, before, tuple(setup.request.ahead.wanted()))


def _take(setup: Setup, state: State) -> Taken:
    with setup.request.timings.stage("scan"):
        return taking.take(setup, state, fsio.clock(setup.place.cache))


def _is_done(setup: Setup, state: State, taken: Taken, output: OutputState) -> bool:
    """Whether there is nothing to do."""
    return not setup.request.verify and taking.unchanged(setup, state, taken) and output.is_as_left


def _nothing(setup: Setup, memory: Memory, started: float, state: State, taken: Taken) -> BuildReport:
    """Report that nothing was done."""
    memory.keep_state(setup.place.state / "state", state, taken)
    return _finish(setup, started, state.facts, {}, frozenset(), (), _left_over(setup, state.outputs))


def _rest(
    setup: Setup,
    memory: Memory,
    started: float,
    state: State,
    taken: Taken,
    output: OutputState,
    stage: Staging,
    begun: Begun,
) -> BuildReport:
    """Decide, render, search for leaks and commit."""
    timings, assembly, before, rendering = setup.request.timings, begun.assembly, begun.before, begun.rendering
    plan = assembly.plan
    with timings.stage("decide"):
        reasons = decide.with_damaged(begun.outdated, plan, output.damaged)
        forced = {path: reasons.get(path, decide.FORCED) for path in plan} if setup.request.verify else reasons
        ours = _claimed(setup, plan, before.outputs if output.is_ours else None)
        removals = tuple(decide.vanished(plan, ours))
        left = _left_over(setup, plan.raws.keys() | removals)
        refuse_obstacles(setup.place.output, reasons, removals)
        unnoticed = _unnoticed(setup, state, taken, output) if setup.request.verify else ()
        good = {path: before.outputs[path].digest for path in forced if path in before.outputs and path not in output.damaged}
    with timings.stage("render"):
        holes = {} if setup.request.verify else decide.to_refill(reasons, before)
        rendering.rest(forced.keys() - plan.last, good, holes, setup.jobs, setup.away)
        digests = {path: done.digest for path, (done, _) in rendering.results.items()}
        last = decide.outdated_last(plan, before, forced, digests, (*plan.removed(), *removals))
        rendering.last(last, good)
        forced = {**forced, **last}
        reasons = {**reasons, **last}
    with timings.stage("record"):
        after = before.after(plan, rendering.results, output.touched, removals)
    found = tuple(after.found())
    if any(d.severity == "error" for d in found):
        raise WolError((*assembly.diagnostics, *_once(found)))
    wrong = [path for path in rendering.staged if path not in reasons]
    if wrong:
        raise UnfaithfulBuildError(f"{len(wrong)} outputs differ from what a build from nothing makes: {', '.join(sorted(wrong)[:10])}")
    with timings.stage("leaks"):
        leaks = _leaks(setup, state, taken, begun, after, str(stage.folder))
    if leaks is not None and leaks.errors:
        raise WolError((*assembly.diagnostics, *_once(found), *leaks.errors))
    diagnostics = (*assembly.diagnostics, *found)
    facts = Facts(sum(path.endswith(".html") for path in plan), len(plan), diagnostics, assembly.next_change)
    inputs = Inputs(setup.toolchain, setup.config_digest, setup.options, setup.now, assembly.until)
    if not (setup.request.strict and (diagnostics or left)):
        written = {path: left.digest for path, left in after.outputs.items()}
        list_of_owned = ownership.owned_after(portable(setup.place.cache, setup.place.output), ours, written, removals)
        values = {
            **assembly.values,
            **after.sections(),
            **(leaks.values if leaks is not None else {}),
            "inputs": inputs,
            "facts": facts,
            "sources": taken.scan.sources,
            "young": taken.scan.young,
            f"found {taking.SCAN}": taken.scan.diagnostics,
            "owned": digest.of_bytes(list_of_owned),
        }
        with timings.stage("record"):
            new = state.after(values, (*assembly.kept, *(leaks.kept if leaks is not None else ())))
        with timings.stage("commit"):
            _commit(setup, stage, rendering.staged, removals, list_of_owned, new)
            memory.keep_state(setup.place.state / "state", new, taken)
    report = _finish(setup, started, facts, forced, rendering.staged.keys(), removals, left)
    return msgspec.structs.replace(report, unnoticed=unnoticed)


def _claimed(setup: Setup, planned: Iterable[str], outputs: Mapping[str, Output] | None) -> Mapping[str, str]:
    """Claim the planned files; `outputs` are those of the last build, where the list of what wol owns is as that left it."""
    known = {path: left.digest for path, left in outputs.items()} if outputs is not None else None
    return claim(setup.place.output, setup.place.state, planned, known, adopt=setup.request.adopt)


def _left_over(setup: Setup, ours: Container[str]) -> tuple[Diagnostic, ...]:
    """Warn of files that are left over, where `--adopt` was asked for."""
    is_asked = setup.request.adopt and setup.request.visibility.profile != "preview"
    return left_over(setup.place.output, ours) if is_asked else ()


def _leaks(setup: Setup, state: State, taken: Taken, begun: Begun, after: Manifest, stage: str) -> ReleaseCheck | None:
    """Search what was rendered for a release; a preview, and a site that hides nothing, have nothing to leak."""
    if setup.request.visibility.profile != "release" or not begun.assembly.values["arranged"].hidden:
        return None
    from wol.engine.release_check import check_release

    return check_release(setup, state, taken, begun.assembly, begun.rendering, after, stage)


def _unnoticed(setup: Setup, state: State, taken: Taken, output: OutputState) -> tuple[str, ...]:
    """Name what a build that trusts the file system would not have seen to be changed."""
    seen = OutputState(setup.place, state).damaged
    outputs = sorted(path for path in output.damaged if path not in seen)
    return (*taking.unnoticed(state, taken), *(f"{setup.config.build.output}/{path}" for path in outputs))


def _commit(setup: Setup, stage: Staging, staged: Mapping[str, str], removals: tuple[str, ...], list_of_owned: bytes, after: State) -> None:
    journal = Journal(
        output=portable(setup.place.cache, setup.place.output),
        stage=portable(setup.place.cache, stage.folder),
        whole=stage.whole and bool(staged),
        places=tuple((name, path) for path, name in staged.items()),
        removals=removals,
    )
    commit.commit(setup.place.state, journal, after.pieces(), list_of_owned)


def _finish(
    setup: Setup,
    started: float,
    facts: Facts,
    reasons: Mapping[str, Reason],
    written: Collection[str],
    removed: Sequence[str],
    left: tuple[Diagnostic, ...],
) -> BuildReport:
    """Make the report, with files that are `left` over; raises WolError if warnings count as errors."""
    found = (*facts.diagnostics, *left)
    if setup.request.strict and found:
        raise WolError(hardened(found))
    return BuildReport(
        output=str(setup.place.output),
        profile=setup.request.visibility.profile,
        pages=facts.pages,
        targets=facts.targets,
        outcomes=tuple(Outcome(path, reason, path in written) for path, reason in reasons.items()),
        removed=tuple(removed),
        diagnostics=found,
        next_change=facts.next_change,
        seconds=clock.elapsed() - started,
    )


def _once(found: Iterable[Diagnostic]) -> Iterable[Diagnostic]:
    """Leave one of equal findings: a template's fault is reported once, with the first page that showed it, not once for each page."""
    first: dict[Diagnostic, Diagnostic] = {}
    for finding in found:
        first.setdefault(Diagnostic(finding.code, finding.severity, finding.message, finding.span), finding)
    return first.values()


def hardened(diagnostics: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Make errors of warnings, for `--strict`."""
    return tuple(msgspec.structs.replace(d, severity="error") for d in diagnostics)
