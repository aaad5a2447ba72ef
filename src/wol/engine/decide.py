"""Deciding what a build does to the output, by what was planned, what is there, and what the last build left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from wol.engine import outdated, scanning
from wol.engine.build_run import BuildRun
from wol.engine.output.output_state import OutputState
from wol.engine.output.ownership import claim, refuse_obstacles
from wol.engine.plan import Plan
from wol.engine.prepare import Setup
from wol.engine.scanning import ScannedFiles
from wol.engine.state import Output
from wol.engine.traces import BuildTraces
from wol.model.target import Reason


class Decision(msgspec.Struct):
    """What a build has to do: which targets to render and why, which of them have good files in the output, and which files to remove.

    `reasons` are those of an incremental build; `rendered` has more than these with `--verify`. `owned` are the files that wol may overwrite.
    """

    reasons: Mapping[str, Reason]
    rendered: Mapping[str, Reason]
    good: Mapping[str, str]
    owned: Mapping[str, str]
    removals: tuple[str, ...]
    unnoticed: tuple[str, ...]


def decide(run: BuildRun, scanned: ScannedFiles, plan: Plan, before: BuildTraces, outdated_for: Mapping[str, Reason]) -> Decision:
    """Compare a plan with the output; `outdated_for` are the reasons that do not depend on what the output looks like.

    Raises WolError where a file of somebody else, or a folder, is in the way.
    """
    setup, output, outputs = run.setup, run.output, before.outputs
    reasons = outdated.with_damaged(outdated_for, plan, output.damaged)
    rendered = {path: reasons.get(path, outdated.FORCED) for path in plan} if setup.request.verify else reasons
    owned = _claimed(setup, plan, outputs if output.is_ours else None)
    removals = tuple(outdated.vanished(plan, owned))
    refuse_obstacles(setup.place.output, reasons, removals)
    unnoticed = _unnoticed(run, scanned) if setup.request.verify else ()
    good = {path: outputs[path].digest for path in rendered if path in outputs and path not in output.damaged}
    return Decision(reasons, rendered, good, owned, removals, unnoticed)


def _claimed(setup: Setup, planned: Iterable[str], outputs: Mapping[str, Output] | None) -> Mapping[str, str]:
    """Claim the planned files; `outputs` are those of the last build, where the list of what wol owns is as that left it."""
    known = {path: left.digest for path, left in outputs.items()} if outputs is not None else None
    return claim(setup.place.output, setup.place.state, planned, known, adopt=setup.request.adopt)


def _unnoticed(run: BuildRun, scanned: ScannedFiles) -> tuple[str, ...]:
    """Return the files that have changed, and that a build which trusts the file system would take for unchanged."""
    trusting = OutputState(run.setup.place, run.state).damaged
    outputs = sorted(path for path in run.output.damaged if path not in trusting)
    return (*scanning.unnoticed(run.state, scanned), *(f"{run.setup.config.build.output}/{path}" for path in outputs))
