"""When to build: not while files are still being written, and soon after. Pure: takes times, returns a decision."""

from __future__ import annotations

import msgspec

QUIET = 0.03
"""Seconds without an event after which a save counts as complete."""

LONGEST = 0.3
"""Seconds after the first event at which a build starts even if events go on."""

CLOCK_CHECK = 20.0
"""Seconds between two looks at the clock, at most: the machine may have slept, or its clock may have been set."""

RESCAN = 300.0
"""Seconds after which the sources are scanned even without an event."""

CLOCK_JUMP = 2.0
"""Seconds by which the two clocks may differ before it counts as a jump."""

MICROSECONDS = 1_000_000


class PendingEvents(msgspec.Struct, frozen=True):
    """Events since the last build started: the times of the first and the last, in seconds of a monotonic clock."""

    first: float
    last: float

    def and_now(self, now: float) -> PendingEvents:
        """Return this with one more event."""
        return PendingEvents(self.first, now)


class BuildTimes(msgspec.Struct, frozen=True):
    """The last build: when it began, by both clocks (`began_wall` in microseconds since 1970 UTC), and the next scheduled change."""

    began: float
    began_wall: int
    next_change: int | None = None
    again: float | None = None
    """When to retry, if it could not run."""


def wait(pending: PendingEvents | None, times: BuildTimes, now: float, wall: int) -> float:
    """Return the seconds until the next decision; 0 or less to build now."""
    elapsed = now - times.began
    waits = [CLOCK_CHECK, RESCAN - elapsed]
    if pending is not None:
        waits.append(min(pending.last + QUIET, pending.first + LONGEST) - now)
    if times.next_change is not None:
        waits.append((times.next_change - wall) / MICROSECONDS)
    if times.again is not None:
        waits.append(times.again - now)
    if abs((wall - times.began_wall) / MICROSECONDS - elapsed) > CLOCK_JUMP:
        return 0.0
    return max(0.0, min(waits))
