"""How old a page with `as_of` is: it may be out of date when 90 whole days have passed since that day, where the site is."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from wol.model.item import Moment
from wol.model.step import Made, SiteInput

DAYS = 90
"""Days after which a page may be out of date."""


def make(site: SiteInput) -> Made:
    """Return the moment from which each page with `as_of` may be out of date."""
    as_of = site.column("now.as_of")
    if not as_of:
        return Made()
    zone = ZoneInfo(site.config.site.timezone)
    moments = {key: old_from(day, zone) for key, day in as_of.items()}
    return Made(moments={key: moment for key, moment in moments.items() if moment is not None})


def old_from(as_of: Moment, zone: ZoneInfo) -> int | None:
    """Return the end of the 90th day after the day as it was written, in microseconds since 1970 UTC; None if no calendar has that day.

    Where clocks skip midnight, the day ends when they do.
    """
    try:
        day = date.fromisoformat(as_of.local[:10]) + timedelta(days=DAYS + 1)
        return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp()) * 1_000_000
    except OverflowError:
        return None
