"""Which books there are, and their order: the last one read first."""

from __future__ import annotations

from typing import Any

import msgspec

from wol.model.item import Moment
from wol.model.step import Made, SiteInput

PARTS = ("title", "author", "isbn", "url", "year", "read", "rating")


def make(site: SiteInput) -> Made:
    """`reading_books, reading_list`: the books that items are about.

    `reading_books`: key to what its `book` says, None where it says nothing; `author` is a text, `url` a text or the data of a `Link`, `read`
    the data of a `Moment`. Withdrawn items are not in it. `reading_list`: the keys of listed items, by the key "": by `read`, else by the date of
    the item, latest first, then by path.
    """
    state, listed, date = site.table("state"), site.table("listed"), site.column("date")
    rows: dict[str, dict[str, Any]] = {}
    last_read: dict[str, Moment | None] = {}
    for key, book in sorted(site.column("reading_list.book").items()):
        if state.get(key) == "gone":
            continue
        row = {name: book.get(name) for name in PARTS}
        rows[key] = msgspec.to_builtins({**row, "author": ", ".join(book.get("author", ()))})
        if listed.get(key):
            last_read[key] = book.get("read") or date[key]
    order = sorted(last_read, key=lambda key: _latest_first(last_read[key]))
    return Made({"reading_books": rows, "reading_list": {"": order} if order else {}})


def _latest_first(moment: Moment | None) -> tuple[bool, int]:
    return moment is None, 0 if moment is None else -moment.instant
