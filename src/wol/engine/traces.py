"""The traces: what each target of the last committed build used, what was found while it was rendered, and how its file was left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from wol.engine import dependencies
from wol.engine.dependencies import DependencyData, DependencyIndex
from wol.engine.jobs.render_job import Rendered
from wol.engine.plan import Plan
from wol.engine.state import Output, State
from wol.errors import Diagnostic

SLACK = 2
"""How many times as many pairs as when they were last compacted are kept before those that nothing uses are dropped."""


class BuildTraces(msgspec.Struct):
    """Traces (numbers of `index`), findings and files, each by the target's path."""

    index: DependencyIndex = msgspec.field(default_factory=lambda: DependencyIndex(DependencyData([], [])))
    traces: dict[str, bytes] = {}
    findings: dict[str, tuple[Diagnostic, ...]] = {}
    holes: dict[str, bytes] = {}
    """Where fragments stand in the pages of which that is known (`wol.model.page`)."""
    outputs: dict[str, Output] = {}
    compacted: int = 0
    """How many pairs there were after the last compaction."""

    @classmethod
    def of(cls, state: State) -> BuildTraces:
        """Read the traces from a state."""
        return cls(
            DependencyIndex(state.section("uses", DependencyData, DependencyData([], []))),
            state.section("traces", dict[str, bytes], {}),
            state.section("findings", dict[str, tuple[Diagnostic, ...]], {}),
            state.section("holes", dict[str, bytes], {}),
            state.outputs,
            state.section("compacted", int, 0),
        )

    def after(
        self, plan: Plan, done: Mapping[str, tuple[Rendered, bytes | None]], touched: Mapping[str, Output], removals: Iterable[str]
    ) -> BuildTraces:
        """Return the traces after a build: what was rendered is new, what is no longer planned gone; `touched` are files with another time.

        `removals` are the files that go away, also those that an earlier plan had which was forgotten.
        """
        removed = [*plan.removed(), *removals]
        traces, findings, holes, outputs = dict(self.traces), dict(self.findings), dict(self.holes), {**self.outputs, **touched}
        for path in removed:
            for known in (traces, findings, holes, outputs):
                known.pop(path, None)
        for path, (rendered, trace) in done.items():
            if trace is not None:
                traces[path] = trace
                findings.pop(path, None)
                holes.pop(path, None)
            if rendered.diagnostics:
                findings[path] = rendered.diagnostics
            if rendered.holes:
                holes[path] = rendered.holes
            if rendered.written or path not in outputs:
                outputs[path] = Output(rendered.size, rendered.mtime_ns, rendered.digest, rendered.inode)
        after = BuildTraces(self.index, traces, findings, holes, outputs, self.compacted)
        if not self.traces:  # all pairs are of this build, so each is used
            after.compacted = len(self.index)
        elif len(self.index) > SLACK * self.compacted:
            after.index, after.traces = dependencies.compact(self.index, traces)
            after.compacted = len(after.index)
        return after

    def diagnostics(self) -> Iterator[Diagnostic]:
        """Return all findings of rendering, page by page."""
        return (finding for path in sorted(self.findings) for finding in self.findings[path])

    def sections(self) -> dict[str, Any]:
        """Return the sections of a state."""
        return {
            "uses": self.index.data,
            "traces": self.traces,
            "findings": self.findings,
            "holes": self.holes,
            "outputs": self.outputs,
            "compacted": self.compacted,
        }
