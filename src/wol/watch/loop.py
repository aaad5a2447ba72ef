"""The loop of a watched site: build, wait until there is a reason, build again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import NoReturn

from wol import clock
from wol.watch import quiet
from wol.watch.building import Building
from wol.watch.events import Wakes
from wol.watch.listener import Listener
from wol.watch.messages import Answer, Build, Built, Defect, Failed

__all__ = ["Listener", "follow"]

BUSY = 1.0
"""Seconds after which it is tried again where another build has the site."""

TORN = 10
"""Builds in a row that find a file changed under their hands, after which that is told like any error."""


async def follow(building: Building, wakes: Wakes, listener: Listener, order: Callable[[], Build]) -> NoReturn:
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
        answer = await building.build(order())
        if isinstance(answer, Built | Failed):
            wakes.arm(answer.roots)
        if holder := _found(answer, "build-locked"):
            if again is None:
                listener.noticed(f"{holder}; waiting for its end.")
            again = loop.time() + BUSY
        elif torn < TORN and _found(answer, "source-changed"):
            torn += 1
            again = loop.time() + quiet.QUIET
        else:
            torn, again = 0, None
            _tell(listener, answer)
        last = quiet.Built(began, wall, answer.next_change if isinstance(answer, Built) else None, again)
        while (seconds := quiet.wait(wakes.pending, last, loop.time(), clock.now())) > 0:
            await wakes.stirred(seconds)
            if wakes.pending is None:
                wakes.look()
        wakes.look()
        causes = wakes.take()


def _found(answer: Answer, code: str) -> str:
    """Give the sentence of an error of this code; nothing where the build had none."""
    return next((d.message for d in answer.diagnostics if d.code == code), "") if isinstance(answer, Failed) else ""


def _tell(listener: Listener, answer: Answer) -> None:
    match answer:
        case Built():
            listener.built(answer)
        case Failed():
            listener.failed(answer)
        case Defect():
            listener.broken(answer)
