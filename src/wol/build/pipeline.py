"""The one way from sources to a site, for every profile and every command: scan, read, assemble, plan, decide, render, commit."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Mapping, Sequence

import msgspec

from wol import clock, fsio
from wol.build import commit, decide, disk, owned, sealed, taking
from wol.build import state as state_file
from wol.build.assembling import Assembly, assemble_site
from wol.build.claim import claim, refuse_links
from wol.build.commit import Journal
from wol.build.folders import portable
from wol.build.lock import locked
from wol.build.prepare import LoadFeatures, Setup, prepare
from wol.build.rendering import Rendering, Traces, render, traces_after
from wol.build.request import BuildRequest
from wol.build.staging import Staging, staging
from wol.build.state import Facts, Inputs, State, encode
from wol.build.store import CorruptStoreError, PageStore
from wol.build.taking import Taken
from wol.errors import Diagnostic, WolError
from wol.model.target import BuildReport, Outcome, Reason

RACY_NS = 20_000_000
"""A file may get a time this much before it was written: the clock of file systems ticks slowly."""


class UnfaithfulBuildError(Exception):
    """`--verify` found outputs that an incremental build would have kept, and a build from nothing makes otherwise: a defect of wol."""


def build(request: BuildRequest, load_features: LoadFeatures) -> BuildReport:
    """Bring the output up to date; equal to a build from nothing, byte for byte.

    Raises WolError with all errors that were found, and UnfaithfulBuildError; nothing of the output has changed then.
    """
    started = clock.elapsed()
    setup = prepare(request, load_features)
    with locked(setup.place.cache):
        commit.roll_forward(setup.place.cache)
        if request.clean:
            forget(setup)
        try:
            return _build(setup, started)
        except CorruptStoreError:
            forget(setup)
            return _build(setup, started)


def forget(setup: Setup) -> None:
    """Drop the caches; what wol owns is not forgotten."""
    fsio.remove_tree(setup.place.store)
    fsio.remove(setup.place.state / "state")


def _build(setup: Setup, started: float) -> BuildReport:
    state = State.load(setup.place.state / "state").of_toolchain(setup.toolchain)
    taken = taking.take(setup, state)
    damaged, touched = disk.damage(setup.place.output, state.outputs)
    is_owned = owned.read(setup.place.state / "owned") is not None
    if taking.unchanged(setup, state, taken) and is_owned and not damaged and not touched and not setup.request.verify:
        return _finish(setup, started, state.facts, len(state.outputs), {}, frozenset(), (), state.inputs)
    store = PageStore(setup.place.store, setup.toolchain)
    stage = staging(setup.place)
    assembly: Assembly | None = None
    try:
        assembly = assemble_site(setup, state, store, taken, str(stage.folder))
        return _rest(setup, started, state, taken, damaged, touched, stage, assembly)
    except OSError as error:
        raise WolError(commit.write_failed(error)) from error
    finally:
        with contextlib.suppress(OSError):
            store.save(assembly.read_keys.values() if assembly is not None else ())
            store.sweep()
        if not commit.is_open(setup.place.state):
            stage.drop()


def _rest(
    setup: Setup,
    started: float,
    state: State,
    taken: Taken,
    damaged: Mapping[str, str],
    touched: Mapping[str, state_file.Output],
    stage: Staging,
    assembly: Assembly,
) -> BuildReport:
    """Decide, render and commit."""
    targets = assembly.targets
    before = Traces.of(state)
    before.outputs.update(touched)
    reasons = decide.outdated(targets, before.traces, before.names, assembly.changed, damaged)
    forced = {t.path: reasons.get(t.path, decide.FORCED) for t in targets} if setup.request.verify else reasons
    ours = claim(setup, targets)
    removals = tuple(decide.vanished(targets, ours))
    refuse_links(setup.place.output, (*reasons, *removals))
    standing = {path: output.digest for path, output in before.outputs.items() if path not in damaged}
    done = render(assembly.context, targets, forced, standing, whole=stage.whole, jobs=setup.jobs, progress=setup.request.progress)
    if any(d.severity == "error" for d in done.diagnostics):
        raise WolError((*assembly.diagnostics, *done.diagnostics))
    wrong = [path for path in done.staged if path not in reasons]
    if wrong:
        raise UnfaithfulBuildError(f"{len(wrong)} outputs differ from what a build from nothing makes: {', '.join(sorted(wrong)[:10])}")
    after = traces_after(before, targets, done)
    diagnostics = (*assembly.diagnostics, *(d for trace in after.traces.values() for d in trace.diagnostics))
    facts = Facts(sum(t.path.endswith(".html") for t in targets), diagnostics)
    inputs = Inputs(setup.toolchain, setup.config_digest, setup.options, setup.now, assembly.until, taken.began_ns - RACY_NS)
    if not (setup.request.strict and diagnostics):
        sections = {
            **assembly.sections,
            "inputs": encode(inputs),
            "facts": encode(facts),
            "sources": encode(taken.scan.sources),
            "outputs": encode(after.outputs),
            "names": encode(after.names),
            "traces": encode(list(after.traces.values())),
        }
        _commit(setup, stage, done, removals, after, ours, sections)
    return _finish(setup, started, facts, len(targets), forced, done.staged.keys(), removals, inputs)


def _commit(
    setup: Setup,
    stage: Staging,
    done: Rendering,
    removals: tuple[str, ...],
    after: Traces,
    ours: Mapping[str, str],
    sections: Mapping[str, msgspec.Raw],
) -> None:
    written = {path: left.digest for path, left in after.outputs.items()}
    output = portable(setup.place.root, setup.place.output)
    commit.commit(
        setup.place.state,
        Journal(
            output=output,
            stage=portable(setup.place.root, stage.folder),
            whole=stage.whole and bool(done.staged),
            places=tuple((staged, path) for path, staged in done.staged.items()),
            removals=removals,
            state=sealed.seal(state_file.MAGIC, sections),
            owned=commit.owned_after(output, ours, written, removals),
        ),
    )


def _finish(
    setup: Setup,
    started: float,
    facts: Facts,
    targets: int,
    reasons: Mapping[str, Reason],
    written: Collection[str],
    removed: Sequence[str],
    inputs: Inputs | None,
) -> BuildReport:
    """Make the report; raises WolError if warnings count as errors."""
    if setup.request.strict and facts.diagnostics:
        raise WolError(hardened(facts.diagnostics))
    return BuildReport(
        output=str(setup.place.output),
        profile=setup.request.visibility.profile,
        pages=facts.pages,
        targets=targets,
        outcomes=tuple(Outcome(path, reason, path in written) for path, reason in reasons.items()),
        removed=tuple(removed),
        diagnostics=facts.diagnostics,
        next_change=inputs.until if inputs is not None else None,
        seconds=clock.elapsed() - started,
    )


def hardened(diagnostics: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Make errors of warnings, for `--strict`."""
    return tuple(msgspec.structs.replace(d, severity="error") for d in diagnostics)
