"""Lists in templates: items that become views one by one, pages of lists, groups, years and months."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, overload

from wol.render.recorder import View

if TYPE_CHECKING:
    pass


class PageList(View, Sequence[Any]):
    """A list of items: each becomes a view when it is asked for, so that `site.posts[:5]` costs five."""

    _sort = "A list of items"
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

    _sort = "A group"
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

    _sort = "`pager`"
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
