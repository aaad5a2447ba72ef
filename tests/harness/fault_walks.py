"""Walks of the random machine that look for a seeded fault: they end when it is found, and go only where it may show."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

import pytest
from hypothesis.errors import UnsatisfiedAssumption

from harness import machine
from harness.clean_builds import BuildClean, CleanBuilds
from harness.drivers import Done, Driver
from harness.edits import Edit
from harness.machine import Machine
from harness.steps import Aside, Rounds
from wol.engine import outdated
from wol.engine.outdated import FRAGMENT, _using
from wol.engine.plan import Plan
from wol.engine.traces import BuildTraces
from wol.model.target import Name, Reason


class SharedCleanBuilds(CleanBuilds):
    """Clean builds without any fault, for a fault that can only forget: a build from nothing remembers nothing.

    That this is so of the fault is seen once, by a clean build under it; raises UnsharedError.
    """

    def __init__(self, shared: CleanBuilds) -> None:
        super().__init__()
        self.shared = shared
        self.is_checked = False

    def of(self, inputs: str, build: BuildClean) -> tuple[Done, dict[str, bytes]]:
        if inputs not in self.shared:
            return super().of(inputs, build)
        found = self.shared.of(inputs, build)
        if not self.is_checked:
            self.is_checked = True
            if build() != found:
                raise UnsharedError
        return found


class UnsharedError(BaseException):
    """A fault changes what a build from nothing makes, so it needs clean builds of its own."""


class FoundError(BaseException):
    """The machine has failed. Hypothesis lets it pass, and does not go through all steps again to report what led there."""


class FaultWalk(Machine):
    """The machine, which stops for good when it fails for the first time; each walk makes a class of its own.

    A run consists of several examples. Those that are not `wanted` are drawn, so that the others are as ever, but nothing is done in them.
    """

    wanted: Collection[int] | None = None
    """The numbers of the examples to go through; None: all."""
    begun = -1
    """The number of the present example."""

    def __init__(self) -> None:
        super().__init__()
        kind = type(self)
        kind.begun += 1
        self.is_idle = self.wanted is not None and kind.begun not in self.wanted

    def teardown(self) -> None:
        super().teardown()
        error = sys.exc_info()[1]
        if isinstance(error, Exception) and not isinstance(error, UnsatisfiedAssumption):
            raise FoundError

    def go(self, aside: Aside, first: Sequence[Edit], rounds: Rounds, way: str) -> None:
        if not self.is_idle:
            super().go(aside, first, rounds, way)

    def edited(self, changes: Sequence[Edit]) -> None:
        if not self.is_idle:
            super().edited(changes)

    def build(self, way: str | Driver, *, jobs: int = 1, adopt: bool = False, torn: bool = False) -> Done:
        return Done() if self.is_idle else super().build(way, jobs=jobs, adopt=adopt, torn=torn)

    def compare(self, way: str | Driver) -> None:
        if not self.is_idle:
            super().compare(way)

    def deployed(self, way: str) -> None:
        if not self.is_idle:
            super().deployed(way)

    def repaired(self, number: int, way: str) -> None:
        if not self.is_idle:
            super().repaired(number, way)

    def interrupted(self, after: int, how: str) -> None:
        if not self.is_idle:
            super().interrupted(after, how)


def finds(seed: int, clean_builds: CleanBuilds, wanted: Collection[int] | None = None) -> bool:
    """Tell whether the machine fails from a seed; whatever a build under a fault breaks off with is a failure too."""
    walk = type("SeededWalk", (FaultWalk,), {"clean_builds": clean_builds, "wanted": wanted})
    try:
        machine.run(seed, sort=walk)
    except FoundError:
        return True
    return False


def telling_examples(seed: int, clean_builds: CleanBuilds) -> Mapping[str, int]:
    """Return, for each kind of dependency, the example that soonest has a target which changes for a value of that kind alone; walks without fault."""
    soonest: dict[str, tuple[int, int]] = {}
    alone: dict[str, str] = {}
    real = outdated.outdated

    class ObservedWalk(FaultWalk):
        builds = 0

        def build(self, way: str | Driver, *, jobs: int = 1, adopt: bool = False, torn: bool = False) -> Done:
            alone.clear()
            self.builds += 1
            done = super().build(way, jobs=jobs, adopt=adopt, torn=torn)
            for kind in {alone[path] for path, *_, is_written in done.outcomes if is_written and path in alone}:
                soonest[kind] = min(soonest.get(kind, (self.builds, self.begun)), (self.builds, self.begun))
            return done

    def observed(plan: Plan, before: BuildTraces, changed: Collection[Name]) -> dict[str, Reason]:
        kinds: defaultdict[str, list[str]] = defaultdict(list)
        for kind in {kind for kind, _ in changed}:
            for path in _using(before, {name for name in changed if name[0] == kind}):
                kinds[path].append(kind)
        reasons = real(plan, before, changed)
        alone.update(
            (path, kinds[path][0]) for path, reason in reasons.items() if reason.code in ("dependency", FRAGMENT) and len(kinds[path]) == 1
        )
        return reasons

    ObservedWalk.clean_builds = clean_builds
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outdated, "outdated", observed)
        machine.run(seed, sort=ObservedWalk)
    return {kind: example for kind, (_, example) in soonest.items()}
