"""The render stage: outdated targets are handed to the render job, and what it recorded comes back as traces."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

import msgspec

from wol.build import execute, render_away
from wol.build.order import Order
from wol.build.plan import Plan
from wol.build.render_job import RenderContext, Rendered, RenderResult, RenderTask, render_batch
from wol.build.request import Ahead, Progress
from wol.build.timings import OFF, Timings
from wol.build.uses import Uses, renumber
from wol.errors import Diagnostic

if TYPE_CHECKING:
    from wol.build.away import Away


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
    ahead: Ahead | None = None,
) -> Rendering:
    """Render the targets at `paths`, in the order of the plan but for what `ahead` wants; what they used is counted by `uses`.

    `standing` are digests of good files in the output, which are not written again; `whole` stages under the output's own paths, for one rename.
    """
    wanted = [path for path in plan if path in paths] if len(paths) < len(plan) else list(plan)
    tasks = [RenderTask(plan[path], path if whole else str(n), standing.get(path, "")) for n, path in enumerate(wanted)]
    order = Order(tasks, ahead)
    done = Rendering()

    def keep(batch: Sequence[RenderTask], result: RenderResult) -> None:
        staged = _keep(done, batch, result, uses)
        if ahead is not None and staged:
            ahead.rendered({path: f"{context.stage}/{name}" for path, name in staged.items()})
        for task, seconds in zip(batch, result.seconds, strict=False):  # none where nobody wants them
            timings.rendered(task.target, context.kinds[task.target.kind][0].name, seconds)
        if progress is not None:
            progress("render", len(done.results), len(tasks))

    def look_ahead() -> None:
        for task in order.first():
            keep([task], render_batch(context, [task]))

    look_ahead()
    if away is None:
        workers = execute.processes(jobs, order.left())
        results = execute.run(render_batch, context, order.batches, workers, without=order.without)
    else:
        results = render_away.run(context, [order.batch(number) for number in range(len(order.batches))], away)
    for number, result in enumerate(results):
        keep(order.batch(number), result)
        look_ahead()
    done.diagnostics = _first(done.results[path][0].diagnostics for path in wanted)
    return done


def _keep(done: Rendering, batch: Sequence[RenderTask], result: RenderResult, uses: Uses) -> dict[str, str]:
    """Take the results of a batch; gives what was staged, by output path."""
    numbers = uses.translate(Uses(result.uses))
    staged: dict[str, str] = {}
    for task, rendered in zip(batch, result.rendered, strict=True):
        done.results[task.target.path] = (rendered, renumber(rendered.trace, numbers))
        if rendered.written:
            staged[task.target.path] = task.staged
    done.staged |= staged
    return staged


def _first(diagnostics: Iterable[Sequence[Diagnostic]]) -> list[Diagnostic]:
    """Give what was found, in the order of the plan: a template's fault is reported once, with the first page that showed it, not once for each page."""
    found: dict[Diagnostic, Diagnostic] = {}
    for finding in chain.from_iterable(diagnostics):
        found.setdefault(Diagnostic(finding.code, finding.severity, finding.message, finding.span), finding)
    return list(found.values())
