"""What a new item gets: an id, and the present moment as its date."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wol.model.item import Moment


def new_id() -> str:
    """Return a new id: a letter and nine letters or digits, so that no reader takes it for a number."""
    import secrets
    import string

    return secrets.choice(string.ascii_lowercase) + "".join(secrets.choice(string.ascii_lowercase + string.digits) for _ in range(9))


def now_in(zone: str) -> Moment:
    """Return the present second in a time zone."""
    from datetime import UTC, datetime
    from zoneinfo import ZoneInfo

    from wol import clock
    from wol.content.dates import of_native

    there = ZoneInfo(zone)
    return of_native(datetime.fromtimestamp(clock.now() // clock.MICROSECONDS, UTC).astimezone(there), there).moment
