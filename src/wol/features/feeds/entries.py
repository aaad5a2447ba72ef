"""A feed as data, the same for every format: texts without what XML forbids, absolute URLs, dates with an offset."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from wol import paths
from wol.content.reference import read_reference
from wol.model.feed import Enclosure, EntryData, Event, Origin
from wol.model.feed_settings import PodcastConfig
from wol.model.item import Moment
from wol.model.target import Target
from wol.model.view_protocol import Views

EMPTY = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without entries was updated: never is no date, and now would make every build another one."""

FALLBACK = 80
"""Characters of the title that an item without one gets in formats that need a title."""

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CONTROLS = bytes(sign for sign in range(0x20) if sign not in b"\t\n\r")
_SPACE = re.compile("[ \\t\\r\\n]+")
_SPDX = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*")


class Person(msgspec.Struct, frozen=True):
    """An author."""

    name: str
    url: str = ""
    email: str = ""


class Category(msgspec.Struct, frozen=True):
    """A term that an item is filed under: its name, and the absolute URL of its taxonomy."""

    name: str
    scheme: str


class Entry(msgspec.Struct, frozen=True):
    """One item of a feed.

    `url` is the permalink. `related` is where the title of a link post leads: readers of feeds get the permalink first, because that is the page
    that the feed is about, and the linked page as `rel="related"` (RSS, Atom) and `external_url` (JSON Feed).
    `summary` is plain text; `content` is HTML, of the whole text or of the excerpt. `titled` is false where `title` was made of the text.
    """

    id: str
    permalink: bool
    url: str
    title: str
    titled: bool
    published: datetime
    updated: datetime
    summary: str
    content: str
    related: str = ""
    image: str = ""
    language: str = ""
    licence: str = ""
    enclosures: tuple[Enclosure, ...] = ()
    comments: str = ""
    source: Origin | None = None
    authors: tuple[Person, ...] = ()
    categories: tuple[Category, ...] = ()


class Podcast(msgspec.Struct, frozen=True):
    """What directories of podcasts want to know of a feed; `category` may have a subcategory."""

    author: str
    email: str
    category: str
    subcategory: str
    image: str
    explicit: bool


class Feed(msgspec.Struct, frozen=True):
    """A feed: what it is called and follows, and its entries, newest first by date.

    `home` is the list's absolute URL, which is also the feed's id; `url` is the feed's own. `full` tells whether entries have whole texts; `hub` is a WebSub hub.
    """

    title: str
    description: str
    home: str
    url: str
    language: str
    licence: str
    author: Person
    updated: datetime
    full: bool
    entries: tuple[Entry, ...] = ()
    hub: str = ""
    podcast: Podcast | None = None


def read_feed(views: Views, target: Target) -> Feed:
    """Put together what the feed of a target holds."""
    full = views.config("feeds.content") == "full" and not target.args.get("brief")
    author = _site_author(views)
    schemes: dict[str, str] = {}
    entries = tuple(_entry(views, key, full, schemes) for key in target.args["items"])
    entries += tuple(_of_event(views, msgspec.convert(event, Event)) for event in target.args.get("events", ()))
    home = target.args["list"]
    return Feed(
        title=clean(target.args["title"]) or _absolute(views, home),
        description=clean(views.config("site.description")) if home == "/" else "",
        home=_absolute(views, home),
        url=_absolute(views, paths.url_path(target.path)),
        language=views.config("site.language"),
        licence=clean(views.config("site.licence")),
        author=author,
        updated=max((entry.updated for entry in entries), default=EMPTY),
        full=full,
        entries=entries,
        hub=views.config("feeds.hub"),
        podcast=_podcast(views, author) if any(entry.enclosures for entry in entries) else None,
    )


def clean(text: str) -> str:
    """Take out what XML 1.0 forbids, and make one line of it."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    return _SPACE.sub(" ", _FORBIDDEN.sub("", text)).strip()


def allowed(text: str) -> str:
    """Take out what XML 1.0 forbids (section 2.2, Char), and leave all else as it is."""
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError:  # a lone surrogate
        return _FORBIDDEN.sub("", text)
    # long texts seldom have any of it, and bytes are searched ten times as fast
    if len(data.translate(None, _CONTROLS)) == len(data) and "\ufffe" not in text and "\uffff" not in text:
        return text
    return _FORBIDDEN.sub("", text)


def date(moment: Moment) -> datetime:
    """Give a moment as feeds want it: whole seconds, with the offset that was typed; in UTC where that offset has seconds, which RFC 3339 forbids."""
    found = datetime.fromisoformat(moment.local).replace(microsecond=0)
    offset = found.utcoffset()
    return found if offset is not None and not offset.total_seconds() % 60 else datetime.fromtimestamp(moment.instant // 1_000_000, UTC)


def licence_url(licence: str) -> str:
    """Give the URL of a licence that is named by SPDX id or URL; nothing for any other text."""
    if licence.startswith(("https://", "http://")):
        return licence
    return f"https://spdx.org/licenses/{licence}.html" if _SPDX.fullmatch(licence) else ""


def _podcast(views: Views, author: Person) -> Podcast | None:
    """Return what `[feeds.podcast]` says; None if nothing."""
    settings = msgspec.convert(views.config("feeds.podcast"), PodcastConfig)
    if not settings.is_on:
        return None
    category, _, subcategory = settings.category.partition(">")
    cover = read_reference(settings.image) if settings.image else None
    image = views.resolve(cover) if cover is not None else settings.image
    return Podcast(
        author=clean(settings.author) or author.name,
        email=clean(settings.email),
        category=clean(category),
        subcategory=clean(subcategory),
        image=_absolute(views, image) if image else "",
        explicit=settings.explicit,
    )


def _site_author(views: Views) -> Person:
    """Give the site's author; RFC 4287 wants a name, so a site without one is its own author."""
    name = clean(views.config("site.author.name")) or clean(views.config("site.title"))
    return Person(name, _absolute(views, views.config("site.author.url") or "/"), clean(views.config("site.author.email")))


def _absolute(views: Views, url: str) -> str:
    return str(views.absolute(url))


def _entry(views: Views, key: str, full: bool, schemes: dict[str, str]) -> Entry:
    page = views.page(key)
    published: Moment = views.value("date", key)
    updated: Moment = views.value("updated", key) or published
    summary = clean(views.value("abstract", key) or "")
    title, titled = _title(views, key, summary, published)
    url = _absolute(views, views.value("url", key))
    return Entry(
        id=allowed(views.value("feed_ids", key)) or url,
        permalink=bool(views.value("permanent", key)),
        url=url,
        title=title,
        titled=titled,
        published=date(published),
        updated=date(updated),
        summary=summary,
        content=allowed(views.content(key, absolute=True) if full else views.excerpt(key, absolute=True)),
        related=_absolute(views, page.link) if page.link else "",
        image=_absolute(views, page.image) if page.image else "",
        language=views.value("lang", key) or "",
        licence=clean(views.value("licence", key) or ""),
        **_added(views, views.entry_data(key)),
        authors=tuple(_authors(views, page)),
        categories=tuple(_categories(views, key, schemes)),
    )


def _added(views: Views, added: Sequence[EntryData]) -> dict[str, Any]:
    """Return what features add to an entry, with absolute URLs; where two give the comments or the source, those of the first."""
    source = next((data.source for data in added if data.source is not None), None)
    comments = next((data.comments for data in added if data.comments), "")
    return {
        "enclosures": tuple(
            msgspec.structs.replace(one, url=allowed(_absolute(views, one.url)), type=clean(one.type))
            for data in added
            for one in data.enclosures
        ),
        "comments": allowed(_absolute(views, comments)) if comments else "",
        "source": source and Origin(url=allowed(_absolute(views, source.url)), title=clean(source.title)),
    }


def _of_event(views: Views, event: Event) -> Entry:
    """Return the entry of something that is not an item."""
    moment, url = date(event.date), _absolute(views, event.url)
    title = clean(event.title)
    return Entry(
        id=allowed(event.id) or url,
        permalink=False,
        url=url,
        title=title or event.date.local[:10],
        titled=bool(title),
        published=moment,
        updated=moment,
        summary="",
        content=allowed(event.html),
    )


def _title(views: Views, key: str, summary: str, moment: Moment) -> tuple[str, bool]:
    """Give an item's title and whether it has one; a note without gets the beginning of its text, else its date."""
    title = clean(views.value("title", key) or "")
    if title and (views.value("titled", key) or views.value("kind", key) != "note"):
        return title, True
    if len(summary) <= FALLBACK:
        return summary or moment.local[:10], False
    beginning = summary[:FALLBACK]
    return (beginning.rpartition(" ")[0] or beginning).rstrip(" ,;:.-–—") + "…", False


def _authors(views: Views, page: Any) -> Iterator[Person]:
    for author in page.authors:
        name = clean(author.name)
        if name:
            yield Person(name, _absolute(views, author.url) if author.url else "", clean(author.email))


def _categories(views: Views, key: str, schemes: dict[str, str]) -> Iterator[Category]:
    """Give the terms of an item; `schemes` has the addresses of the taxonomies that the feed met so far."""
    for taxonomy, terms in (views.value("item_terms", key) or {}).items():
        if taxonomy not in schemes:
            schemes[taxonomy] = _absolute(views, views.href(views.field("taxonomies", taxonomy, "url")))
        for term in terms:
            yield Category(clean(views.field("terms", term, "name")), schemes[taxonomy])
