"""The render stage: outdated targets are handed to the render job, batch after batch, and what it recorded comes back as traces.

What somebody is looking at is rendered before all batches, or between two.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from wol.engine.dependencies import DependencyIndex, renumber
from wol.engine.jobs import execute, remote_rendering
from wol.engine.jobs.render_job import RenderContext, Rendered, RenderResult, RenderTask, render_batch
from wol.engine.plan import Plan
from wol.engine.request import Ahead, Progress
from wol.engine.timings import OFF, Timings

if TYPE_CHECKING:
    from wol.engine.jobs.remote import OpenRemote

BATCH = 64


class RenderQueue:
    """The tasks of a build, each to be done once: in its batch, or ahead of it.

    A task is open until it, or the batch that it is in, is handed out.
    """

    def __init__(self, tasks: Sequence[RenderTask], ahead: Ahead | None) -> None:
        self.batches = execute.batches(tasks, BATCH)
        self._ahead = ahead
        self._open = {task.target.path: task for task in tasks} if ahead is not None else {}
        self._without: dict[int, Collection[int]] = {}

    def first(self) -> Iterator[RenderTask]:
        """Return the open tasks that are wanted now, one after the other."""
        if self._ahead is not None and self._open:
            for path in tuple(self._ahead.wanted()):
                task = self._open.pop(path, None)
                if task is not None:
                    yield task

    def without(self, number: int) -> Collection[int]:
        """Hand out a batch: give the places in it of what was done ahead (`wol.engine.jobs.execute.Without`)."""
        if self._ahead is None:
            return ()
        left_out = self._without.get(number)
        if left_out is None:
            taken = [self._open.pop(task.target.path, None) for task in self.batches[number]]
            left_out = self._without[number] = frozenset(place for place, task in enumerate(taken) if task is None)
        return left_out

    def left(self) -> int:
        """Count the tasks that are open."""
        return len(self._open) if self._ahead is not None else sum(map(len, self.batches))

    def batch(self, number: int) -> Sequence[RenderTask]:
        """Return the tasks of a batch as they were handed out."""
        left_out = self.without(number)
        return [task for place, task in enumerate(self.batches[number]) if place not in left_out] if left_out else self.batches[number]


class Rendering:
    """The render stage of one build: what was made, and what it used, counted by `uses`.

    Files are staged by `numbers`; `whole` stages under the output's own paths, for one rename. `ahead` is told of all that is staged, as soon as it is.
    """

    def __init__(
        self,
        context: RenderContext,
        plan: Plan,
        uses: DependencyIndex,
        numbers: Iterator[int],
        *,
        whole: bool,
        ahead: Ahead | None = None,
        progress: Progress | None = None,
        timings: Timings = OFF,
    ) -> None:
        self._context = context
        self._plan = plan
        self._uses = uses
        self._whole = whole
        self._ahead = ahead
        self._progress = progress
        self._timings = timings
        self._numbers = numbers
        self.staged: dict[str, str] = {}
        """Staged files by output path."""
        self.results: dict[str, tuple[Rendered, bytes | None]] = {}

    def first(self, paths: Container[str], existing: Callable[[str], str]) -> None:
        """Render, of the targets at `paths`, those that somebody looks at; `existing` as for `rest`, path by path."""
        if self._ahead is not None:
            for path in tuple(self._ahead.wanted()):
                if path in paths and path not in self.results:
                    task = self._task(path, existing(path))
                    self._keep([task], render_batch(self._context, [task]), 0)

    def rest(
        self, paths: Collection[str], existing: Mapping[str, str], holes: Mapping[str, bytes], jobs: int, remote: OpenRemote | None = None
    ) -> None:
        """Render all the targets at `paths`, in the order of the plan but for what is looked at.

        `existing` are digests of good files in the output, which are not written again. Of those whose `holes` are given only the fragments are others.
        """
        wanted = [path for path in self._plan if path in paths] if len(paths) < len(self._plan) else list(self._plan)
        for path in [path for path, (done, _) in self.results.items() if not done.written and path not in existing]:
            del self.results[path]  # its file was good when it was looked at, and is so no more
        empty = holes if remote is None else {}  # workers elsewhere have no file of the output
        order = RenderQueue(
            [self._task(path, existing.get(path, ""), empty.get(path, b"")) for path in wanted if path not in self.results], self._ahead
        )
        self._look_ahead(order, len(wanted))
        if remote is None:
            workers = execute.processes(jobs, order.left())
            results = execute.run(render_batch, self._context, order.batches, workers, without=order.without)
        else:
            results = remote_rendering.render_remotely(self._context, [order.batch(number) for number in range(len(order.batches))], remote)
        for number, result in enumerate(results):
            self._keep(order.batch(number), result, len(wanted))
            self._look_ahead(order, len(wanted))

    def last(self, paths: Iterable[str], existing: Mapping[str, str]) -> None:
        """Render targets that are made of other artifacts, when all of those are made; in this process, which knows where they are."""
        self._context.take_artifacts(self._artifact)
        for path in paths:
            task = self._task(path, existing.get(path, ""))
            self._keep([task], render_batch(self._context, [task]), 0)

    def _artifact(self, path: str) -> bytes | None:
        """Return the bytes of an artifact that is no last one: as it was staged, or as it stands in the output."""
        if path not in self._plan or path in self._plan.last:
            return None
        staged = self.staged.get(path)
        place = f"{self._context.output}/{path}" if staged is None else f"{self._context.stage}/{staged}"
        with open(place, "rb") as file:
            return file.read()

    def _task(self, path: str, existing: str, holes: bytes = b"") -> RenderTask:
        return RenderTask(self._plan[path], path if self._whole else str(next(self._numbers)), existing, holes if existing else b"")

    def _look_ahead(self, order: RenderQueue, total: int) -> None:
        for task in order.first():
            self._keep([task], render_batch(self._context, [task]), total)

    def _keep(self, batch: Sequence[RenderTask], result: RenderResult, total: int) -> None:
        """Tell of what was made, before anything else, and take the results; `total` is how many there will be, 0 if that is not known yet."""
        staged = {task.target.path: task.staged for task, done in zip(batch, result.rendered, strict=True) if done.written}
        if self._ahead is not None and staged:
            self._ahead.rendered({path: f"{self._context.stage}/{name}" for path, name in staged.items()})
        self.staged |= staged
        numbers = self._uses.translate(DependencyIndex(result.uses))
        for task, done in zip(batch, result.rendered, strict=True):
            self.results[task.target.path] = (done, None if done.trace is None else renumber(done.trace, numbers))
        for task, seconds in zip(batch, result.seconds, strict=False):  # none where nobody wants them
            self._timings.rendered(task.target, self._context.kinds[task.target.kind][0].name, seconds)
        if self._progress is not None and total:
            self._progress("render", len(self.results), total)
