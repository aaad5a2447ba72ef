"""One source to one item: front matter, text and path together, with the real parser."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.settings import settings as made
from wol.content.defaults import read_defaults
from wol.content.markdown.reader import Reader
from wol.content.read import Reading, read_source
from wol.content.settings import read_settings
from wol.model.item import Author, Item, Link, Place

SETTINGS = read_settings(made(site={"language": "en-GB", "timezone": "Europe/London"}))
READER = Reader(SETTINGS)


def read(key: str, text: str | bytes, defaults: dict[str, str] | None = None) -> Reading:
    """Read a source; `defaults` are the texts of `_defaults.toml` files by path, nearest first."""
    above = [read_defaults(toml.encode(), f"content/{path}")[0] for path, toml in (defaults or {}).items()]
    return read_source(key, text if isinstance(text, bytes) else text.encode(), above, SETTINGS, READER)


def one(key: str, text: str, defaults: dict[str, str] | None = None) -> Item:
    """Read a source that is in order."""
    reading = read(key, text, defaults)
    assert not reading.diagnostics
    (item,) = reading.items
    return item


def test_a_five_minute_post() -> None:
    """A text file in `content/posts/` is a post; nothing else is needed."""
    summary = one("posts/2026-11-20-on-asking.md", "Just *asking*.\n\nAnd more.\n").summary
    assert (summary.kind, summary.title, summary.titled, summary.url) == ("post", "on asking", False, "/2026/11/on-asking/")
    assert (summary.excerpt, summary.excerpt_cut, summary.abstract) == (("<p>Just <em>asking</em>.</p>\n",), True, "Just asking.")
    assert (summary.lang, summary.dir, summary.words) == ("en-GB", "ltr", 4)
    assert summary.date is not None
    assert summary.date.local == "2026-11-20T00:00:00+00:00"
    assert summary.origins == {
        "kind": "folder `posts/`",
        "date": "file name",
        "slug": "file name",
        "title": "file name",
        "url": "pattern `/:year/:month/:slug/`",
    }


def test_all_fields() -> None:
    """Every field of the front matter comes to its column."""
    item = one(
        "notes/a.md",
        """---
title: All
date: 2026-11-20 10:00
updated: 2026-11-21
publish: 2026-11-22
expires: 2027-01-01
id: k7f3q9x2mw
guid: tag:example.org,2026:a
slug: other
aliases: [/old/, Another name]
template: wide
tags: [One, two]
authors: [Ada, {name: Bo, url: https://bo.example/}]
description: About it
image: {src: cover.jpg, alt: A cover}
lang: ar
draft: yes
unlisted: yes
private: yes
gone: It was wrong
canonical: https://example.net/a
link: https://example.net/b
syndication: [https://example.net/c]
toc: no
feed: no
licence: CC-BY-4.0
extra: {mood: calm}
colour: blue
---
Text
""",
    )
    summary = item.summary
    assert (summary.title, summary.titled, summary.kind, summary.slug, summary.url) == ("All", True, "note", "other", "/notes/other/")
    moments = (summary.date, summary.updated, summary.publish, summary.expires)
    assert [moment.local[:10] for moment in moments if moment] == ["2026-11-20", "2026-11-21", "2026-11-22", "2027-01-01"]
    assert (summary.id, summary.guid, summary.template) == ("k7f3q9x2mw", "tag:example.org,2026:a", "wide")
    assert (summary.aliases, summary.names) == (("/old/",), ("Another name",))
    assert (summary.terms, summary.authors) == ({"tags": ("One", "two")}, (Author("Ada"), Author("Bo", "https://bo.example/")))
    assert (summary.description, summary.abstract) == ("About it", "About it")
    assert (summary.image, summary.image_alt) == ("cover.jpg", "A cover")
    assert summary.image_link == Link("image", "cover.jpg", "notes/cover.jpg", line=15)
    assert summary.image_link in summary.links
    assert (summary.lang, summary.dir) == ("ar", "rtl")
    assert (summary.draft, summary.unlisted, summary.private, summary.gone, summary.gone_reason) == (True, True, True, True, "It was wrong")
    assert (summary.canonical, summary.link) == ("https://example.net/a", "https://example.net/b")
    assert (summary.syndication, summary.toc, summary.feed) == (("https://example.net/c",), False, False)
    assert (summary.licence, summary.extra) == ("CC-BY-4.0", {"mood": "calm", "colour": "blue"})
    assert summary.lines == {"id": 7, "guid": 8, "date": 3, "slug": 9, "tags": 12, "template": 11}


@pytest.mark.parametrize(
    ("text", "title", "title_html", "titled"),
    [
        ("---\ntitle: A *b* `c` &amp; <d>\n---\n", "A b c & <d>", "A <em>b</em> <code>c</code> &amp; &lt;d&gt;", True),
        ("# A *b*\n\ntext", "A b", "A <em>b</em>", True),
        ("---\ntitle: T\n---\n# Other\n", "T", "T", True),
        ("text", "a b c", "a b c", False),
        ("---\ntitle: ''\n---\ntext", "a b c", "a b c", False),
        ("#\n\ntext", "a b c", "a b c", False),
        ("---\ntitle: </title><script>\n---\n", "</title><script>", "&lt;/title&gt;&lt;script&gt;", True),
    ],
)
def test_titles(text: str, title: str, title_html: str, titled: bool) -> None:
    """The field, else the first H1, else the name; tags are shown as typed."""
    summary = one("notes/a-b_c.md", text).summary
    assert (summary.title, summary.title_html, summary.titled) == (title, title_html, titled)


def test_a_name_with_signs_of_html_is_escaped() -> None:
    """A file name is no Markdown and no HTML."""
    summary = one("notes/a & *b*.md", "text").summary
    assert (summary.title, summary.title_html) == ("a & *b*", "a &amp; *b*")


def test_a_title_that_the_text_repeats_is_shown_once() -> None:
    """An H1 that is the body's first block and equals the title."""
    item = one("notes/a.md", "---\ntitle: Same *thing*\n---\n# Same thing\n\ntext\n")
    assert "Same" not in str(item.body.parts)


def test_summary_is_the_excerpt() -> None:
    """Markdown with links of its own; all of its paragraphs are the excerpt, and its text the abstract."""
    item = one("posts/2026-01-01-a.md", "---\nsummary: |\n  See [b](b.md).\n\n  Two.\n---\nText with [c](c.md).\n")
    summary = item.summary
    assert summary.excerpt_links == (Link("link", "b.md", "posts/b.md", line=2),)
    assert "Two." in str(summary.excerpt)
    assert summary.excerpt_cut
    assert summary.abstract == "See b. Two."
    assert [link.raw for link in summary.links] == ["b.md", "c.md"]
    assert item.body.links == (Link("link", "c.md", "posts/c.md", line=7),)
    assert not one("posts/2026-01-01-a.md", "---\nsummary: All of it\n---\n").summary.excerpt_cut


def test_bundles_and_folder_pages() -> None:
    """What `index.md` and `_index.md` say of their folders."""
    trip = one("posts/2026-11-20-trip/index.md", "![p](photo.jpg)\n").summary
    assert (trip.bundle, trip.section, trip.url, trip.title) == ("posts/2026-11-20-trip", "", "/2026/11/trip/", "trip")
    assert trip.links == (Link("image", "photo.jpg", "posts/2026-11-20-trip/photo.jpg", line=1),)
    notes = one("notes/_index.md", "# My notes\n").summary
    assert (notes.bundle, notes.section, notes.url, notes.title, notes.kind) == ("", "/notes/", "/notes/", "My notes", "page")
    assert one("index.md", "x").summary.section == "/"


def test_references_of_the_front_matter() -> None:
    """Pictures and links inside the site are followed; those of a `_defaults.toml` lead from its folder, those elsewhere are left alone."""
    defaults = {"posts/_defaults.toml": 'image = "card.png"'}
    summary = one("posts/2026/a.md", "---\ndate: 2026-01-01\nlink: ../b.md\n---\n", defaults).summary
    assert summary.links == (Link("image", "card.png", "posts/card.png", line=1), Link("link", "../b.md", "posts/b.md", line=3))
    assert summary.origins["image"] == "posts/_defaults.toml"
    far = one("posts/2026-01-01-a.md", "---\nimage: https://example.net/x.png\n---\n").summary
    assert (far.image, far.image_link, far.links) == ("https://example.net/x.png", None, ())


def test_fields_of_defaults() -> None:
    """The file wins, then the nearest; where each comes from is told, and no line that is not the file's own."""
    defaults = {"notes/deep/_defaults.toml": 'lang = "fr"\ntags = ["near"]', "notes/_defaults.toml": 'lang = "de"\nunlisted = true'}
    summary = one("notes/deep/a.md", "---\nlang: he\n---\n", defaults).summary
    assert (summary.lang, summary.dir, summary.terms, summary.unlisted) == ("he", "rtl", {"tags": ("near",)}, True)
    assert summary.origins["tags"] == "notes/deep/_defaults.toml"
    assert summary.origins["unlisted"] == "notes/_defaults.toml"
    assert summary.lines == {}


def test_errors_yield_no_item() -> None:
    """All of them are told: of the front matter, the path, and the text."""
    reading = read("drafts/a.md", "---\ndarft: yes\ndraft: no\nslug: a/b\n---\ntext <!-- never closed\n")
    assert not reading.items
    assert {d.code for d in reading.diagnostics} == {"front-matter-misspelt", "front-matter-conflict", "slug-invalid", "comment-unclosed"}
    assert {str(d.span).split(":")[1] for d in reading.diagnostics} == {"2", "3", "4", "6"}


def test_not_utf8() -> None:
    """One error, with the byte, and nothing else."""
    reading = read("posts/a.md", b"---\ntitle: caf\xe9\n---\n")
    assert not reading.items
    assert [d.code for d in reading.diagnostics] == ["source-encoding"]


def test_warnings_come_with_the_item() -> None:
    """They do not stop anything."""
    (item,) = read("posts/a.md", "![](x.png)\n").items
    assert [(d.code, str(d.span)) for d in item.diagnostics] == [("image-alt", "content/posts/a.md:1")]


@pytest.mark.parametrize("text", ["", "\n\n", "---\n---\n", "---\n\n---\n", "+++\n+++\n"])
def test_empty_sources(text: str) -> None:
    """A file without a word is an item with a title."""
    summary = one("notes/empty-one.md", text).summary
    assert (summary.title, summary.abstract, summary.words) == ("empty one", "", 0)


@given(st.text(max_size=200), st.sampled_from(["posts/a.md", "notes/drafts/2026-01-01.md", "x/index.md", "_index.md", "a.private.md"]))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_and_survives_storing(text: str, key: str) -> None:
    """Nothing that is typed raises; what was read is the same after it was stored, and when it is read again."""
    data = text.encode("utf-8", "surrogatepass")
    reading = read(key, data)
    assert bool(reading.items) != any(d.severity == "error" for d in reading.diagnostics)
    for item in reading.items:
        assert msgspec.msgpack.decode(msgspec.msgpack.encode(item), type=Item) == item
    assert read(key, data) == reading


def test_absolute_references_stay_symbolic() -> None:
    """Nothing of another item enters an item: its links are looked up when pages are rendered."""
    item = one("posts/2026-01-01-a.md", "![p](/img/p.png)\n")
    assert any(isinstance(part, Place) for part in item.body.parts)
    assert item.summary.links == (Link("image", "/img/p.png", "img/p.png", "/img/p.png", line=1),)
