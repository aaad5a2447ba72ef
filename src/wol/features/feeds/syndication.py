"""RSS 2.0 and Atom (RFC 4287) by feedgen, whose traps are all met here.

feedgen would give every feed the present time, reverse the entries, take the last link for the channel's, call every id a permalink
or none, write `type="CDATA"`, lose the attributes of an entry's links, and put a text that has no summary into `description`.
"""

from __future__ import annotations

import html
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from wol.features.feeds.choose import FORMATS
from wol.features.feeds.entries import Entry, Feed, Person, Podcast, licence_url
from wol.model.feed import Enclosure

_ATOM = "{http://www.w3.org/2005/Atom}"
_ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class RssExtension(BaseExtension):  # type: ignore[misc]  # feedgen has no types
    """The namespace that the entries use, and the hub, which feedgen leaves out."""

    hub: str = ""
    cover: str = ""

    def extend_rss(self, element: Any) -> Any:
        if self.hub:
            etree.SubElement(element[0], _ATOM + "link", rel="hub", href=self.hub)
        if self.cover:
            etree.SubElement(element[0], _ITUNES + "image", href=self.cover)
        return element

    def extend_ns(self) -> dict[str, str]:
        return {"dc": "http://purl.org/dc/elements/1.1/"}


class AtomExtension(BaseExtension):  # type: ignore[misc]  # as above
    """Nothing: Atom needs no other namespace, and feedgen writes all links."""

    hub: str = ""


class EntryExtension(BaseEntryExtension):  # type: ignore[misc]  # as above
    """What feedgen cannot say of an entry: links with attributes, authors in RSS without their addresses, and the language."""

    entry: Entry
    language: str

    def extend_atom(self, element: Any) -> Any:
        for rel, href in self._links():
            etree.SubElement(element, "link", rel=rel, href=href)
        for one in self.entry.enclosures:
            _atom_enclosure(element, "link", one)
        if self.entry.comments:
            etree.SubElement(element, "link", rel="replies", href=self.entry.comments, type="text/html")
        if self.entry.source is not None:
            source = etree.SubElement(element, "source")
            etree.SubElement(source, "id").text = self.entry.source.url
            etree.SubElement(source, "title").text = self.entry.source.title
            etree.SubElement(source, "link", rel="self", href=self.entry.source.url)
        if self._own_language():
            element.set(_LANG, self.entry.language)
        return element

    def extend_rss(self, element: Any) -> Any:
        for person in self.entry.authors:
            etree.SubElement(element, _DC + "creator").text = person.name
        if self._own_language():
            etree.SubElement(element, _DC + "language").text = self.entry.language
        for rel, href in self._links():
            etree.SubElement(element, _ATOM + "link", rel=rel, href=href)
        for one in self.entry.enclosures[:1]:  # RSS 2.0 allows one; its length is required, and 0 where nobody knows it
            etree.SubElement(element, "enclosure", url=one.url, length=str(one.length or 0), type=one.type)
        for one in self.entry.enclosures[1:]:
            _atom_enclosure(element, _ATOM + "link", one)
        if self.entry.comments:
            etree.SubElement(element, "comments").text = self.entry.comments
        if self.entry.source is not None:
            etree.SubElement(element, "source", url=self.entry.source.url).text = self.entry.source.title
        return element

    def _links(self) -> list[tuple[str, str]]:
        licence = licence_url(self.entry.licence)
        return [(rel, href) for rel, href in (("related", self.entry.related), ("license", licence)) if href]

    def _own_language(self) -> bool:
        return bool(self.entry.language) and self.entry.language.lower() != self.language.lower()


def _atom_enclosure(element: Any, tag: str, one: Enclosure) -> None:
    link = etree.SubElement(element, tag, rel="enclosure", href=one.url, type=one.type)
    if one.length is not None:
        link.set("length", str(one.length))


def rss(feed: Feed) -> bytes:
    """Make an RSS 2.0 document, with whole texts in `content:encoded`."""
    made = _generator(feed, "rss", RssExtension)
    made.description(feed.description or feed.title)
    if feed.author.email:
        made.managingEditor(f"{feed.author.email} ({feed.author.name})")
    if feed.podcast is not None:
        _add_podcast(made, feed.podcast)
    for entry in feed.entries:
        item = _entry(made, entry, feed)
        if feed.podcast is not None and entry.enclosures:
            _add_episode(item, entry, feed.podcast)
        item.guid(entry.id, permalink=entry.permalink)
        for category in entry.categories:
            item.category(term=category.name, scheme=category.scheme)
        if feed.full:
            item.description(html.escape(entry.summary or entry.title, quote=False), isSummary=True)
            item.content(entry.content)
        else:
            item.description(entry.content or html.escape(entry.summary or entry.title, quote=False), isSummary=True)
    document: bytes = made.rss_str(pretty=True)
    return document


def _add_podcast(made: Any, podcast: Podcast) -> None:
    """Add the `itunes:` tags of the channel. feedgen would leave out a cover such as `A.JPG`, and cannot write a category with quotation marks."""
    made.load_extension("podcast", atom=False)
    made.podcast.itunes_author(podcast.author)
    made.podcast.itunes_explicit("yes" if podcast.explicit else "no")
    category, subcategory = podcast.category.replace('"', ""), podcast.subcategory.replace('"', "")
    if category:
        made.podcast.itunes_category({"cat": category, "sub": subcategory} if subcategory else {"cat": category})
    made.wol.cover = podcast.image
    if podcast.email:
        made.podcast.itunes_owner(name=podcast.author, email=podcast.email)


def _add_episode(item: Any, entry: Entry, podcast: Podcast) -> None:
    item.podcast.itunes_explicit("yes" if podcast.explicit else "no")
    duration = entry.enclosures[0].duration
    if duration is not None:
        minutes, seconds = divmod(round(duration), 60)
        item.podcast.itunes_duration(f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}")


def atom(feed: Feed) -> bytes:
    """Make an Atom document; texts are `type="html"`, summaries plain text."""
    made = _generator(feed, "atom", AtomExtension)
    made.author(_person(feed.author))
    if feed.description:
        made.subtitle(feed.description)
    for entry in feed.entries:
        item = _entry(made, entry, feed)
        item.author([_person(person) for person in entry.authors if entry.authors != (feed.author,)])
        for category in entry.categories:
            item.category(term=category.name, scheme=category.scheme)
        if entry.licence:
            item.rights(entry.licence)
        if feed.full:
            if entry.summary:
                item.summary(entry.summary)
            if entry.content:
                item.content(entry.content, type="html")
        else:
            item.summary(entry.content or html.escape(entry.summary, quote=False), type="html")
    document: bytes = made.atom_str(pretty=True)
    return document


def _generator(feed: Feed, name: str, extension: type) -> Any:
    made = FeedGenerator()
    made.register_extension("wol", extension, EntryExtension)
    made.id(feed.home)
    made.title(feed.title)
    made.link(href=feed.url, rel="self", type=FORMATS[name].type)
    if licence_url(feed.licence):
        made.link(href=licence_url(feed.licence), rel="license")
    if feed.hub:
        made.link(href=feed.hub, rel="hub")
        made.wol.hub = feed.hub
    made.link(href=feed.home, rel="alternate", type="text/html")
    made.language(feed.language)
    made.updated(feed.updated)
    made.generator("wol")
    if feed.licence:
        made.rights(feed.licence)
    return made


def _entry(made: Any, entry: Entry, feed: Feed) -> FeedEntry:
    item = made.add_entry(order="append")
    item.id(entry.id)
    item.title(entry.title)
    item.link(href=entry.url)
    item.published(entry.published)
    item.updated(entry.updated)
    item.wol.entry = entry
    item.wol.language = feed.language
    return item


def _person(person: Person) -> dict[str, str]:
    fields = {"name": person.name, "uri": person.url, "email": person.email}
    return {name: value for name, value in fields.items() if value}
