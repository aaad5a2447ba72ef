"""Whole sites, built: what readers of feeds, browsers and search engines get."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import feedparser
import pytest
from lxml import etree, html

from harness.site import Site

Make = Callable[..., Site]

CONFIG = """\
[site]
title = "A Site"
base_url = "https://example.org/blog"
[content]
page_size = 2
[redirects]
"/gone-elsewhere/" = "https://example.net/"
"""

POST = """\
---
title: "Tags <b> & ]]> quotes \\" '"
tags: [C++, "a & b"]
---
A [link](../about.md#more), a [draft](draft.md), ![picture](x.png "caption") and a note[^1].

<img src="x.png" srcset="x.png 1x, ../about/y.png 2x"><script>alert("no")</script> <a href="/about/">root</a> <a href="#here">here</a>

> [!note] Mind
> See [about](/about.md).

```html
<a href="../relative.html">code stays</a>
```

[^1]: Below.
"""

FILES: dict[str, str | bytes] = {
    "content/_index.md": "# Welcome",
    "content/posts/2026-11-01-a.md": POST,
    "content/posts/2026-10-01-b.md": "---\nid: k7f3q9x2mw\ntags: C++\nupdated: 2026-11-05\n---\n# B\n\nText of b.",
    "content/posts/2026-09-01-c.md": "# C\n\nText of c.",
    "content/posts/2026-08-01-d.md": "# D\n\nText of d.",
    "content/posts/2026-07-01-e.md": "# E\n\nText of e.",
    "content/posts/draft.md": "---\ndraft: true\ndate: 2026-01-01\ntags: secretive\n---\n# Hidden canary",
    "content/posts/x.png": b"png",
    "content/about/y.png": b"png",
    "content/about.md": "---\naliases: [/me/, /old/about.html]\n---\n# About\n\n## More\n",
    "content/notes/thought.md": "---\ndate: 2026-06-01\n---\nA thought without a title.",
    "content/guides/_index.md": "# Guides",
    "content/guides/part-10.md": "# Part 10",
    "content/guides/part-2.md": "# Part 2",
    "static/robots.txt": "User-agent: *\nDisallow: /private/\n",
}

FEEDS = ["feed.xml", "atom.xml", "notes/feed.xml", "notes/atom.xml", "tags/c-plus-plus/feed.xml", "tags/a-and-b/atom.xml"]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Give a site that has been built once, to be looked at."""
    made = Site(tmp_path_factory.mktemp("seen") / "site", FILES, CONFIG)
    made.build()
    return made


@pytest.fixture
def built(site: Make) -> Site:
    """Give a site that has been built, to be edited."""
    made = site(FILES, CONFIG)
    made.build()
    return made


@pytest.mark.parametrize("path", FEEDS)
def test_feed_readers_understand_feeds(seen: Site, path: str) -> None:
    """Nothing in them is malformed, and their links are where the pages are."""
    found = feedparser.parse(seen.read(path).encode(), sanitize_html=False, resolve_relative_uris=False)
    assert not found.bozo
    assert found.entries
    for entry in found.entries:
        assert entry.link.startswith("https://example.org/blog/")
        assert (seen.output / entry.link.removeprefix("https://example.org/blog/") / "index.html").is_file()


@pytest.mark.parametrize("path", ["feed.xml", "atom.xml", "feed.json"])
def test_texts_of_feeds_stand_alone(seen: Site, path: str) -> None:
    """Every address in a text is absolute, what runs is gone, code is as it was written."""
    text = content(seen, path)
    tree: Any = html.fromstring(f"<div>{text}</div>")
    addresses = [value for element in tree.iter() for name, value in element.attrib.items() if name in ("href", "src")]
    addresses += [part.split()[0] for element in tree.iter() for part in element.get("srcset", "").split(",") if part]
    assert len(addresses) >= 7
    assert [a for a in addresses if not re.match(r"https://example\.org/blog/", a)] == []
    assert "https://example.org/blog/about/#more" in addresses
    assert "<script" not in text
    assert "canary" not in text
    assert "../relative.html" in tree.text_content()


def content(site: Site, path: str) -> str:
    """Give the text of the newest entry."""
    if path.endswith(".json"):
        found: str = json.loads(site.read(path))["items"][0]["content_html"]
        return found
    entry: Any = feedparser.parse(site.read(path).encode(), sanitize_html=False, resolve_relative_uris=False).entries[0]
    text: str = entry.content[0].value
    return text


def test_sitemap_and_pages(seen: Site) -> None:
    """Every address of the sitemap is a page, and each page but redirects, older pages and the 404 is in it."""
    root = etree.fromstring(seen.read("sitemap.xml").encode())
    found = {str(loc.text).removeprefix("https://example.org/blog/") for loc in root.iter("{*}loc")}
    pages = {path for path in seen.files() if path.endswith(".html")}
    assert {f"{url}index.html" for url in found} <= pages
    others = {path.removesuffix("index.html") for path in pages} - found
    assert others == {"404.html", "me/", "old/about.html", "gone-elsewhere/", "page/1/"}


def test_own_robots_txt(seen: Site) -> None:
    """The file in `static/` is the one that is published."""
    assert "Disallow: /private/" in seen.read("robots.txt")


@pytest.mark.parametrize("path", ["me/index.html", "old/about.html"])
def test_redirects(seen: Site, path: str) -> None:
    """A browser is led on, a search engine told where the thing is."""
    page: Any = html.fromstring(seen.read(path))
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://example.org/blog/about/"]
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert page.xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=/blog/about/"]


def test_assets_are_where_pages_ask_for_them(seen: Site) -> None:
    """Every style sheet and icon of a page is in the output, under a name that changes with its bytes."""
    page: Any = html.fromstring(seen.read("index.html"))
    asked = [str(href).removeprefix("/blog/") for href in page.xpath("//link[@rel='stylesheet' or @rel='icon']/@href")]
    assert len(asked) >= 2
    assert all((seen.output / path).is_file() for path in asked)
    assert "background" in next(text for path, text in seen.files().items() if path.startswith("assets/code.")).decode()


def test_folder_page_lists_by_title(seen: Site) -> None:
    """Part 2 comes before part 10."""
    text = seen.read("guides/index.html")
    assert 0 < text.index("Part 2") < text.index("Part 10")


def test_second_build_renders_nothing(built: Site) -> None:
    """What planning decides survives being stored."""
    assert built.build(verify=False).rendered == 0


def rendered(site: Site, path: str, old: str, new: str) -> set[str]:
    """Edit a file, build, and give what was rendered."""
    text = (site.root / path).read_text()
    assert old in text
    site.write(path, text.replace(old, new))
    return {outcome.path for outcome in site.build().outcomes}


def test_edit_of_a_text_renders_its_page_and_its_feeds(built: Site) -> None:
    """A word further down in a text is on its page and in the feeds that carry it, and nowhere else."""
    feeds = {f"{folder}{name}" for folder in ("", "tags/c-plus-plus/", "tags/a-and-b/") for name in ("feed.xml", "atom.xml", "feed.json")}
    assert rendered(built, "content/posts/2026-11-01-a.md", "See [about]", "Read [about]") == {"2026/11/a/index.html", *feeds}


def test_new_post_leaves_what_it_does_not_concern_alone(built: Site) -> None:
    """It is in the site's feeds and lists; feeds of others' terms, the notes and old posts keep their bytes."""
    built.write("content/posts/2026-11-02-f.md", "# F\n\nText of f.")
    changed = {outcome.path for outcome in built.build().outcomes if outcome.written}
    assert {"index.html", "archive/index.html", "2026/11/index.html", "feed.xml", "sitemap.xml"} <= changed
    assert not changed & {"notes/feed.xml", "tags/c-plus-plus/feed.xml", "tags/c-plus-plus/index.html", "2026/07/e/index.html"}


def test_feeds_and_sitemap_never_have_drafts(built: Site) -> None:
    """A build for the writer's own eyes has the entries of a release in its feeds; a draft's tag has feeds there, without the draft."""
    built.build(drafts=True, future=True)
    drafts = built.files(".wol/drafts")
    assert b"Hidden canary" in drafts["2026/01/draft/index.html"]
    feeds = [path for path in drafts if path.endswith(".xml") and path != "sitemap.xml"]
    assert "tags/secretive/feed.xml" in feeds
    for path in feeds:
        before = feedparser.parse(built.read(path).encode()).entries if (built.output / path).exists() else []
        assert [entry.id for entry in feedparser.parse(drafts[path]).entries] == [entry.id for entry in before]
        assert b"Hidden canary" not in drafts[path]
    assert b"/draft/" not in drafts["sitemap.xml"]
