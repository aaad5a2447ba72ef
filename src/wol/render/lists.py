"""Lists in templates: items that become views one by one, pages of lists, groups, years and months."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, overload

from wol.render.addresses import Href
from wol.render.recorder import View

if TYPE_CHECKING:
    from wol.render.views import SiteViews


class PageList(View, Sequence[Any]):
    """A list of items: each becomes a view when it is asked for, so that `site.posts[:5]` costs five."""

    __slots__ = ("_keys", "_page")

    def __init__(self, keys: Sequence[str], page: Callable[[str], Any]) -> None:
        self._keys = keys
        self._page = page

    @overload
    def __getitem__(self, place: int) -> Any: ...
    @overload
    def __getitem__(self, place: slice) -> PageList: ...
    def __getitem__(self, place: int | slice) -> Any:
        if isinstance(place, slice):
            return PageList(self._keys[place], self._page)
        return self._page(self._keys[place])

    def __len__(self) -> int:
        return len(self._keys)

    def __iter__(self) -> Iterator[Any]:
        return map(self._page, self._keys)

    def __repr__(self) -> str:
        return f"{len(self._keys)} items"


class Group(View):
    """What the filter `group` gives: what its items have in common, and the items in their order."""

    __slots__ = {"items": "The items, in their order.", "key": "What they have in common."}

    def __init__(self, key: object, items: list[Any]) -> None:
        self.key = key
        self.items = items

    def __iter__(self) -> Iterator[Any]:
        return iter((self.key, self.items))

    def __repr__(self) -> str:
        return f"{self.key}: {len(self.items)} items"


class Pager(View):
    """One page of a long list."""

    __slots__ = {
        "front": "The URL of the first page, where the newest items are, ready for HTML.",
        "items": "The items of this page; `posts` has the same.",
        "newer": "The URL of the page with newer items; nothing where there is none.",
        "number": "The number of this page; 0 for the front.",
        "older": "The URL of the page with older items; nothing where there is none.",
    }

    def __init__(self, items: Sequence[Any], number: int, *, front: str, older: str | None = None, newer: str | None = None) -> None:
        self.items = items
        self.number = number
        self.front = front
        self.older = older
        self.newer = newer

    def __repr__(self) -> str:
        return f"page {self.number}"


class YearView(View):
    """A year or a month that has posts."""

    __slots__ = ("_facts", "_views")

    def __init__(self, views: SiteViews, facts: Mapping[str, Any]) -> None:
        self._views = views
        self._facts = facts

    @property
    def year(self) -> Any:
        """The number of the year, four digits."""
        return self._facts["year"]

    @property
    def month(self) -> Any:
        """The number of a month, two digits; nothing for a year."""
        return self._facts.get("month")

    @property
    def url(self) -> Href:
        """The URL path of its list, ready for HTML."""
        return self._views.href(self._facts["url"])

    @property
    def count(self) -> int:
        """How many posts it has."""
        found: int = self._facts["count"]
        return found

    @property
    def months(self) -> list[YearView]:
        """The months of a year that have posts, newest first."""
        return [YearView(self._views, {"year": self._facts["year"], **month}) for month in self._facts.get("months", ())]

    def __str__(self) -> str:
        return str(self._facts.get("month") or self._facts["year"])
