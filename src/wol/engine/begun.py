"""The first half of a build: all that needs no look at the output, and the pages that somebody waits for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from wol.engine import decide
from wol.engine.assembling import Assembly, assemble_site
from wol.engine.manifest import Manifest
from wol.engine.memory import Memory
from wol.engine.output import OutputState
from wol.engine.prepare import Setup
from wol.engine.rendering import Rendering
from wol.engine.staging import Staging
from wol.engine.state import State
from wol.engine.store import PageStore
from wol.engine.taking import Taken
from wol.model.target import Reason


class Begun(msgspec.Struct):
    """A build as far as it needs to know nothing of the output; what somebody looks at is rendered."""

    assembly: Assembly
    before: Manifest
    outdated: Mapping[str, Reason]
    rendering: Rendering


def begin(
    setup: Setup,
    state: State,
    store: PageStore,
    taken: Taken,
    output: OutputState,
    stage: Staging,
    numbers: Iterator[int],
    memory: Memory,
) -> Begun:
    """Assemble the site, and decide what to render whatever the output looks like."""
    timings = setup.request.timings
    assembly = assemble_site(setup, state, store, taken, str(stage.folder), memory)
    before = Manifest.of(state)
    rendering = Rendering(
        assembly.context,
        assembly.plan,
        before.uses,
        numbers,
        whole=stage.whole,
        ahead=setup.request.ahead,
        progress=setup.request.progress,
        timings=timings,
    )
    with timings.stage("decide"):
        outdated = decide.outdated(assembly.plan, before, assembly.changed)
    with timings.stage("ahead"):
        rendering.first(outdated.keys() - assembly.plan.last, output.digest)
    return Begun(assembly, before, outdated, rendering)
