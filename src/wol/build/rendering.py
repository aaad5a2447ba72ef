"""The render stage: outdated targets are handed to the render job, and what it recorded becomes traces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from wol.build import execute
from wol.build.render_job import RenderContext, Rendered, RenderTask, render_batch
from wol.build.request import Progress
from wol.build.state import Output, State
from wol.errors import Diagnostic
from wol.model.target import Name, Reason, Target, Trace

BATCH = 64


@dataclass(slots=True)
class Traces:
    """The manifest: a trace for each target, and the names that traces count by."""

    traces: dict[str, Trace] = field(default_factory=dict)
    names: list[Name] = field(default_factory=list)
    outputs: dict[str, Output] = field(default_factory=dict)

    @classmethod
    def of(cls, state: State) -> Traces:
        return cls({t.target.path: t for t in state.traces}, list(state.names), dict(state.outputs))


@dataclass(slots=True)
class Rendering:
    """What was rendered: staged files by output path, results, and findings."""

    staged: dict[str, str] = field(default_factory=dict)
    results: dict[str, tuple[Rendered, tuple[Name, ...]]] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def render(
    context: RenderContext,
    targets: Sequence[Target],
    reasons: Mapping[str, Reason],
    standing: Mapping[str, str],
    *,
    whole: bool,
    jobs: int,
    progress: Progress | None,
) -> Rendering:
    """Render the targets that have a reason.

    `standing` are digests of good files in the output, which are not written again; `whole` stages under the output's own paths, for one rename.
    """
    wanted = [t for t in targets if t.path in reasons]
    tasks = [RenderTask(t, t.path if whole else str(n), standing.get(t.path, "")) for n, t in enumerate(wanted)]
    work = execute.batches(tasks, BATCH)
    done = Rendering()
    seen: set[Diagnostic] = set()
    count = 0
    for batch, result in zip(work, execute.run(render_batch, context, work, execute.processes(jobs, len(tasks))), strict=True):
        for task, rendered in zip(batch, result.rendered, strict=True):
            path = task.target.path
            done.results[path] = (rendered, tuple(result.names[n] for n in rendered.names))
            if rendered.written:
                done.staged[path] = task.staged
            for finding in rendered.diagnostics:
                if _alike(finding) not in seen:
                    seen.add(_alike(finding))
                    done.diagnostics.append(finding)
        count += len(batch)
        if progress is not None:
            progress("render", count, len(tasks))
    return done


def _alike(finding: Diagnostic) -> Diagnostic:
    """A template's fault is reported once, with the first page that showed it, not once for each page."""
    return Diagnostic(finding.code, finding.severity, finding.message, finding.span)


def traces_after(before: Traces, targets: Sequence[Target], done: Rendering) -> Traces:
    """Make the manifest after a build: traces of what was rendered are new, of what is no longer planned gone, names renumbered."""
    after = Traces()
    numbers: dict[Name, int] = {}
    renumbered: dict[int, int] = {}
    for target in targets:
        path = target.path
        result = done.results.get(path)
        if result is None:
            old = before.traces[path]
            for number in old.dependencies:
                if number not in renumbered:
                    renumbered[number] = numbers.setdefault(before.names[number], len(numbers))
            found = tuple([renumbered[n] for n in old.dependencies])
            after.traces[path] = Trace(target, found, old.digest, old.diagnostics)
            after.outputs[path] = before.outputs[path]
        else:
            rendered, names = result
            found = tuple([numbers.setdefault(name, len(numbers)) for name in names])
            after.traces[path] = Trace(target, found, rendered.digest, rendered.diagnostics)
            was = before.outputs.get(path)
            after.outputs[path] = (
                was if not rendered.written and was is not None else Output(rendered.size, rendered.mtime_ns, rendered.digest)
            )
    after.names = list(numbers)
    return after
