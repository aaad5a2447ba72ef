"""The enclosure of an item, for its page and for feeds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wol.model.feed import Enclosure, EntryData
from wol.model.item import Link
from wol.model.view_protocol import Views
from wol.render.addresses import Href
from wol.render.recorder import View


def entry(views: Views, key: str) -> EntryData | None:
    """Return the enclosure of an item's entry."""
    row = views.value("enclosures", key)
    url = _url(views, key, row)
    if not url:
        return None
    return EntryData(enclosures=(Enclosure(url=url, type=row["type"], length=row["length"], duration=row["duration"]),))


def of_page(views: Views, key: str) -> EnclosureView | None:
    """Return the enclosure of a page."""
    row = views.value("enclosures", key)
    url = _url(views, key, row)
    return EnclosureView(row, Href(views.href(url))) if url else None


def _url(views: Views, key: str, row: Mapping[str, Any] | None) -> str | None:
    """Return the URL path or the URL of an item's sound or film; None if it has none, or none that is published."""
    if row is None:
        return None
    field = views.value(f"enclosures.{row['kind']}", key)
    src = field["src"]
    return views.resolve(src) if isinstance(src, Link) else str(src)


class EnclosureView(View):
    """The sound or film of a page."""

    _sort = "An enclosure"
    __slots__ = {
        "duration": "Its length in seconds, a whole number, or nothing.",
        "kind": "`audio` or `video`.",
        "length": "Its bytes, or nothing.",
        "type": "Its media type.",
        "url": "Its URL, ready for HTML.",
    }

    def __init__(self, row: Mapping[str, Any], url: Href) -> None:
        self.url = url
        self.kind: str = row["kind"]
        self.type: str = row["type"]
        self.length: int | None = row["length"]
        self.duration = None if row["duration"] is None else round(row["duration"])

    @property
    def time(self) -> str:
        """Its duration as people write it: `31:20`, `1:02:30`; empty if it is not known."""
        if self.duration is None:
            return ""
        minutes, seconds = divmod(self.duration, 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}" if minutes >= 60 else f"{minutes}:{seconds:02}"

    @property
    def iso_duration(self) -> str:
        """Its duration for `datetime`, `PT1880S`; empty if it is not known."""
        return "" if self.duration is None else f"PT{self.duration}S"

    def __str__(self) -> str:
        return str(self.url)
