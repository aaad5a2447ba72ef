"""From which moment a page with `as_of` may be out of date: the end of the 90th day, where the site is."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from harness.items import at
from wol.features.now.age import old_from
from wol.model.item import Moment


@pytest.mark.parametrize(
    ("day", "zone", "moment"),
    [
        ("2026-11-20", "UTC", "2027-02-19T00:00"),
        ("2026-11-20", "Asia/Tokyo", "2027-02-18T15:00"),
        ("2026-11-20", "America/New_York", "2027-02-19T05:00"),
        ("2026-01-15", "America/New_York", "2026-04-16T04:00"),  # summer time has begun since
        ("2026-07-31", "Europe/London", "2026-10-30T00:00"),
        ("2023-01-26", "Africa/Cairo", "2023-04-26T22:00"),
        ("2023-01-27", "Africa/Cairo", "2023-04-27T22:00"),  # clocks skip from midnight to one o'clock
        ("2018-08-05", "America/Sao_Paulo", "2018-11-04T03:00"),  # the same
        ("2023-11-30", "UTC", "2024-02-29T00:00"),
        ("2024-11-30", "UTC", "2025-03-01T00:00"),
        ("2026-10-02", "UTC", "2027-01-01T00:00"),
        ("1969-01-01", "UTC", "1969-04-02T00:00"),
        ("0001-01-01", "UTC", "0001-04-02T00:00"),
        ("2026-11-20T23:30:00-05:00", "UTC", "2027-02-19T00:00"),  # the day that is written, not that day in UTC
        ("2026-11-20T00:30:00+09:00", "UTC", "2027-02-19T00:00"),
        ("2026-11-20T10:30:00+00:00", "Pacific/Kiritimati", "2027-02-18T10:00"),
    ],
)
def test_the_end_of_the_last_day(day: str, zone: str, moment: str) -> None:
    due = old_from(at(day) if "T" not in day else Moment(0, day), ZoneInfo(zone))
    assert due is not None
    assert due == int(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp()) * 1_000_000


@pytest.mark.parametrize("day", ["9999-12-31", "9999-10-02"])
def test_days_after_the_last_day_of_all(day: str) -> None:
    """They never come."""
    assert old_from(at(day), ZoneInfo("UTC")) is None
