"""What features add to feeds: channels of their own, and data for the entries of all feeds."""

from __future__ import annotations

import msgspec

from wol.model.item import Moment

CHANNELS = "channels"
"""The table that a step names in `needs` to read the channels of all features: URL path of the list to `Channel`."""


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of a feed that is not an item: a change, an answer.

    `id` never changes, whatever else does. `url` is a URL path of the site, or an absolute URL; `html` is its text. With `item`, the key of the item that
    it belongs to, it is in feeds only while that item is published.
    """

    id: str
    url: str
    title: str
    date: Moment
    html: str = ""
    item: str = ""


class Channel(msgspec.Struct, frozen=True, kw_only=True):
    """A list that has feeds: what it is called, and what is in it, newest first.

    A list of `items`, by their keys, has a feed of each format in its folder: `/notes/feed.xml`. What may not be in feeds is left out: drafts, items without a date, `feed: no`.
    A list of `events` has one Atom feed beside it: `/changes.xml`. The title follows that of the site.
    """

    title: str
    items: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    is_brief: bool = False
    """Whether its feeds hold excerpts, also where those of the site hold whole texts."""


class Enclosure(msgspec.Struct, frozen=True, kw_only=True):
    """A sound or film that belongs to an entry: its URL path or absolute URL, media type, bytes and seconds; None is unknown."""

    url: str
    type: str
    length: int | None = None
    duration: float | None = None


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """The feed that an entry is taken from."""

    url: str
    title: str


class EntryData(msgspec.Struct, frozen=True, kw_only=True):
    """What a feature adds to the entry of an item, in all formats of feeds.

    `comments` is the URL of the page with its comments. An entry has one enclosure in RSS, the first; Atom and JSON Feed list all.
    """

    enclosures: tuple[Enclosure, ...] = ()
    comments: str = ""
    source: Origin | None = None
