"""The only module that reads the time."""

from __future__ import annotations

import time

MICROSECONDS = 1_000_000


def now() -> int:
    """Give this instant in microseconds since 1970-01-01 UTC."""
    return time.time_ns() // 1000


def now_ns() -> int:
    """Give this instant in nanoseconds since 1970-01-01 UTC, to compare with file times."""
    return time.time_ns()


def stamp() -> str:
    """Give this second for people, in a form that every machine reads alike."""
    return time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime())


def compact_stamp() -> str:
    """Give this millisecond as `20261120T140503123Z`, for names that sort by time."""
    instant = now()
    return time.strftime("%Y%m%dT%H%M%S", time.gmtime(instant // MICROSECONDS)) + f"{instant % MICROSECONDS // 1000:03d}Z"


def time_of_day() -> str:
    """Give this second for people, by the clock on their wall."""
    return time.strftime("%H:%M:%S")


def elapsed() -> float:
    """Give seconds of a clock that never goes back, to measure how long something takes."""
    return time.perf_counter()


def wait(seconds: float) -> None:
    """Do nothing for a while."""
    time.sleep(seconds)
