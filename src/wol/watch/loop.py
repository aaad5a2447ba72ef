"""The loop of a watched site: build, wait for a change, build again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import NoReturn

from wol import clock
from wol.watch import debounce
from wol.watch.events import ChangeMonitor
from wol.watch.listener import Listener
from wol.watch.messages import Build, BuildCrashed, BuildFailed, BuildResult, BuildSucceeded
from wol.watch.supervisor import Supervisor

__all__ = ["Listener", "follow"]

BUSY = 1.0
"""Seconds after which it is tried again where another build has the site."""

TORN = 10
"""Builds in a row that find a file changed under their hands, after which that is told like any error."""


async def follow(supervisor: Supervisor, monitor: ChangeMonitor, listener: Listener, order: Callable[[], Build]) -> NoReturn:
    """Build now, and whenever there is a reason to; until it is cancelled. `order` gives what each build is asked for.

    One build runs at a time; what happens meanwhile is one reason for the next, which sees the newest state. A build that comes between others,
    or between two writes of one save, is tried again rather than told of.
    """
    loop = asyncio.get_running_loop()
    causes: tuple[str, ...] = ()
    again: float | None = None
    torn = 0
    while True:
        began, wall = loop.time(), clock.now()
        if again is None:
            listener.building(causes)
        answer = await supervisor.build(order())
        if isinstance(answer, BuildSucceeded | BuildFailed):
            monitor.arm(answer.watched_paths)
        if holder := _found(answer, "build-locked"):
            if again is None:
                listener.noticed(f"{holder}; waiting for its end.")
            again = loop.time() + BUSY
        elif torn < TORN and _found(answer, "source-changed"):
            torn += 1
            again = loop.time() + debounce.QUIET
        else:
            torn, again = 0, None
            _tell(listener, answer)
        last = debounce.BuildTimes(began, wall, answer.next_change if isinstance(answer, BuildSucceeded) else None, again)
        while (seconds := debounce.wait(monitor.pending, last, loop.time(), clock.now())) > 0:
            await monitor.stirred(seconds)
            if monitor.pending is None:
                monitor.repair()
        monitor.repair()
        causes = monitor.take()


def _found(answer: BuildResult, code: str) -> str:
    """Give the sentence of an error of this code; nothing where the build had none."""
    return next((d.message for d in answer.diagnostics if d.code == code), "") if isinstance(answer, BuildFailed) else ""


def _tell(listener: Listener, answer: BuildResult) -> None:
    match answer:
        case BuildSucceeded():
            listener.built(answer)
        case BuildFailed():
            listener.failed(answer)
        case BuildCrashed():
            listener.broken(answer)
