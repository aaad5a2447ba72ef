"""The render stage: outdated targets are handed to the render job, and what it recorded comes back as traces."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from wol.engine import execute, render_away
from wol.engine.order import Order
from wol.engine.plan import Plan
from wol.engine.render_job import RenderContext, Rendered, RenderResult, RenderTask, render_batch
from wol.engine.request import Ahead, Progress
from wol.engine.timings import OFF, Timings
from wol.engine.uses import Uses, renumber

if TYPE_CHECKING:
    from wol.engine.away import Away


class Rendering:
    """The render stage of one build: what was made, and what it used, counted by `uses`.

    Files are staged by `numbers`; `whole` stages under the output's own paths, for one rename. `ahead` is told of all that is staged, as soon as it is.
    """

    def __init__(
        self,
        context: RenderContext,
        plan: Plan,
        uses: Uses,
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

    def first(self, paths: Container[str], standing: Callable[[str], str]) -> None:
        """Render, of the targets at `paths`, those that somebody looks at; `standing` as for `rest`, path by path."""
        if self._ahead is not None:
            for path in tuple(self._ahead.wanted()):
                if path in paths and path not in self.results:
                    task = self._task(path, standing(path))
                    self._keep([task], render_batch(self._context, [task]), 0)

    def rest(
        self, paths: Collection[str], standing: Mapping[str, str], holes: Mapping[str, bytes], jobs: int, away: Away | None = None
    ) -> None:
        """Render all the targets at `paths`, in the order of the plan but for what is looked at.

        `standing` are digests of good files in the output, which are not written again. Of those whose `holes` are given only the fragments are others.
        """
        wanted = [path for path in self._plan if path in paths] if len(paths) < len(self._plan) else list(self._plan)
        for path in [path for path, (done, _) in self.results.items() if not done.written and path not in standing]:
            del self.results[path]  # its file was good when it was looked at, and is so no more
        empty = holes if away is None else {}  # workers elsewhere have no file of the output
        order = Order(
            [self._task(path, standing.get(path, ""), empty.get(path, b"")) for path in wanted if path not in self.results], self._ahead
        )
        self._look_ahead(order, len(wanted))
        if away is None:
            workers = execute.processes(jobs, order.left())
            results = execute.run(render_batch, self._context, order.batches, workers, without=order.without)
        else:
            results = render_away.run(self._context, [order.batch(number) for number in range(len(order.batches))], away)
        for number, result in enumerate(results):
            self._keep(order.batch(number), result, len(wanted))
            self._look_ahead(order, len(wanted))

    def last(self, paths: Iterable[str], standing: Mapping[str, str]) -> None:
        """Render targets that are made of other artifacts, when all of those are made; in this process, which knows where they are."""
        self._context.take_artifacts(self._artifact)
        for path in paths:
            task = self._task(path, standing.get(path, ""))
            self._keep([task], render_batch(self._context, [task]), 0)

    def _artifact(self, path: str) -> bytes | None:
        """Return the bytes of an artifact that is no last one: as it was staged, or as it stands in the output."""
        if path not in self._plan or path in self._plan.last:
            return None
        staged = self.staged.get(path)
        place = f"{self._context.output}/{path}" if staged is None else f"{self._context.stage}/{staged}"
        with open(place, "rb") as file:
            return file.read()

    def _task(self, path: str, standing: str, holes: bytes = b"") -> RenderTask:
        return RenderTask(self._plan[path], path if self._whole else str(next(self._numbers)), standing, holes if standing else b"")

    def _look_ahead(self, order: Order, total: int) -> None:
        for task in order.first():
            self._keep([task], render_batch(self._context, [task]), total)

    def _keep(self, batch: Sequence[RenderTask], result: RenderResult, total: int) -> None:
        """Tell of what was made, before anything else, and take the results; `total` is how many there will be, 0 if that is not known yet."""
        staged = {task.target.path: task.staged for task, done in zip(batch, result.rendered, strict=True) if done.written}
        if self._ahead is not None and staged:
            self._ahead.rendered({path: f"{self._context.stage}/{name}" for path, name in staged.items()})
        self.staged |= staged
        numbers = self._uses.translate(Uses(result.uses))
        for task, done in zip(batch, result.rendered, strict=True):
            self.results[task.target.path] = (done, None if done.trace is None else renumber(done.trace, numbers))
        for task, seconds in zip(batch, result.seconds, strict=False):  # none where nobody wants them
            self._timings.rendered(task.target, self._context.kinds[task.target.kind][0].name, seconds)
        if self._progress is not None and total:
            self._progress("render", len(self.results), total)
