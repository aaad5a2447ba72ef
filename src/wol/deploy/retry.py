"""Retries over a network: a few times, with exponential back-off."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from wol import clock

TRIES = 3
FIRST_WAIT = 1.0
"""Seconds before the second try; each further delay is four times as long."""

T = TypeVar("T")


class TransientError(Exception):
    """An error that may not occur again. `wait` is the delay that the other side asked for, in seconds."""

    def __init__(self, cause: Exception, wait: float = 0.0) -> None:
        super().__init__(str(cause))
        self.cause = cause
        self.wait = wait


def with_retries(step: Callable[[], T]) -> T:
    """Run a step, again if it raises PassingError; after the last try its cause is raised."""
    wait = FIRST_WAIT
    for left in reversed(range(TRIES)):
        try:
            return step()
        except TransientError as error:
            if not left:
                raise error.cause from error
            clock.wait(min(max(wait, error.wait), 60.0))
            wait *= 4
    raise AssertionError("there is at least one try")
