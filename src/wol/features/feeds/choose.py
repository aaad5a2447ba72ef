"""Which feeds there are, and which items each has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from wol import paths
from wol.model.step import Made, SiteInput
from wol.model.target import Target
from wol.site.states import in_feeds


class Format(NamedTuple):
    """A format of feeds: its file, its media type, and what readers call it."""

    file: str
    type: str
    label: str


FORMATS: dict[str, Format] = {
    "rss": Format("feed.xml", "application/rss+xml", "RSS"),
    "atom": Format("atom.xml", "application/atom+xml", "Atom"),
    "json": Format("feed.json", "application/feed+json", "JSON Feed"),
}


class Channel(NamedTuple):
    """What the feeds of one list share, whatever the format: the list's URL, a title, and the keys of the items, newest first."""

    url: str
    title: str
    items: tuple[str, ...]


def link(site: SiteInput) -> Made:
    """`feeds`: the URL of a list (`/`, `/notes/`, `/tags/python/`) to its feeds: list of `{title, url, type}`."""
    return Made({"feeds": {channel.url: _links(channel, site.config.feeds.formats) for channel in channels(site)}})


def plan(site: SiteInput) -> Made:
    """Plan the files of all feeds; the edit of a text renders only those that carry it."""
    return Made(
        targets=tuple(
            Target(
                path=paths.output_path(channel.url + FORMATS[name].file),
                kind=name,
                args={"list": channel.url, "title": channel.title, "items": list(channel.items)},
                role="feed",
            )
            for channel in channels(site)
            for name in site.config.feeds.formats
        )
    )


def _links(channel: Channel, formats: Iterable[str]) -> list[dict[str, str]]:
    return [
        {"title": f"{channel.title} ({FORMATS[name].label})", "url": channel.url + FORMATS[name].file, "type": FORMATS[name].type}
        for name in formats
    ]


def channels(site: SiteInput) -> Iterator[Channel]:
    """Give the site's feed, that of the notes, and one for each term; none if there are no formats.

    An item is in a feed if it is published (drafts and scheduled items never, in no profile), dated and not `feed: no`. The site's has the kinds
    of `[feeds] kinds`; that of a list has all kinds that the list has.
    """
    settings = site.config.feeds
    if not settings.formats:
        return
    title, kind, lists, terms = site.config.site.title, site.column("kind"), site.table("lists"), site.table("terms")
    suitable = _suitable(site)

    def newest(keys: Iterable[str]) -> tuple[str, ...]:
        return tuple(islice((key for key in keys if key in suitable), settings.items))

    yield Channel("/", title, newest(key for key in lists.get("items", ()) if kind[key] in settings.kinds))
    notes = site.table("note_list")
    if notes:
        yield Channel(notes["url"], f"{title}: {notes['title']}", newest(lists.get("notes", ())))
    for name, taxonomy in site.table("taxonomies").items():
        for slug in taxonomy["terms"] if taxonomy["feeds"] else ():
            term = terms[f"{name}/{slug}"]
            yield Channel(term["url"], f"{title}: {term['title'] or term['name']}", newest(term["items"]))


def _suitable(site: SiteInput) -> frozenset[str]:
    """Give the items that may be in a feed; texts of lists (`_index.md`) are never."""
    date, feed, section = site.column("date"), site.column("feed"), site.column("section")
    states = site.table("state").items()
    return frozenset(k for k, state in states if in_feeds(state) and date[k] is not None and feed[k] is not False and not section[k])
