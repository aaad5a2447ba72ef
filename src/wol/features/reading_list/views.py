"""A book as templates see it. Each field is a dependency of its own, so that a rating does not wake what shows the title."""

from __future__ import annotations

from typing import Any

import msgspec

from wol.model.item import Link, Moment
from wol.model.view_protocol import Views
from wol.render.addresses import Href
from wol.render.date_view import DateView
from wol.render.recorder import View


def of_page(views: Views, key: str) -> BookView | None:
    """Return the book that an item is about, or None."""
    return None if views.field("reading_books", key, "title") is None else BookView(views, key)


def of_site(views: Views) -> list[BookView]:
    """Return all books, those read last first."""
    return [BookView(views, key) for key in views.value("reading_list", "") or ()]


def url_of_list(views: Views) -> Href | None:
    return Href(views.href("/reading/")) if views.value("reading_list", "") else None


class BookView(View):
    """A book that a page is about; what the page does not say of it is empty."""

    _sort = "A book"
    __slots__ = ("_key", "_views")

    def __init__(self, views: Views, key: str) -> None:
        self._views = views
        self._key = key

    @property
    def title(self) -> str:
        """The title of the book."""
        return str(self._field("title"))

    @property
    def author(self) -> str:
        """Who wrote it; several names with commas between them."""
        return str(self._field("author"))

    @property
    def isbn(self) -> str:
        """Its ISBN, as typed."""
        return self._field("isbn") or ""

    @property
    def url(self) -> Href | None:
        """Where to find out more about it, ready for HTML; nothing where that is a page that is not published."""
        url = self._field("url")
        if url is not None and not isinstance(url, str):
            url = self._views.resolve(msgspec.convert(url, Link))
        return Href(self._views.href(url)) if url else None

    @property
    def year(self) -> int | None:
        """The year in which it came out."""
        year: int | None = self._field("year")
        return year

    @property
    def read(self) -> DateView | None:
        """The day on which the writer finished it."""
        day = self._field("read")
        return None if day is None else DateView(msgspec.convert(day, Moment))

    @property
    def rating(self) -> int | None:
        """What the writer thinks of it, from 1 to 5."""
        rating: int | None = self._field("rating")
        return rating

    @property
    def page(self) -> Any:
        """The page that is about it."""
        return self._views.page(self._key)

    def __str__(self) -> str:
        return self.title

    def _field(self, name: str) -> Any:
        return self._views.field("reading_books", self._key, name)
