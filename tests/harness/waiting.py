"""Waiting that takes no time: for tests whose work waits for the next second, for a host or for another try."""

from __future__ import annotations

import time

import pytest

from wol import clock

REAL = 0.1
"""Seconds up to which a pause is one that other processes need; it stays."""


def wait_for_nothing(patch: pytest.MonkeyPatch) -> None:
    """Advance the clock instead of waiting."""
    now, ahead = clock.now, 0

    def wait(seconds: float) -> None:
        nonlocal ahead
        if 0 < seconds < REAL:
            time.sleep(seconds)
        else:
            ahead += int(seconds * clock.MICROSECONDS)

    patch.setattr(clock, "now", lambda: now() + ahead)
    patch.setattr(clock, "wait", wait)
