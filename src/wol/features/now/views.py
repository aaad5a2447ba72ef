"""What templates see of a page with `as_of`."""

from __future__ import annotations

from wol.model.view_protocol import Views
from wol.render.date_view import DateView


def as_of(views: Views, key: str) -> DateView | None:
    day = views.value("now.as_of", key)
    return None if day is None else DateView(day)


def may_be_old(views: Views, key: str) -> bool:
    return bool(views.value("now.due", key))
