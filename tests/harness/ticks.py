"""A file system whose clock ticks only when it is told to: stamps as FAT, HFS+, ext3 or a server give them."""

from __future__ import annotations

import os
import time
from bisect import bisect_right

import pytest

from wol import stamps
from wol.stamps import Stamp

FAT = 2_000_000_000
HFS = 1_000_000_000
START = 1_796_083_200 * 1_000_000_000
"""The time at the first tick; whole for every step."""


class Ticks:
    """Gives files the times of ticks, in steps of so many nanoseconds. A time that was set by hand, in the past, stays as it is, but for its precision."""

    def __init__(self, step: int, *, has_change_time: bool = True) -> None:
        self.step = step
        self._has_change_time = has_change_time
        self._began = time.time_ns()
        self._ticks: list[int] = []

    def go_on(self, ticks: int = 1) -> None:
        """Advance the clock: files written from now on are newer than all before."""
        time.sleep(0.02)  # the real clock has to tick, too
        self._ticks += [time.time_ns()] * ticks

    def install(self, patch: pytest.MonkeyPatch) -> None:
        """Replace file stamps everywhere by these."""
        patch.setattr(stamps, "of", self._of)

    def _of(self, found: os.stat_result) -> Stamp:
        changed = self._seen(found.st_ctime_ns) if self._has_change_time else 0
        return Stamp(found.st_size, self._seen(found.st_mtime_ns), changed, found.st_ino)

    def _seen(self, ns: int) -> int:
        if ns < self._began - 3600 * 10**9:
            return ns // self.step * self.step
        return START + bisect_right(self._ticks, ns) * self.step
