"""Feeds: RSS 2.0, Atom and JSON Feed of the site, of the notes, and of each term.

Feed files lie in the folder of the list that they follow: `/feed.xml`, `/atom.xml` and `/feed.json`, `/notes/feed.xml`, `/tags/python/feed.xml`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from wol import paths
from wol.features.feeds.choose import FORMATS, Channel, channels
from wol.model.feature import Feature, SiteInput, Views
from wol.model.target import Target, Value

if TYPE_CHECKING:
    from wol.render.taxonomy_view import FeedView


class Feeds(Feature):
    """The feeds of a site, each a target; a body's edit renders only the feeds that carry it.

    The table `feeds` goes from the URL of a list (`/`, `/notes/`, `/tags/python/`) to its feeds: list of `{title, url, type}`.
    """

    name = "feeds"
    columns = frozenset({"kind", "date", "feed", "section"})
    needs = ("state", "lists", "taxonomies", "terms", "note_list")
    provides = ("feeds",)

    def tables(self, site: SiteInput) -> Mapping[str, Mapping[str, Value]]:
        return {"feeds": {channel.url: _links(channel, site.config.feeds.formats) for channel in channels(site)}}

    def targets(self, site: SiteInput) -> Iterable[Target]:
        for channel in channels(site):
            for name in site.config.feeds.formats:
                yield Target(
                    path=paths.output_path(channel.url + FORMATS[name].file),
                    kind=name,
                    args={"list": channel.url, "title": channel.title, "items": list(channel.items)},
                    lasting="feed",
                )

    @property
    def kinds(self) -> Mapping[str, Callable[[Views, Target], bytes]]:
        return {"rss": _rss, "atom": _atom, "json": _json}

    @property
    def context(self) -> Mapping[str, Callable[[Views, Target], object]]:
        return {"feeds": feeds_of}


def feeds_of(views: Views, target: Target) -> list[FeedView]:
    """Give the feeds that a page names in its head: the site's, then those of the list that it is a page of."""
    from wol.render.addresses import Href
    from wol.render.taxonomy_view import FeedView

    found = list(views.value("feeds", "/") or ())
    front = target.args.get("front", "/")
    if front != "/":
        found += views.value("feeds", front) or ()
    return [FeedView(feed["title"], Href(views.href(feed["url"])), feed["type"]) for feed in found]


def _links(channel: Channel, formats: Iterable[str]) -> list[dict[str, str]]:
    return [
        {"title": f"{channel.title} ({FORMATS[f].label})", "url": channel.url + FORMATS[f].file, "type": FORMATS[f].type} for f in formats
    ]


def _rss(views: Views, target: Target) -> bytes:
    from wol.features.feeds.syndication import rss

    return rss(_feed(views, target))


def _atom(views: Views, target: Target) -> bytes:
    from wol.features.feeds.syndication import atom

    return atom(_feed(views, target))


def _json(views: Views, target: Target) -> bytes:
    from wol.features.feeds.json_feed import json_feed

    return json_feed(_feed(views, target))


def _feed(views: Views, target: Target) -> Any:
    from wol.features.feeds.entries import read_feed

    return read_feed(views, target)


feature = Feeds()
