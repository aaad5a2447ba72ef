"""Items in one call, as reading a source makes them, for tests of what is made of items."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from wol.model.item import Moment, Summary


def at(text: str, zone: str = "UTC") -> Moment:
    """Return the moment of a date or time as a writer types it."""
    typed = datetime.fromisoformat(text)
    if typed.tzinfo is None:
        typed = typed.replace(tzinfo=ZoneInfo(zone))
    return Moment(int(typed.timestamp()) * 1_000_000 + typed.microsecond, typed.isoformat(), len(text) == 10)


def item(key: str, **fields: Any) -> Summary:
    """Return an item: kind, title and URL follow from the key unless they are given; dates may be texts, and `tags` its terms."""
    tags = fields.pop("tags", ())
    folder, _, name = key.removesuffix(".md").rpartition("/")
    section = f"/{folder}/".replace("//", "/") if name == "_index" else ""
    kind = fields.get("kind") or {"posts": "post", "notes": "note"}.get(folder.partition("/")[0], "page")
    for field in ("date", "updated", "publish", "expires"):
        if isinstance(fields.get(field), str):
            fields[field] = at(fields[field])
    date = fields.get("date")
    title = fields.get("title", name.replace("-", " ").capitalize())
    facts: dict[str, Any] = {
        "kind": "page" if section else kind,
        "title": title,
        "title_html": title,
        "url": section or (f"/{date.year}/{date.month}/{name}/" if kind == "post" and date else f"/{key.removesuffix('.md')}/"),
        "slug": name,
        "section": section,
        "terms": {"tags": tags} if tags else {},
    }
    return Summary(key=key, **{**facts, **fields, "kind": facts["kind"]})


def post(key: str, **fields: Any) -> Summary:
    """Return an item that is a post wherever it is, at a URL of one part, with its file name as its title."""
    name = key.rpartition("/")[2].removesuffix(".md")
    return item(key, **{"kind": "post", "title": name, "url": f"/{name}/", "slug": name, "section": "", **fields})
