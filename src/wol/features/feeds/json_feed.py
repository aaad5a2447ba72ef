"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

from typing import Any

import msgspec

from wol.features.feeds.entries import Entry, Feed, Person
from wol.model.feed import Enclosure

VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(feed: Feed) -> bytes:
    """Make a JSON Feed; what is absent is left out, never null."""
    made = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.url,
        "description": feed.description,
        "language": feed.language,
        "authors": [_person(feed.author)],
        "hubs": [{"type": "WebSub", "url": feed.hub}] if feed.hub else [],
    }
    made = {name: value for name, value in made.items() if value}
    made["items"] = [_item(entry, feed) for entry in feed.entries]
    return msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n"


def _item(entry: Entry, feed: Feed) -> dict[str, Any]:
    made = {
        "id": entry.id,
        "url": entry.url,
        "external_url": entry.related,
        "title": entry.title if entry.titled else "",
        "summary": entry.summary,
        "image": entry.image,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "authors": [_person(person) for person in entry.authors if entry.authors != (feed.author,)],
        "tags": list(dict.fromkeys(category.name for category in entry.categories)),
        "attachments": [_attachment(one) for one in entry.enclosures],
        "_comments": {"url": entry.comments} if entry.comments else {},
        "_source": {"url": entry.source.url, "title": entry.source.title} if entry.source is not None else {},
        "language": entry.language if entry.language.lower() != feed.language.lower() else "",
    }
    made = {name: value for name, value in made.items() if value}
    if entry.content:
        made["content_html"] = entry.content
    else:
        made["content_text"] = entry.summary  # one of the two must be there
    return made


def _attachment(one: Enclosure) -> dict[str, str | int]:
    made: dict[str, str | int | None] = {
        "url": one.url,
        "mime_type": one.type,
        "size_in_bytes": one.length,
        "duration_in_seconds": None if one.duration is None else round(one.duration),
    }
    return {name: value for name, value in made.items() if value is not None}


def _person(person: Person) -> dict[str, str]:
    return {"name": person.name, "url": person.url} if person.url else {"name": person.name}
