"""Trying again where a network is in between: a few times, with a little more time between them each time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from wol import clock

TRIES = 3
FIRST_WAIT = 1.0
"""Seconds before the second try; each further wait is four times as long."""

T = TypeVar("T")


class PassingError(Exception):
    """Something went wrong that may go well next time. `wait` is what the other side asked for, in seconds."""

    def __init__(self, cause: Exception, wait: float = 0.0) -> None:
        super().__init__(str(cause))
        self.cause = cause
        self.wait = wait


def patiently(step: Callable[[], T]) -> T:
    """Do a step, again if it raises PassingError; after the last try its cause is raised."""
    wait = FIRST_WAIT
    for left in reversed(range(TRIES)):
        try:
            return step()
        except PassingError as error:
            if not left:
                raise error.cause from error
            clock.wait(min(max(wait, error.wait), 60.0))
            wait *= 4
    raise AssertionError("there is at least one try")
