"""The order of rendering: batch after batch, and before them, or between two, what somebody is looking at."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from wol.engine import execute
from wol.engine.render_job import RenderTask
from wol.engine.request import Ahead

BATCH = 64


class Order:
    """The tasks of a build, each to be done once: in its batch, or ahead of it.

    A task is open until it, or the batch that it is in, is handed out.
    """

    def __init__(self, tasks: Sequence[RenderTask], ahead: Ahead | None) -> None:
        self.batches = execute.batches(tasks, BATCH)
        self._ahead = ahead
        self._open = {task.target.path: task for task in tasks} if ahead is not None else {}
        self._without: dict[int, Collection[int]] = {}

    def first(self) -> Iterator[RenderTask]:
        """Give the open tasks that are wanted now, one after the other."""
        if self._ahead is not None and self._open:
            for path in tuple(self._ahead.wanted()):
                task = self._open.pop(path, None)
                if task is not None:
                    yield task

    def without(self, number: int) -> Collection[int]:
        """Hand out a batch: give the places in it of what was done ahead (`wol.engine.execute.Without`)."""
        if self._ahead is None:
            return ()
        found = self._without.get(number)
        if found is None:
            taken = [self._open.pop(task.target.path, None) for task in self.batches[number]]
            found = self._without[number] = frozenset(place for place, task in enumerate(taken) if task is None)
        return found

    def left(self) -> int:
        """Count the tasks that are open."""
        return len(self._open) if self._ahead is not None else sum(map(len, self.batches))

    def batch(self, number: int) -> Sequence[RenderTask]:
        """Give the tasks of a batch as they were handed out."""
        left_out = self.without(number)
        return [task for place, task in enumerate(self.batches[number]) if place not in left_out] if left_out else self.batches[number]
