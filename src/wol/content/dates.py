"""Dates as people type them: to an instant, and to the local date that is shown.

Source: the authoring format, section 2.1. "The day written is the day shown": `Moment.local` keeps the typed date with its own offset, so
changing the site's time zone moves no URL of an item whose date has one, and no day of any.
"""

from __future__ import annotations

import contextlib
import re
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from wol.model.item import Moment

FIRST_YEAR, LAST_YEAR = 1000, 9998

_ISO = re.compile(
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
    r"(?:(?:T|[ \t]+)([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]+))?)?"
    r"[ \t]*(Z|[+-](?:[0-9]{1,2}:[0-9]{2}|[0-9]{4}|[0-9]{1,2}))?)?"
)
_SLASHES = re.compile(r"([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[ \t]+([A-Za-z]+)[ \t]+([0-9]{4})")
_MONTH_FIRST = re.compile(r"([A-Za-z]+)[ \t]+([0-9]{1,2}),[ \t]+([0-9]{4})")
_NAMES = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_MONTHS = {short: number for number, name in enumerate(_NAMES, 1) for short in (name, name[:3])} | {"sept": 9}

_SIGNS = "--T::Z"
"""Every third sign, from the fifth, of a time in UTC as programs write it: `2026-11-20T14:05:00Z`."""

_EPOCH = datetime.combine(date(1970, 1, 1), time())
_MINUTE = timedelta(minutes=1)


class ParsedDate(NamedTuple):
    """A date, and whether the typed time was one that the clocks of its zone skipped."""

    moment: Moment
    gap: bool = False


def parse(text: str, zone: ZoneInfo) -> ParsedDate:
    """Read a date as typed; without an offset it is of `zone`, and a day alone is 00:00 there.

    Raises ValueError with a sentence for any other spelling, for days and times that do not exist, and for years outside 1000 to 9998.
    """
    if len(text) == 10 and text[4] == "-" == text[7]:
        try:
            return of_day(date.fromisoformat(text), zone)
        except ValueError:
            pass  # told below, with the reason
    if len(text) == 20 and text[4::3] == _SIGNS and text[11:13] < "24":
        try:
            typed = datetime.fromisoformat(text[:19])
            _check_year(typed.year)
            return ParsedDate(_moment(typed, timedelta()))
        except ValueError:
            pass
    text = text.strip(" \t\n")
    match = _ISO.fullmatch(text)
    if match is None:
        return of_day(_day(text, *_other(text)), zone)
    year, month, day, hour, minute, second, fraction, offset = match.groups()
    on = _day(text, int(year), int(month), int(day))
    if hour is None:
        return of_day(on, zone)
    if int(hour) > 23 or int(minute) > 59 or int(second or 0) > 59:
        raise ValueError(f"There is no such time as `{_cut(text[match.start(4) :])}`")
    typed = datetime.combine(on, time(int(hour), int(minute), int(second or 0), int((fraction or "0")[:6].ljust(6, "0"))))
    return _local(typed, zone) if offset is None else ParsedDate(_moment(typed, _offset(offset)))


def readings(text: str) -> tuple[str, ...]:
    """Return the days that a date with its year at the end may mean, as `2025-11-20`: one, or two where day and month may be either."""
    match = _YEAR_LAST.fullmatch(text.strip())
    if match is None:
        return ()
    first, second, year = (int(part) for part in match.groups())
    found = []
    for month, day in dict.fromkeys(((second, first), (first, second))):
        with contextlib.suppress(ValueError):
            found.append(date(year, month, day).isoformat())
    return tuple(found)


def of_day(day: date, zone: ZoneInfo) -> ParsedDate:
    """Give the moment of a day: 00:00 there. Where the clocks skip midnight it is moved on, but no time was typed, so that is no gap.

    Raises ValueError for years outside 1000 to 9998.
    """
    _check_year(day.year)
    found = _local(datetime.combine(day, time()), zone).moment
    return ParsedDate(Moment(found.instant, found.local, True))


def of_native(value: date | datetime, zone: ZoneInfo) -> ParsedDate:
    """Give the moment of a TOML date: offset date-time, local date-time or local date.

    Raises ValueError for years outside 1000 to 9998.
    """
    if not isinstance(value, datetime):
        return of_day(value, zone)
    _check_year(value.year)
    offset = value.utcoffset()
    typed = value.replace(tzinfo=None)
    return _local(typed, zone) if offset is None else ParsedDate(_moment(typed, offset))


def _other(text: str) -> tuple[int, int, int]:
    match = _SLASHES.fullmatch(text)
    if match is not None:
        return int(match[1]), int(match[2]), int(match[3])
    match = _DAY_FIRST.fullmatch(text)
    if match is not None:
        day, name, year = match.groups()
    else:
        match = _MONTH_FIRST.fullmatch(text)
        if match is None:
            raise ValueError(f"`{_cut(text)}` is not a date that wol can read")
        name, day, year = match.groups()
    month = _MONTHS.get(name.lower())
    if month is None:
        raise ValueError(f"`{_cut(text)}` has no English name of a month")
    return int(year), month, int(day)


def _day(text: str, year: int, month: int, day: int) -> date:
    _check_year(year)
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"There is no such day as `{_cut(text)}`") from None


def _check_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"The year {year:04} is outside {FIRST_YEAR} to {LAST_YEAR}")


def _offset(text: str) -> timedelta:
    if text == "Z":
        return timedelta()
    digits = text[1:].replace(":", "")
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    if hours > 23 or minutes > 59:
        raise ValueError(f"There is no such offset as `{text}`")
    offset = timedelta(hours=hours, minutes=minutes)
    return -offset if text[0] == "-" else offset


def _local(typed: datetime, zone: ZoneInfo) -> ParsedDate:
    """Place a time in a zone: the first of two where the clocks went back, moved forward by the gap where they went forward.

    A gap that would move it to another day (some zones skipped one) keeps the day and the old offset, which is the same instant.
    """
    if zone.key == "UTC":
        return ParsedDate(_moment(typed, timedelta()))
    offset = typed.replace(tzinfo=zone).utcoffset() or timedelta()
    there = zone.fromutc((typed - offset).replace(tzinfo=zone))
    shown = there.replace(tzinfo=None, fold=0)
    if shown == typed:
        return ParsedDate(_moment(typed, offset))
    if shown.date() != typed.date():
        return ParsedDate(_moment(typed, offset), True)
    return ParsedDate(_moment(shown, there.utcoffset() or timedelta()), True)


def _moment(typed: datetime, offset: timedelta) -> Moment:
    """Make a moment; offsets of old local mean time are cut to minutes, as RFC 3339 has no seconds in them."""
    minutes = offset // _MINUTE if offset >= timedelta() else -(-offset // _MINUTE)
    since = typed - _EPOCH
    instant = (since.days * 86_400 + since.seconds - minutes * 60) * 1_000_000 + since.microseconds
    hours, rest = divmod(abs(minutes), 60)
    return Moment(instant, f"{typed.isoformat()}{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}")


def _cut(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
