"""The render stage: outdated targets are handed to the render job, and what it recorded comes back as traces."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

import msgspec

from wol.build import execute, render_away
from wol.build.plan import Plan
from wol.build.render_job import RenderContext, Rendered, RenderTask, render_batch
from wol.build.request import Progress
from wol.build.timings import OFF, Timings
from wol.build.uses import Uses, renumber
from wol.errors import Diagnostic

if TYPE_CHECKING:
    from wol.build.away import Away

BATCH = 64


class Rendering(msgspec.Struct):
    """What was rendered: staged files by output path, results, and findings."""

    staged: dict[str, str] = {}
    results: dict[str, tuple[Rendered, bytes]] = {}
    diagnostics: list[Diagnostic] = []


def render(
    context: RenderContext,
    plan: Plan,
    paths: Collection[str],
    standing: Mapping[str, str],
    uses: Uses,
    *,
    whole: bool,
    jobs: int,
    progress: Progress | None,
    timings: Timings = OFF,
    away: Away | None = None,
) -> Rendering:
    """Render the targets at `paths`, in the order of the plan; what they used is counted by `uses`.

    `standing` are digests of good files in the output, which are not written again; `whole` stages under the output's own paths, for one rename.
    """
    wanted = [path for path in plan if path in paths] if len(paths) < len(plan) else list(plan)
    tasks = [RenderTask(plan[path], path if whole else str(n), standing.get(path, "")) for n, path in enumerate(wanted)]
    work = execute.batches(tasks, BATCH)
    done = Rendering()
    seen: set[Diagnostic] = set()
    count = 0
    workers = execute.processes(jobs, len(tasks))
    results = execute.run(render_batch, context, work, workers) if away is None else render_away.run(context, work, away)
    for batch, result in zip(work, results, strict=True):
        numbers = uses.translate(Uses(result.uses))
        for task, rendered in zip(batch, result.rendered, strict=True):
            path = task.target.path
            done.results[path] = (rendered, renumber(rendered.trace, numbers))
            if rendered.written:
                done.staged[path] = task.staged
            for finding in rendered.diagnostics:
                if _alike(finding) not in seen:
                    seen.add(_alike(finding))
                    done.diagnostics.append(finding)
        for task, seconds in zip(batch, result.seconds, strict=False):  # none where nobody wants them
            timings.rendered(task.target, context.kinds[task.target.kind][0].name, seconds)
        count += len(batch)
        if progress is not None:
            progress("render", count, len(tasks))
    return done


def _alike(finding: Diagnostic) -> Diagnostic:
    """A template's fault is reported once, with the first page that showed it, not once for each page."""
    return Diagnostic(finding.code, finding.severity, finding.message, finding.span)
