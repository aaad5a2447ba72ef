"""A series as templates see it. Each field is a dependency of its own, so that a part does not wake what does not show it."""

from __future__ import annotations

from typing import Any

from wol.model.view_protocol import Views
from wol.render.addresses import Href
from wol.render.lists import PageList
from wol.render.recorder import View


def of_page(views: Views, key: str) -> SeriesView | None:
    """Return the series that an item is a part of, or None."""
    slug = views.field("series_parts", key, "series")
    return None if slug is None else SeriesView(views, slug, key)


def of_site(views: Views) -> list[SeriesView]:
    """Return all series, by name."""
    return [SeriesView(views, slug) for slug in views.value("series_list", "") or ()]


def url_of_list(views: Views) -> Href | None:
    return Href(views.href("/series/")) if views.value("series_list", "") else None


class SeriesView(View):
    """Posts that belong together. Of a page it also knows which part that page is."""

    _sort = "A series"
    __slots__ = ("_key", "_slug", "_views")

    def __init__(self, views: Views, slug: str, key: str = "") -> None:
        self._views = views
        self._slug = slug
        self._key = key

    @property
    def name(self) -> str:
        """The name as most parts spell it."""
        found: str = self._field("name")
        return found

    @property
    def url(self) -> str:
        """The URL path of its page, ready for HTML."""
        return self._views.href(self._field("url"))

    @property
    def count(self) -> int:
        """How many parts it has, of those that are in lists."""
        found: int = self._field("count")
        return found

    @property
    def items(self) -> PageList:
        """Its parts, the first one first."""
        return PageList(self._field("items"), self._views.page)

    @property
    def part(self) -> int | None:
        """Which part the page is, from 1; nothing where no page is meant."""
        found: int | None = self._of_part("part")
        return found

    @property
    def previous(self) -> Any:
        """The part before the page; nothing at the first."""
        key = self._of_part("previous")
        return self._views.page(key) if key else None

    @property
    def next(self) -> Any:
        """The part after the page; nothing at the last."""
        key = self._of_part("next")
        return self._views.page(key) if key else None

    def __str__(self) -> str:
        return self.name

    def _field(self, name: str) -> Any:
        return self._views.field("series", self._slug, name)

    def _of_part(self, name: str) -> Any:
        return self._views.field("series_parts", self._key, name) if self._key else None
