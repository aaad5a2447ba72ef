"""When to build: not while files are still being written, and never much later. Pure: times come in, a decision goes out."""

from __future__ import annotations

import msgspec

QUIET = 0.03
"""Seconds without an event after which what is saved is taken to be whole."""

LONGEST = 0.3
"""Seconds after the first event at which a build begins though events go on."""

GLANCE = 20.0
"""Seconds at most from one look at the clock to the next: a machine may have slept, or its clock been set."""

SAFETY = 300.0
"""Seconds after which the sources are looked through though nothing was heard of them."""

LEAP = 2.0
"""Seconds by which the two clocks may differ before that is a leap."""

MICROSECONDS = 1_000_000


class Pending(msgspec.Struct, frozen=True):
    """Events that no build has seen: when the first and the last of them came, in seconds of a clock that never goes back."""

    first: float
    last: float

    def and_now(self, now: float) -> Pending:
        """Add an event."""
        return Pending(self.first, now)


class Built(msgspec.Struct, frozen=True):
    """The last build: when it began, by both clocks (the second in microseconds since 1970 UTC), and when something appears or expires next."""

    began: float
    began_wall: int
    next_change: int | None = None
    again: float | None = None
    """When to try again, where it could not do its work."""


def wait(pending: Pending | None, built: Built, now: float, wall: int) -> float:
    """Give the seconds to wait before it must be asked again whether to build: 0 or less to build now."""
    elapsed = now - built.began
    waits = [GLANCE, SAFETY - elapsed]
    if pending is not None:
        waits.append(min(pending.last + QUIET, pending.first + LONGEST) - now)
    if built.next_change is not None:
        waits.append((built.next_change - wall) / MICROSECONDS)
    if built.again is not None:
        waits.append(built.again - now)
    if abs((wall - built.began_wall) / MICROSECONDS - elapsed) > LEAP:
        return 0.0
    return max(0.0, min(waits))
