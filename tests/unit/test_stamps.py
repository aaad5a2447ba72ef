"""By what a file is known to be unchanged, and how long it must have been so."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from wol import fsio, stamps
from wol.model.source import Source
from wol.stamps import COARSEST_NS, TICK_NS, Clock, Stamp

S = 1_000_000_000
NOW = 1_796_083_201_234_567_891
FINE = [NOW - 9 * S, NOW - 7 * S - 1, NOW - 50 * S + 12_345]


@pytest.mark.parametrize(
    ("times", "step"),
    [
        (FINE, TICK_NS),
        ([n // 100 * 100 for n in FINE], TICK_NS),  # NTFS
        ([n // 10**7 * 10**7 for n in FINE], TICK_NS),  # exFAT
        ([7 * S, 9 * S, 12 * S], S),  # HFS+, ext3
        ([8 * S, 10 * S, 14 * S], COARSEST_NS),  # FAT
        ([60 * S, 120 * S], COARSEST_NS),
        ([NOW], COARSEST_NS),  # one file tells nothing
        ([1 * S, 1 * S], S),  # Nix
        ([], TICK_NS),
    ],
)
def test_the_granularity_is_never_told_too_small(times: list[int], step: int) -> None:
    assert stamps.granularity(Stamp(1, n, n, 1) for n in times) == step


def test_times_set_by_an_archive_do_not_hide_a_fine_clock() -> None:
    """Whole seconds of `tar` beside change times in nanoseconds: the coarser of the two counts."""
    assert stamps.granularity(Stamp(1, n // S * S, n, 1) for n in FINE) == S


def test_what_is_young_goes_by_the_clock_of_its_own_file_system() -> None:
    """On the device of the clock by that; on another by the last change seen there, however late or early its clock is."""
    ages = {"old": 10 * S, "older": 60 * S + 77, "new": 5_000_000}
    for skew in (0, -3600 * S, 3600 * S):
        seen = {1: [(path, Stamp(1, NOW - age, NOW - age, 1)) for path, age in ages.items()]}
        other = {2: [(path, Stamp(1, NOW + skew - age, NOW + skew - age, 1)) for path, age in ages.items()]}
        assert stamps.young(seen, Clock(1, NOW)) == {"new"}
        assert stamps.young(other, Clock(1, NOW)) == {"new"}
        assert stamps.young(other, None) == {"new"}


def test_a_file_with_an_old_time_that_was_changed_just_now_is_young() -> None:
    """`touch -r` sets the one time and cannot set the other."""
    old = NOW - 9999 * S
    assert stamps.young({1: [("a", Stamp(1, old, NOW, 1)), ("b", Stamp(1, old + 1, old, 1))]}, Clock(1, NOW)) == {"a"}


def test_a_time_in_the_future_proves_nothing() -> None:
    assert stamps.young({1: [("a", Stamp(1, NOW + 60 * S, NOW - 60 * S, 1))]}, Clock(1, NOW)) == {"a"}


def test_each_part_of_a_stamp_counts() -> None:
    source = Source("content/a.md", "a.md", 5, NOW, "digest", NOW + 1, 9)
    assert source.has(Stamp(5, NOW, NOW + 1, 9))
    for other in (Stamp(6, NOW, NOW + 1, 9), Stamp(5, NOW + 1, NOW + 1, 9), Stamp(5, NOW, NOW, 9), Stamp(5, NOW, NOW + 1, 8)):
        assert not source.has(other)


def test_where_there_is_no_change_time_it_does_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows has the time of creation there, which says nothing of a change."""
    (tmp_path / "a").write_text("a")
    monkeypatch.setattr(stamps, "_HAS_CHANGE_TIME", False)
    found = os.stat(tmp_path / "a")
    assert stamps.of(found) == Stamp(1, found.st_mtime_ns, 0, found.st_ino)
    assert stamps.young({1: [("a", Stamp(1, NOW, 0, 1)), ("b", Stamp(1, NOW - 9 * S, 0, 2))]}, None) == {"a"}


def test_the_clock_of_a_file_system(tmp_path: Path) -> None:
    """It goes on, and a folder where nothing can be written has none."""
    first, second = fsio.clock(tmp_path), fsio.clock(tmp_path)
    assert first is not None
    assert second is not None
    assert first.device == os.stat(tmp_path).st_dev
    assert first.now_ns <= second.now_ns <= os.stat(tmp_path / "clock").st_mtime_ns
    assert fsio.clock(tmp_path / "clock" / "below") is None
