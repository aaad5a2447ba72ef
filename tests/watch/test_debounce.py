"""When a watched site is built: a table of moments."""

from __future__ import annotations

import pytest

from wol.watch.debounce import CLOCK_CHECK, LONGEST, QUIET, RESCAN, BuildTimes, PendingEvents, wait

WALL = 1_700_000_000_000_000
"""What the clock on the wall says when the other says 0."""
SECOND = 1_000_000


@pytest.mark.parametrize(
    ("pending", "now", "expected"),
    [
        (None, 1.0, CLOCK_CHECK),
        (None, RESCAN - 5, 5.0),
        (None, RESCAN + 5, 0.0),
        (PendingEvents(1.0, 1.0), 1.0, QUIET),
        (PendingEvents(1.0, 1.0), 1.0 + QUIET / 2, QUIET / 2),
        (PendingEvents(1.0, 1.0), 1.0 + QUIET, 0.0),
        (PendingEvents(1.0, 1.2), 1.2, QUIET),
        (PendingEvents(1.0, 1.29), 1.29, LONGEST - 0.29),
        (PendingEvents(1.0, 1.3), 1.3, 0.0),
        (PendingEvents(1.0, 9.0), 9.0, 0.0),  # came during a build that took long
    ],
)
def test_events_and_silence(pending: PendingEvents | None, now: float, expected: float) -> None:
    """A save is built when nothing has come for 30 ms, or 300 ms after its first event; where all is silent, the clock is looked at."""
    assert wait(pending, BuildTimes(0.0, WALL), now, WALL + int(now * SECOND)) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("until", "now", "expected"),
    [(100.0, 10.0, CLOCK_CHECK), (15.0, 10.0, 5.0), (10.0, 10.0, 0.0), (3.0, 10.0, 0.0)],
)
def test_something_appears_by_itself(until: float, now: float, expected: float) -> None:
    """The next change of the last build is a reason, when its time has come."""
    times = BuildTimes(0.0, WALL, next_change=WALL + int(until * SECOND))
    assert wait(None, times, now, WALL + int(now * SECOND)) == pytest.approx(expected)


@pytest.mark.parametrize("leap", [-3600.0, -3.0, 3.0, 8 * 3600.0])
def test_a_machine_that_slept(leap: float) -> None:
    """Where the clocks have parted (a laptop slept, somebody set the time), nobody knows what was missed."""
    assert wait(None, BuildTimes(0.0, WALL), 10.0, WALL + int((10.0 + leap) * SECOND)) == 0.0
    assert wait(None, BuildTimes(0.0, WALL), 10.0, WALL + int((10.0 + leap / 1e5) * SECOND)) > 0.0


def test_a_build_that_could_not_begin() -> None:
    """It is tried again at its time."""
    assert wait(None, BuildTimes(0.0, WALL, again=2.0), 1.5, WALL + int(1.5 * SECOND)) == pytest.approx(0.5)


def test_a_storm_of_saves() -> None:
    """A hundred saves in a second are a few builds, and the last comes after the last save."""
    now, pending, builds = 0.0, None, []
    times = BuildTimes(0.0, WALL)
    for save in [*(n / 100 for n in range(100)), None]:
        while save is None or now < save:
            left = wait(pending, times, now, WALL + int(now * SECOND))
            if left == 0.0:
                builds.append(now)
                pending, times = None, BuildTimes(now, WALL + int(now * SECOND))
            elif save is None and pending is None:
                break
            else:
                now = min(now + max(left, 1e-6), save) if save is not None else now + max(left, 1e-6)
        if save is not None:
            pending = pending.and_now(save) if pending is not None else PendingEvents(save, save)
    assert 2 <= len(builds) <= 5
    assert builds[-1] == pytest.approx(0.99 + QUIET, abs=0.01)
