"""Stamps: what the file system says of a file, by which it is known to be unchanged, and how far that can be trusted.

As in Git, size, modification time, change time and inode must all be the same. A file changed within the granularity of the file system's clock may have the
stamp that it had before, so a stamp that young proves nothing. What "young" means is decided by the clock of that file system, never by the process's own:
a server's clock may differ from ours, and FAT counts in steps of two seconds.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Mapping, Sequence

import msgspec

TICK_NS = 20_000_000
"""The finest granularity that is assumed: kernels take the time of a file from a clock that ticks up to every 10 ms."""

COARSEST_NS = 2_000_000_000
"""The granularity of FAT, which no file system in use exceeds."""

_HAS_CHANGE_TIME = os.name == "posix"
"""Elsewhere `st_ctime` is when a file was created."""


class Stamp(msgspec.Struct, frozen=True, gc=False):
    """What `stat` returns of a file, as far as it tells versions apart; `changed_ns` is 0 where there is no change time."""

    size: int
    mtime_ns: int
    changed_ns: int
    inode: int

    @property
    def latest_ns(self) -> int:
        """The latest time of the two."""
        return max(self.mtime_ns, self.changed_ns)


class Clock(msgspec.Struct, frozen=True):
    """The time of a file system: its device number, and its own "now" in nanoseconds."""

    device: int
    now_ns: int


def of(found: os.stat_result) -> Stamp:
    """Take the stamp out of the result of a `stat`."""
    return Stamp(found.st_size, found.st_mtime_ns, found.st_ctime_ns if _HAS_CHANGE_TIME else 0, found.st_ino)


def granularity(stamps: Iterable[Stamp]) -> int:
    """Tell in which steps a file system counts time, from the stamps of some of its files: too large a step where there are few of them, never too small."""
    known = tuple(stamps)
    step = max(math.gcd(*(s.mtime_ns for s in known)), math.gcd(*(s.changed_ns for s in known)), TICK_NS)
    return min(step, COARSEST_NS)


def young(seen: Mapping[int, Sequence[tuple[str, Stamp]]], clock: Clock | None) -> frozenset[str]:
    """Name the files that may change again without getting another stamp; `seen` are paths and stamps by device.

    `clock` is what a file system showed before the files were looked at. On any other device it is at least as late as the last change seen there.
    """
    found: list[str] = []
    for device, files in seen.items():
        if clock is not None and clock.device == device:
            now = clock.now_ns
        else:
            now = max(stamp.changed_ns or stamp.mtime_ns for _, stamp in files)
        recent = _since(files, now - COARSEST_NS)
        if recent:
            found += [path for path, _ in _since(recent, now - granularity(stamp for _, stamp in recent))]
    return frozenset(found)


def _since(files: Sequence[tuple[str, Stamp]], limit: int) -> list[tuple[str, Stamp]]:
    return [(path, stamp) for path, stamp in files if stamp.mtime_ns >= limit or stamp.changed_ns >= limit]
