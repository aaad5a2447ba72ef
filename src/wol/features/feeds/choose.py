"""Which feeds there are, and which items each has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

import msgspec

from wol import paths
from wol.model.feed import CHANNELS, Channel, Event
from wol.model.feed_settings import feeds_config
from wol.model.step import Made, SiteInput
from wol.model.target import Target, Value
from wol.site.states import in_feeds

PUBLISHED = "published"
_NEVER = {"is_due": False}


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


class FeedFile(NamedTuple):
    """One file of feeds: its URL path, its format, and what is in it."""

    url: str
    format: str
    contents: FeedContents


class FeedContents(NamedTuple):
    """What the feeds of one list share, whatever the format: the list's URL, a title, and the keys of the items or the events, newest first."""

    list: str
    title: str
    items: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    is_brief: bool = False


def link(site: SiteInput) -> Made:
    """`feeds`: the URL of a list (`/`, `/notes/`, `/tags/python/`) to its feeds: list of `{title, url, type}`."""
    links: dict[str, list[dict[str, str]]] = {}
    for file in feed_files(site):
        form = FORMATS[file.format]
        link = {"title": f"{file.contents.title} ({form.label})", "url": file.url, "type": form.type}
        links.setdefault(file.contents.list, []).append(link)
    return Made({"feeds": links})


def plan(site: SiteInput) -> Made:
    """Plan the files of all feeds; the edit of a text renders only those that carry it."""
    return Made(
        targets=tuple(
            Target(path=paths.output_path(file.url), kind=file.format, args=_arguments(file.contents), role="feed")
            for file in feed_files(site)
        )
    )


def _arguments(contents: FeedContents) -> dict[str, Value]:
    arguments: dict[str, Value] = {"list": contents.list, "title": contents.title, "items": list(contents.items)}
    if contents.is_brief:
        arguments["brief"] = True
    if contents.events:
        arguments["events"] = msgspec.to_builtins(contents.events)
    return arguments


def feed_files(site: SiteInput) -> Iterator[FeedFile]:
    """Return the files of all feeds; none if there are no formats.

    A list of items has one of each format in its folder, a list of events one in Atom beside it.
    """
    formats = feeds_config(site.config).formats
    if not formats:
        return
    suitable = _suitable(site)
    yield from _of_items(_site_contents(site, suitable), formats)
    for url, channel in site.table(CHANNELS).items():
        title = f"{site.config.site.title}: {channel.title}"
        if channel.items or not channel.events:
            yield from _of_items(FeedContents(url, title, _newest(site, suitable, channel.items), is_brief=channel.is_brief), formats)
        else:
            events = _recent(site, channel.events)
            yield FeedFile(f"{url[:-1]}.xml", "atom", FeedContents(url, title, events=events))
    published = site.table(PUBLISHED)
    for url, channel in _redirected(site):
        title = f"{site.config.site.title}: {channel.title}"
        contents = FeedContents(url, title, _newest(site, suitable, channel.items), is_brief=channel.is_brief)
        yield from (file for file in _of_items(contents, formats) if published.get(file.url, _NEVER)["is_due"])


def _redirected(site: SiteInput) -> Iterator[tuple[str, Channel]]:
    """Return the published lists that redirect to another list, with the channel of that: programs that read feeds follow no redirect of a page."""
    channels, redirects = site.table(CHANNELS), site.config.redirects
    for source, to in redirects.items():
        while to in redirects:
            to = redirects[to]
        if source not in channels and to in channels and not channels[to].events:
            yield source, channels[to]


def _of_items(contents: FeedContents, formats: Iterable[str]) -> Iterator[FeedFile]:
    yield from (FeedFile(contents.list + FORMATS[name].file, name, contents) for name in formats)


def _site_contents(site: SiteInput, suitable: frozenset[str]) -> FeedContents:
    """Return what the site's feed has: items of the kinds of `[feeds] kinds`."""
    kind, kinds = site.column("kind"), feeds_config(site.config).kinds
    keys = (key for key in site.table("lists").get("items", ()) if kind[key] in kinds)
    return FeedContents("/", site.config.site.title, _newest(site, suitable, keys))


def _newest(site: SiteInput, suitable: frozenset[str], keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(islice((key for key in keys if key in suitable), feeds_config(site.config).items))


def _recent(site: SiteInput, events: Iterable[Event]) -> tuple[Event, ...]:
    """Return the newest events, without those of items that are not published."""
    state = site.table("state")
    return tuple(
        islice(
            (one for one in events if not one.item or (one.item in state and in_feeds(state[one.item]))), feeds_config(site.config).items
        )
    )


def _suitable(site: SiteInput) -> frozenset[str]:
    """Return the items that may be in a feed: published (drafts and scheduled items never, in no profile), dated, not `feed: no`, and no text of a list (`_index.md`)."""
    date, feed, section = site.column("date"), site.column("feed"), site.column("section")
    states = site.table("state").items()
    return frozenset(k for k, state in states if in_feeds(state) and date[k] is not None and feed[k] is not False and not section[k])
