"""Dates: every accepted spelling and no other, in every zone, with the day that was written."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wol.content.dates import ParsedDate, of_day, of_native, parse

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")


def microseconds(moment: datetime) -> int:
    return (moment - EPOCH) // timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("typed", "local"),
    [
        ("2026-11-20", "2026-11-20T00:00:00+00:00"),
        ("2026-7-1", "2026-07-01T00:00:00+01:00"),
        ("2026/11/20", "2026-11-20T00:00:00+00:00"),
        ("2026/7/1", "2026-07-01T00:00:00+01:00"),
        ("20 Nov 2026", "2026-11-20T00:00:00+00:00"),
        ("1 july 2026", "2026-07-01T00:00:00+01:00"),
        ("Nov 20, 2026", "2026-11-20T00:00:00+00:00"),
        ("September  1, 2026", "2026-09-01T00:00:00+01:00"),
        ("Sept 1, 2026", "2026-09-01T00:00:00+01:00"),
        (" 2026-11-20\n", "2026-11-20T00:00:00+00:00"),
        ("1000-01-01", "1000-01-01T00:00:00-00:01"),
        ("9998-12-31", "9998-12-31T00:00:00+00:00"),
        ("2024-02-29", "2024-02-29T00:00:00+00:00"),
    ],
)
def test_days(typed: str, local: str) -> None:
    """A day alone is 00:00 of that day in the site's zone."""
    moment = parse(typed, LONDON).moment
    assert (moment.local, moment.day_only) == (local, True)
    assert moment.instant == microseconds(datetime.fromisoformat(local))


@pytest.mark.parametrize(
    ("typed", "local"),
    [
        ("2026-11-20 14:05", "2026-11-20T14:05:00+00:00"),
        ("2026-11-20T14:05", "2026-11-20T14:05:00+00:00"),
        ("2026-07-20 14:05:33", "2026-07-20T14:05:33+01:00"),
        ("2026-7-2 9:05", "2026-07-02T09:05:00+01:00"),
        ("2026-11-20T14:05:33.5", "2026-11-20T14:05:33.500000+00:00"),
        ("2026-11-20T14:05:33.123456789Z", "2026-11-20T14:05:33.123456+00:00"),
        ("2026-07-20T14:05Z", "2026-07-20T14:05:00+00:00"),
        ("2026-07-20T14:05:00+02:00", "2026-07-20T14:05:00+02:00"),
        ("2026-07-20 14:05:00 +0530", "2026-07-20T14:05:00+05:30"),
        ("2026-07-20 14:05:00 -4", "2026-07-20T14:05:00-04:00"),
        ("2026-07-20 14:05:00-04", "2026-07-20T14:05:00-04:00"),
        ("2026-07-20 9:05:00 -4:30", "2026-07-20T09:05:00-04:30"),
        ("2026-07-20 14:05  Z", "2026-07-20T14:05:00+00:00"),
        ("2026-07-20   14:05", "2026-07-20T14:05:00+01:00"),
        ("2026-07-20 00:30 +14:00", "2026-07-20T00:30:00+14:00"),
    ],
)
def test_times(typed: str, local: str) -> None:
    """A time keeps its own offset, or gets that of the site's zone."""
    found = parse(typed, LONDON)
    assert (found.moment.local, found.moment.day_only, found.gap) == (local, False, False)
    assert found.moment.instant == microseconds(datetime.fromisoformat(local))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("soon", "`soon` is not a date that wol can read"),
        ("", "`` is not a date that wol can read"),
        ("2026", "`2026` is not a date that wol can read"),
        ("2026-11", "`2026-11` is not a date that wol can read"),
        ("20261120", "`20261120` is not a date that wol can read"),
        ("2026-W47-5", "`2026-W47-5` is not a date that wol can read"),
        ("20-11-2026", "`20-11-2026` is not a date that wol can read"),
        ("20.11.2026", "`20.11.2026` is not a date that wol can read"),
        ("11/20/2026", "`11/20/2026` is not a date that wol can read"),
        ("26-11-20", "`26-11-20` is not a date that wol can read"),
        ("2026-11-20Z", "`2026-11-20Z` is not a date that wol can read"),
        ("2026-11-20 +01:00", "`2026-11-20 +01:00` is not a date that wol can read"),
        ("2026-11-20T", "`2026-11-20T` is not a date that wol can read"),
        ("2026-11-20 14", "`2026-11-20 14` is not a date that wol can read"),
        ("2026-11-20 2:05 pm", "`2026-11-20 2:05 pm` is not a date that wol can read"),
        ("2026-11-20 14:5", "`2026-11-20 14:5` is not a date that wol can read"),
        ("2026-11-20 14:05:33,5", "`2026-11-20 14:05:33,5` is not a date that wol can read"),
        ("2026-11-20 14:05 UTC", "`2026-11-20 14:05 UTC` is not a date that wol can read"),
        ("2026-11-20 14:05 +100", "`2026-11-20 14:05 +100` is not a date that wol can read"),
        ("2026-11-20t14:05z", "`2026-11-20t14:05z` is not a date that wol can read"),
        ("2026/11/20 14:05", "`2026/11/20 14:05` is not a date that wol can read"),
        ("2026-11/20", "`2026-11/20` is not a date that wol can read"),
        ("20 Nov 2026 14:05", "`20 Nov 2026 14:05` is not a date that wol can read"),
        ("Nov 20 2026", "`Nov 20 2026` is not a date that wol can read"),
        ("Fri, 20 Nov 2026", "`Fri, 20 Nov 2026` is not a date that wol can read"),
        ("20 Brumaire 2026", "`20 Brumaire 2026` has no English name of a month"),
        ("٢٠٢٦-11-20", "`٢٠٢٦-11-20` is not a date that wol can read"),
        ("1700000000", "`1700000000` is not a date that wol can read"),
        ("x" * 100, "`" + "x" * 39 + "…` is not a date that wol can read"),
        ("2024-13-45", "There is no such day as `2024-13-45`"),
        ("2026-02-29", "There is no such day as `2026-02-29`"),
        ("2026/2/30", "There is no such day as `2026/2/30`"),
        ("31 Nov 2026", "There is no such day as `31 Nov 2026`"),
        ("2026-11-00 10:00", "There is no such day as `2026-11-00 10:00`"),
        ("0000-01-01", "The year 0000 is outside 1000 to 9998"),
        ("0999-12-31", "The year 0999 is outside 1000 to 9998"),
        ("9999-01-01", "The year 9999 is outside 1000 to 9998"),
        ("Nov 20, 0026", "The year 0026 is outside 1000 to 9998"),
        ("2026-11-20 24:00", "There is no such time as `24:00`"),
        ("2026-11-20 14:60", "There is no such time as `14:60`"),
        ("2016-12-31 23:59:60 Z", "There is no such time as `23:59:60 Z`"),
        ("2026-11-20 14:05 +24:00", "There is no such offset as `+24:00`"),
        ("2026-11-20 14:05 +01:60", "There is no such offset as `+01:60`"),
    ],
)
def test_other_spellings_are_refused(typed: str, sentence: str) -> None:
    """Nothing is guessed: what has no accepted spelling, or does not exist, is told."""
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        parse(typed, LONDON)


@pytest.mark.parametrize(
    ("zone", "typed", "local", "gap"),
    [
        ("Europe/London", "2026-03-29 01:30", "2026-03-29T02:30:00+01:00", True),
        ("Europe/London", "2026-03-29 01:00", "2026-03-29T02:00:00+01:00", True),
        ("Europe/London", "2026-03-29 00:59:59", "2026-03-29T00:59:59+00:00", False),
        ("Europe/London", "2026-03-29 02:00", "2026-03-29T02:00:00+01:00", False),
        ("Europe/Berlin", "2026-03-29 02:30", "2026-03-29T03:30:00+02:00", True),
        ("Europe/Berlin", "2026-03-29 02:30 +01:00", "2026-03-29T02:30:00+01:00", False),
        ("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-04T02:45:00+11:00", True),
        ("Europe/London", "2026-10-25 01:30", "2026-10-25T01:30:00+01:00", False),
        ("America/New_York", "2026-11-01 01:30", "2026-11-01T01:30:00-04:00", False),
        ("America/Sao_Paulo", "2018-11-04 00:30", "2018-11-04T01:30:00-02:00", True),
        ("Pacific/Apia", "2011-12-30 10:00", "2011-12-30T10:00:00-10:00", True),
        ("America/Scoresbysund", "2024-03-31 00:30", "2024-03-31T00:30:00-01:00", False),
    ],
)
def test_clocks_that_change(zone: str, typed: str, local: str, gap: bool) -> None:
    """A skipped time is moved forward by the gap, never to another day; of a time that comes twice it is the first."""
    found = parse(typed, ZoneInfo(zone))
    assert (found.moment.local, found.gap) == (local, gap)
    assert found.moment.instant == microseconds(datetime.fromisoformat(local))


@pytest.mark.parametrize(
    ("zone", "typed", "local"),
    [
        ("America/Sao_Paulo", "2018-11-04", "2018-11-04T01:00:00-02:00"),
        ("Pacific/Apia", "2011-12-30", "2011-12-30T00:00:00-10:00"),
        ("Asia/Amman", "2021-03-26", "2021-03-26T01:00:00+03:00"),
        ("America/Havana", "2026-11-01", "2026-11-01T00:00:00-04:00"),
    ],
)
def test_days_without_a_midnight(zone: str, typed: str, local: str) -> None:
    """A day whose midnight is skipped, or comes twice, is that day; no time was typed, so nothing is told."""
    found = parse(typed, ZoneInfo(zone))
    assert (found.moment.local, found.moment.day_only, found.gap) == (local, True, False)


@pytest.mark.parametrize(
    ("native", "local", "day_only"),
    [
        (date(2026, 7, 20), "2026-07-20T00:00:00+01:00", True),
        (datetime(2026, 7, 20, 14, 5), "2026-07-20T14:05:00+01:00", False),
        (datetime(2026, 7, 20, 14, 5, tzinfo=UTC), "2026-07-20T14:05:00+00:00", False),
        (
            datetime(2026, 7, 20, 14, 5, 1, 500, tzinfo=timezone(timedelta(hours=-9, minutes=-30))),
            "2026-07-20T14:05:01.000500-09:30",
            False,
        ),
    ],
)
def test_native_dates(native: date, local: str, day_only: bool) -> None:
    """TOML's own dates are read by the same rules."""
    moment = of_native(native, LONDON).moment
    assert (moment.local, moment.day_only) == (local, day_only)


@pytest.mark.parametrize("native", [date(999, 1, 1), datetime(9999, 1, 1)])
def test_native_years(native: date) -> None:
    """The same years are refused in TOML's own dates."""
    with pytest.raises(ValueError, match="is outside 1000 to 9998"):
        of_native(native, LONDON)


# Zones with gaps at midnight, whole days skipped, half hours, odd offsets, and none at all.
ZONES = st.sampled_from(
    [
        "UTC",
        "Europe/London",
        "Europe/Dublin",
        "Europe/Amsterdam",
        "America/New_York",
        "America/Sao_Paulo",
        "America/St_Johns",
        "America/Godthab",
        "America/Scoresbysund",
        "Africa/Casablanca",
        "Africa/Monrovia",
        "Asia/Amman",
        "Asia/Gaza",
        "Asia/Kathmandu",
        "Asia/Tehran",
        "Asia/Pyongyang",
        "Australia/Lord_Howe",
        "Antarctica/Troll",
        "Pacific/Apia",
        "Pacific/Kiritimati",
        "Pacific/Chatham",
        "Pacific/Niue",
    ]
).map(ZoneInfo)
TIMES = st.datetimes(datetime(1000, 1, 1), datetime(9998, 12, 31))


def transitions(zone: ZoneInfo, year: int) -> list[datetime]:
    """Give the UTC hours of a year after which the offset is another."""
    hour = timedelta(hours=1)
    at = datetime(year, 1, 1, tzinfo=UTC)
    offsets = [(at + n * hour, (at + n * hour).astimezone(zone).utcoffset()) for n in range(0, 366 * 24, 6)]
    changes = [(a, b) for (a, x), (b, y) in pairwise(offsets) if x != y]
    found = []
    for low, high in changes:
        while low + hour < high:
            middle = low + (high - low) / 2
            low, high = (low, middle) if middle.astimezone(zone).utcoffset() != low.astimezone(zone).utcoffset() else (middle, high)
        found.append(low)
    return found


@st.composite
def near_edges(draw: st.DrawFn) -> tuple[ZoneInfo, datetime]:
    """A zone, and a local time within two hours of a change of its clocks."""
    zone = draw(ZONES)
    edges = transitions(zone, draw(st.integers(1995, 2026)))
    if not edges:
        return zone, draw(TIMES)
    around = draw(st.sampled_from(edges)).astimezone(zone).replace(tzinfo=None, fold=0)
    return zone, (around + timedelta(minutes=draw(st.integers(-150, 210)))).replace(microsecond=0)


@given(st.one_of(near_edges(), st.tuples(ZONES, TIMES)))
def test_the_day_written_is_the_day_shown(case: tuple[ZoneInfo, datetime]) -> None:
    """In every zone and around every change of clocks the local date is the typed one, and `local` is the instant."""
    zone, typed = case
    found = parse(typed.isoformat(" "), zone)
    assert found.moment.local[:10] == typed.date().isoformat()
    assert found.moment.instant == microseconds(datetime.fromisoformat(found.moment.local))
    day = parse(typed.date().isoformat(), zone)
    assert day.moment.local[:10] == typed.date().isoformat()
    assert (day.gap, day.moment.day_only) == (False, True)


@given(st.one_of(near_edges(), st.tuples(ZONES, TIMES)))
def test_gaps_and_overlaps(case: tuple[ZoneInfo, datetime]) -> None:
    """A time that exists is itself, the first of two; one that does not is as long after the gap's start as typed, plus the gap."""
    zone, typed = case
    found = parse(typed.isoformat(), zone)
    candidates = {typed.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
    real = [one for one in candidates if one.astimezone(zone).replace(tzinfo=None, fold=0) == typed]
    expected = min(real) if real else typed.replace(tzinfo=zone, fold=0).astimezone(UTC)
    assert found.gap == (not real)
    # offsets of local mean time have seconds, which RFC 3339 has not
    assert abs(found.moment.instant - microseconds(expected)) < 60_000_000
    if (typed.replace(tzinfo=zone).utcoffset() or timedelta()).seconds % 60 == 0:
        assert found.moment.instant == microseconds(expected)


@given(TIMES, st.integers(-23 * 60, 23 * 60), ZONES)
def test_typed_offsets_are_kept(typed: datetime, minutes: int, zone: ZoneInfo) -> None:
    """A date with an offset does not depend on the site's zone."""
    aware = typed.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    found = parse(aware.isoformat(), zone)
    assert found == ParsedDate(parse(aware.isoformat(), LONDON).moment)
    assert datetime.fromisoformat(found.moment.local) == aware
    assert found.moment.local[:19] == typed.isoformat()[:19]


@given(st.dates(date(1000, 1, 1), date(9998, 12, 31)), ZONES)
def test_all_spellings_of_a_day_are_one(day: date, zone: ZoneInfo) -> None:
    """However a day is spelled, it is the same moment."""
    name = calendar.month_name[day.month]
    year = f"{day.year:04}"
    spellings = [
        f"{year}-{day.month:02}-{day.day:02}",
        f"{year}-{day.month}-{day.day}",
        f"{year}/{day.month:02}/{day.day:02}",
        f"{day.day} {name[:3]} {year}",
        f"{day.day:02} {name.upper()} {year}",
        f"{name[:3]} {day.day}, {year}",
    ]
    assert {parse(spelling, zone) for spelling in spellings} == {of_day(day, zone)}


@given(st.text("0123456789-/:., TZ+NovJan", max_size=30), ZONES)
def test_any_text_is_a_date_or_a_sentence(typed: str, zone: ZoneInfo) -> None:
    """No text fails otherwise than with a sentence, and what is read has a year that is allowed."""
    try:
        found = parse(typed, zone)
    except ValueError as error:
        found, sentence = None, str(error)
    assert sentence if found is None else 1000 <= int(found.moment.year) <= 9998
