"""A site that is watched while a test goes on: edits are made as a writer makes them, and what becomes of them is waited for."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from threading import Thread

from wol.watch.events import ChangeMonitor
from wol.watch.loop import follow
from wol.watch.messages import Build, BuildCrashed, BuildFailed, BuildSucceeded
from wol.watch.supervisor import Supervisor

PATIENCE = 60.0
"""Seconds after which what is waited for does not come any more."""


def until(met: Callable[[], object], what: str = "") -> None:
    """Wait until a condition is met."""
    end = time.monotonic() + PATIENCE
    while not met():
        assert time.monotonic() < end, f"this did not come: {what}"
        time.sleep(0.005)


class Heard:
    """A listener that keeps what it is told."""

    def __init__(self) -> None:
        self.answers: list[BuildSucceeded | BuildFailed | BuildCrashed] = []
        self.causes: list[Sequence[str]] = []
        self.notices: list[str] = []
        self.stages: list[str] = []
        self.staged: list[Mapping[str, str]] = []
        self.overlapping = 0
        self.running = False

    def building(self, causes: Sequence[str]) -> None:
        self.overlapping += self.running
        self.running = True
        self.causes.append(causes)

    def progress(self, stage: str, done: int, total: int) -> None:
        self.stages.append(stage)

    def rendered(self, staged: Mapping[str, str]) -> None:
        self.staged.append(staged)

    def built(self, built: BuildSucceeded) -> None:
        self.running = False
        self.answers.append(built)

    def failed(self, failed: BuildFailed) -> None:
        self.running = False
        self.answers.append(failed)

    def broken(self, defect: BuildCrashed) -> None:
        self.running = False
        self.answers.append(defect)

    def noticed(self, sentence: str) -> None:
        self.notices.append(sentence)


class Watched(Heard):
    """A watched site: its loop runs in a thread."""

    def __init__(self, root: Path, *, poll: bool = False) -> None:
        super().__init__()
        self.root = root
        self.output = root / "public"
        self.error: BaseException | None = None
        self._poll = poll
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self.building_: Supervisor | None = None
        self._thread = Thread(target=self._run)

    def _run(self) -> None:
        try:
            asyncio.run(self._follow())
        except asyncio.CancelledError:
            pass
        except BaseException as error:
            self.error = error

    async def _follow(self) -> None:
        self._loop, self._task = asyncio.get_running_loop(), asyncio.current_task()
        self.building_ = Supervisor(self)
        try:
            wakes = ChangeMonitor(self.root, self.noticed, poll=self._poll)
            try:
                await follow(self.building_, wakes, self, lambda: Build(str(self.root)))
            finally:
                wakes.close()
        finally:
            await self.building_.stop()

    def start(self) -> None:
        """Begin, and wait for the first build and for the one that follows it, since the folders are watched only then."""
        self._thread.start()
        self.until(lambda: len(self.answers) >= 2, "the first builds")

    def stop(self) -> None:
        """End it."""
        if self._loop is not None and self._task is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._task.cancel)
        self._thread.join(20)
        assert not self._thread.is_alive()

    def until(self, met: Callable[[], object], what: str = "") -> None:
        """Wait until a condition is met, for as long as the loop runs."""

        def alive() -> object:
            if self.error is not None:
                raise self.error
            return met()

        until(alive, f"{what}; {str(self.answers[-1:])[:500]}, {self.notices}")

    def shows(self, path: str, text: str) -> None:
        """Wait until a page has a text."""
        self.until(lambda: text in self.read(path), f"{text} in {path}")

    def gone(self, path: str) -> None:
        """Wait until a file of the output is gone."""
        self.until(lambda: not (self.output / path).exists(), f"the end of {path}")

    def fails(self, code: str) -> None:
        """Wait until the last build has found this error."""
        self.until(lambda: isinstance(self.last, BuildFailed) and code in {d.code for d in self.last.diagnostics}, code)

    def told(self, number: int) -> None:
        """Wait until so much was noticed."""
        self.until(lambda: len(self.notices) >= number, "a notice")

    def idle(self) -> None:
        """Wait until no build runs."""
        self.until(lambda: not self.running, "the end of a build")

    def good(self) -> None:
        """Wait until the last build was good."""
        self.until(lambda: isinstance(self.last, BuildSucceeded), "a good build")

    @property
    def last(self) -> BuildSucceeded | BuildFailed | BuildCrashed:
        return self.answers[-1]

    def read(self, path: str) -> str:
        """Read a file of the output; nothing if it is not there."""
        try:
            return (self.output / path).read_text("utf-8")
        except OSError:
            return ""

    def builder(self) -> int:
        """Give the number of the process that builds."""
        assert self.building_ is not None
        process = self.building_.pid
        assert process is not None
        return process

    def kill_builder(self) -> None:
        """Kill the process that builds, as a system does that is out of memory."""
        os.kill(self.builder(), signal.SIGKILL)


@contextlib.contextmanager
def watched(root: Path, *, poll: bool = False) -> Iterator[Watched]:
    """Watch a site for a while."""
    found = Watched(root, poll=poll)
    try:
        found.start()
        yield found
    finally:
        found.stop()
