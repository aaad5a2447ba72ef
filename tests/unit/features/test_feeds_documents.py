"""Feeds as readers see them: valid by the specifications, and the same in RSS, Atom and JSON."""

from __future__ import annotations

import calendar
import json
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import feedparser
import pytest
import time_machine
from hypothesis import given
from hypothesis import settings as tried
from hypothesis import strategies as st
from lxml import etree

from harness.items import at, item
from harness.planned import Planned, make
from harness.settings import settings
from wol.features.feeds.entries import allowed
from wol.model.config import AuthorConfig, Config
from wol.model.feed_settings import FeedsConfig
from wol.model.item import Author, Summary

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
_RFC_822 = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d [+-]\d{4}"
)


def rss(planned: Planned, path: str = "feed.xml", **texts: str) -> Any:
    """Render an RSS feed, check what the specification demands, and give its channel."""
    root: Any = etree.fromstring(planned.render(path, planned.views(**texts)))
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    (channel,) = root
    for name in ("title", "link", "description"):
        assert len(channel.findall(name)) == 1, name
        assert channel.findtext(name)
    assert is_absolute(channel.findtext("link"))
    own = channel.find(f"{ATOM}link[@rel='self']")
    assert own.get("href").endswith(f"/{path}")
    assert own.get("type") == "application/rss+xml"
    assert channel.findtext("link") != own.get("href")
    guids = [i.findtext("guid") for i in channel.iter("item")]
    assert all(guids)
    assert len(set(guids)) == len(guids)
    for entry in channel.iter("item"):
        assert entry.findtext("title")
        assert entry.findtext("description")
        assert is_absolute(entry.findtext("link"))
        assert entry.find("guid").get("isPermaLink") in ("true", "false")
        if entry.find("guid").get("isPermaLink") == "true":
            assert is_absolute(entry.findtext("guid"))
        assert len(entry.findall("category")) == len({(c.get("domain"), c.text) for c in entry.findall("category")})
    for date in [*channel.iter("pubDate"), *channel.iter("lastBuildDate")]:
        assert _RFC_822.fullmatch(date.text), date.text
    return channel


def atom(planned: Planned, path: str = "atom.xml", **texts: str) -> Any:
    """Render an Atom feed, check what RFC 4287 demands, and give its root."""
    root: Any = etree.fromstring(planned.render(path, planned.views(**texts)))
    assert root.tag == f"{ATOM}feed"
    for element in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(ATOM + name)) == 1, name
            assert element.findtext(ATOM + name)
        alternates = [link for link in element.findall(f"{ATOM}link") if link.get("rel", "alternate") == "alternate"]
        assert len({(link.get("type"), link.get("hreflang")) for link in alternates}) == len(alternates) == 1
        for link in element.findall(f"{ATOM}link"):
            assert is_absolute(link.get("href"))
        for date in ("updated", "published"):
            assert all(_RFC_3339.fullmatch(found.text) for found in element.findall(ATOM + date))
        assert all(person.findtext(f"{ATOM}name") for person in element.findall(f"{ATOM}author"))
        assert len(element.findall(f"{ATOM}content")) <= 1
        for text in element.iter(f"{ATOM}title", f"{ATOM}summary", f"{ATOM}content", f"{ATOM}rights", f"{ATOM}subtitle"):
            assert text.get("type", "text") in ("text", "html")
            assert not len(text)
    assert root.find(f"{ATOM}author") is not None
    assert root.find(f"{ATOM}link[@rel='self']").get("href").endswith(f"/{path}")
    assert is_absolute(root.findtext(f"{ATOM}id"))
    ids = [entry.findtext(f"{ATOM}id") for entry in root.iter(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids)
    return root


def json_feed(planned: Planned, path: str = "feed.json", **texts: str) -> dict[str, Any]:
    """Render a JSON Feed, check what version 1.1 demands, and give it."""
    found: dict[str, Any] = json.loads(planned.render(path, planned.views(**texts)))
    assert found["version"] == "https://jsonfeed.org/version/1.1"
    assert isinstance(found["title"], str)
    assert is_absolute(found["home_page_url"])
    assert found["feed_url"].endswith(f"/{path}")
    for entry in found["items"]:
        assert isinstance(entry["id"], str)
        assert entry["id"]
        assert isinstance(entry.get("content_html", entry.get("content_text")), str)
        assert is_absolute(entry["url"])
        assert all(is_absolute(entry[name]) for name in ("external_url", "image") if name in entry)
        assert all(_RFC_3339.fullmatch(entry[name]) for name in ("date_published", "date_modified"))
        assert all(author["name"] for author in entry.get("authors", ()))
        assert None not in entry.values()
    assert len({entry["id"] for entry in found["items"]}) == len(found["items"])
    return found


def is_absolute(url: str | None) -> bool:
    found = urlsplit(url or "")
    return found.scheme in ("http", "https") and bool(found.netloc) and (url or "").isascii() and " " not in (url or "")


def microseconds(parsed: Any) -> int:
    """Give the instant that feedparser read."""
    return calendar.timegm(parsed) * 1_000_000


def parsed(planned: Planned, path: str, **texts: str) -> Any:
    """Read a feed as a feed reader does."""
    found = feedparser.parse(planned.render(path, planned.views(**texts)), resolve_relative_uris=False, sanitize_html=False)
    assert not found.bozo, found.get("bozo_exception")
    return found


def author(**keys: Any) -> Config:
    return settings(site={"author": AuthorConfig(**keys)})


SITE = (
    item("posts/plain.md", date="2026-11-01", abstract="What it says."),
    item("posts/known.md", date="2026-10-01T23:30:00-05:00", id="k7f3q9x2mw", updated="2026-11-05 10:00", title="Known & <b>bold</b>"),
    item("posts/moved.md", date="2026-09-01", guid="http://old.example/?p=12", terms={"tags": ("C++", "a & b"), "categories": ("C++",)}),
    item("posts/ünï-cödé.md", date="2026-08-01", lang="de", licence="CC-BY-4.0", authors=(Author("Ann", "https://ann.example/"), Author("Bo"))),
    item("posts/link.md", date="2026-07-01", link="https://elsewhere.example/a?b=1&c=2", image="https://img.example/x.png"),
)  # fmt: skip


# The same in all formats


def test_ids_links_dates_titles() -> None:
    """What readers of every format get is what the site says."""
    planned = make(*SITE)
    rss(planned)
    atom(planned)
    found = json_feed(planned)
    for path in ("feed.xml", "atom.xml"):
        entries = parsed(planned, path).entries
        assert [e.id for e in entries] == [planned.tables["feed_ids"][s.key] for s in SITE]
        assert [e.link for e in entries] == [planned.views().absolute(s.url) for s in SITE]
        assert [e.title for e in entries] == [s.title for s in SITE]
        assert [microseconds(e.published_parsed) for e in entries] == [s.date and s.date.instant for s in SITE]
    items = found["items"]
    assert [e["id"] for e in items] == [planned.tables["feed_ids"][s.key] for s in SITE]
    assert [e["url"] for e in items] == [planned.views().absolute(s.url) for s in SITE]
    assert [e["title"] for e in items] == [s.title for s in SITE]
    assert [datetime.fromisoformat(e["date_published"]).timestamp() * 1e6 for e in items] == [s.date and s.date.instant for s in SITE]


def test_ids() -> None:
    """`guid` word for word, an id as URN, else the permalink; only that is marked as one."""
    channel = rss(make(*SITE))
    guids = [(g.text, g.get("isPermaLink")) for g in channel.iter("guid")]
    assert guids[0] == ("https://example.org/blog/2026/11/plain/", "true")
    assert guids[1][0].startswith("urn:uuid:")
    assert guids[2] == ("http://old.example/?p=12", "false")
    assert guids[3] == ("https://example.org/blog/2026/08/%C3%BCn%C3%AF-c%C3%B6d%C3%A9/", "true")
    assert guids[1][1] == "false"


def test_updated() -> None:
    """Atom `updated` and JSON `date_modified` follow the field, RSS `pubDate` is the date, and the feed is as new as its newest change."""
    planned = make(*SITE)
    known = atom(planned).findall(f"{ATOM}entry")[1]
    assert known.findtext(f"{ATOM}updated") == "2026-11-05T10:00:00+00:00"
    assert known.findtext(f"{ATOM}published") == "2026-10-01T23:30:00-05:00"
    assert json_feed(planned)["items"][1]["date_modified"] == "2026-11-05T10:00:00+00:00"
    assert rss(planned).findall("item")[1].findtext("pubDate") == "Thu, 01 Oct 2026 23:30:00 -0500"
    assert atom(planned).findtext(f"{ATOM}updated") == "2026-11-05T10:00:00+00:00"
    assert rss(planned).findtext("lastBuildDate") == "Thu, 05 Nov 2026 10:00:00 +0000"
    assert atom(planned).findall(f"{ATOM}entry")[0].findtext(f"{ATOM}updated") == "2026-11-01T00:00:00+00:00"


@pytest.mark.parametrize("path", ["feed.xml", "atom.xml", "feed.json"])
def test_same_site_same_bytes(path: str) -> None:
    """No clock and no locale is in a feed: two runs on two days give the same bytes."""
    first = make(*SITE).render(path)
    with time_machine.travel(datetime(2031, 5, 1, tzinfo=UTC)):
        assert make(*SITE).render(path) == first
    assert b"2031" not in first


def test_empty_feeds() -> None:
    """A feed without entries is valid, and was updated in 1970, not now."""
    planned = make()
    assert rss(planned).findtext("lastBuildDate") == "Thu, 01 Jan 1970 00:00:00 +0000"
    assert atom(planned).findtext(f"{ATOM}updated") == "1970-01-01T00:00:00+00:00"
    assert json_feed(planned)["items"] == []
    assert parsed(planned, "feed.xml").entries == parsed(planned, "atom.xml").entries == []


def test_channel_link_is_the_list() -> None:
    """ "Visit the site" opens the page that the feed follows, never the feed."""
    planned = make(item("posts/a.md", date="2026-01-01", terms={"tags": ("日本",)}))
    assert rss(planned).findtext("link") == "https://example.org/blog/"
    (channel,) = etree.fromstring(planned.render("tags/日本/feed.xml"))
    assert channel.findtext("link") == "https://example.org/blog/tags/%E6%97%A5%E6%9C%AC/"
    assert channel.findtext("title") == "A site: 日本"
    assert parsed(planned, "atom.xml").feed.link == "https://example.org/blog/"


# What an entry says


def test_categories() -> None:
    """Every term of every taxonomy, by its name, with the taxonomy it is from."""
    planned = make(*SITE)
    expected = [
        ("C++", "https://example.org/blog/tags/"),
        ("a & b", "https://example.org/blog/tags/"),
        ("C++", "https://example.org/blog/categories/"),
    ]
    assert [(c.text, c.get("domain")) for c in rss(planned).findall("item")[2].findall("category")] == expected
    assert [(c.get("term"), c.get("scheme")) for c in atom(planned).findall(f"{ATOM}entry")[2].findall(f"{ATOM}category")] == expected
    assert json_feed(planned)["items"][2]["tags"] == ["C++", "a & b"]


def test_link_posts() -> None:
    """The permalink is the link; where the title leads is named beside it."""
    planned = make(*SITE)
    entry = atom(planned).findall(f"{ATOM}entry")[4]
    assert {(link.get("rel"), link.get("href")) for link in entry.findall(f"{ATOM}link")} == {
        (None, "https://example.org/blog/2026/07/link/"),
        ("related", "https://elsewhere.example/a?b=1&c=2"),
    }
    found = rss(planned).findall("item")[4]
    assert found.findtext("link") == "https://example.org/blog/2026/07/link/"
    assert found.find(f"{ATOM}link").get("href") == "https://elsewhere.example/a?b=1&c=2"
    assert json_feed(planned)["items"][4]["external_url"] == "https://elsewhere.example/a?b=1&c=2"
    assert json_feed(planned)["items"][4]["image"] == "https://img.example/x.png"
    assert parsed(planned, "feed.xml").entries[4].link == "https://example.org/blog/2026/07/link/"


def test_authors() -> None:
    """Names in the front matter, else the site's author, with the address where the format has a place for it."""
    planned = make(*SITE, config=author(name="Zoë", email="z@example.org", url="https://zoe.example/"))
    channel = rss(planned)
    assert channel.findtext("managingEditor") == "z@example.org (Zoë)"
    assert [c.text for c in channel.findall("item")[3].findall(f"{DC}creator")] == ["Ann", "Bo"]
    assert [c.text for c in channel.findall("item")[0].findall(f"{DC}creator")] == ["Zoë"]
    root = atom(planned)
    assert [e.text for e in root.find(f"{ATOM}author")] == ["Zoë", "z@example.org", "https://zoe.example/"]
    assert [e.findtext(f"{ATOM}name") for e in root.findall(f"{ATOM}entry")[3].findall(f"{ATOM}author")] == ["Ann", "Bo"]
    assert root.findall(f"{ATOM}entry")[0].find(f"{ATOM}author") is None
    found = json_feed(planned)
    assert found["authors"] == [{"name": "Zoë", "url": "https://zoe.example/"}]
    assert found["items"][3]["authors"] == [{"name": "Ann", "url": "https://ann.example/"}, {"name": "Bo"}]
    assert "authors" not in found["items"][0]


def test_site_without_author() -> None:
    """RFC 4287 wants one: the site stands for itself, but signs no entry in RSS."""
    planned = make(*SITE)
    assert atom(planned).findtext(f"{ATOM}author/{ATOM}name") == "A site"
    assert rss(planned).findall("item")[0].find(f"{DC}creator") is None


def test_language() -> None:
    """The site's on the feed, another one on the entry."""
    planned = make(*SITE)
    root = atom(planned)
    assert root.get(LANG) == "en"
    assert [entry.get(LANG) for entry in root.findall(f"{ATOM}entry")] == [None, None, None, "de", None]
    assert rss(planned).findtext("language") == "en"
    assert rss(planned).findall("item")[3].findtext(f"{DC}language") == "de"
    assert [entry.get("language") for entry in json_feed(planned)["items"]] == [None, None, None, "de", None]


def test_licence() -> None:
    """As text where readers look for it, and as a link (RFC 4946)."""
    planned = make(*SITE, config=settings(site={"licence": "https://licence.example/x"}))
    assert rss(planned).findtext("copyright") == atom(planned).findtext(f"{ATOM}rights") == "https://licence.example/x"
    assert atom(planned).find(f"{ATOM}link[@rel='license']").get("href") == "https://licence.example/x"
    entry = atom(planned).findall(f"{ATOM}entry")[3]
    assert entry.findtext(f"{ATOM}rights") == "CC-BY-4.0"
    assert entry.find(f"{ATOM}link[@rel='license']").get("href") == "https://spdx.org/licenses/CC-BY-4.0.html"


def test_full_text_and_summary() -> None:
    """Whole texts are in `content:encoded` and `content`, the abstract beside them as plain text."""
    text = '<p>1 &lt; 2 &amp; <a href="https://example.org/x">x</a>]]></p>'
    planned = make(item("posts/a.md", date="2026-01-01", abstract="1 < 2 & so on"), item("posts/b.md", date="2026-01-02"))
    texts = {"posts/a.md": text, "posts/b.md": text}
    for found in rss(planned, **texts).findall("item"):
        assert found.findtext(CONTENT) == text
    assert rss(planned, **texts).findall("item")[1].findtext("description") == "1 &lt; 2 &amp; so on"
    entry = atom(planned, **texts).findall(f"{ATOM}entry")[1]
    assert (entry.findtext(f"{ATOM}content"), entry.find(f"{ATOM}content").get("type")) == (text, "html")
    assert (entry.findtext(f"{ATOM}summary"), entry.find(f"{ATOM}summary").get("type")) == ("1 < 2 & so on", None)
    assert (json_feed(planned, **texts)["items"][1]["content_html"], json_feed(planned, **texts)["items"][1]["summary"]) == (
        text,
        "1 < 2 & so on",
    )
    assert parsed(planned, "feed.xml", **texts).entries[1].content[0].value == text
    assert parsed(planned, "atom.xml", **texts).entries[1].content[0].value == text


def test_excerpts() -> None:
    """With `content = "summary"` no feed has the whole text."""
    planned = make(item("posts/a.md", date="2026-01-01", abstract="Short."), config=settings(feeds=FeedsConfig(content="summary")))
    excerpt = "<p>The excerpt of posts/a.md.</p>"
    assert rss(planned).find("item").findtext("description") == excerpt
    assert rss(planned).find("item").find(CONTENT) is None
    entry = atom(planned).find(f"{ATOM}entry")
    assert (entry.findtext(f"{ATOM}summary"), entry.find(f"{ATOM}summary").get("type"), entry.find(f"{ATOM}content")) == (
        excerpt,
        "html",
        None,
    )
    assert json_feed(planned)["items"][0]["content_html"] == excerpt


def test_post_without_text() -> None:
    """An entry without a text or an abstract is still one."""
    planned = make(item("posts/a.md", date="2026-01-01"))
    assert rss(planned, **{"posts/a.md": ""}).find("item").findtext("description") == "A"
    atom(planned, **{"posts/a.md": ""})
    assert json_feed(planned, **{"posts/a.md": ""})["items"][0]["content_text"] == ""


@pytest.mark.parametrize(
    ("abstract", "title"),
    [
        ("A thought.", "A thought."),
        ("", "2026-01-01"),
        ("word " * 40, "word word word word word word word word word word word word word word word word…"),
        ("x" * 300, "x" * 80 + "…"),
        ("日本語" * 100, ("日本語" * 100)[:80] + "…"),
    ],
)
def test_notes_without_title(abstract: str, title: str) -> None:
    """RSS and Atom want a title: the beginning of the text, else the day. JSON Feed wants none."""
    planned = make(item("notes/n.md", date="2026-01-01", titled=False, abstract=abstract.strip()))
    assert atom(planned, "notes/atom.xml").findtext(f"{ATOM}entry/{ATOM}title") == title
    assert rss(planned, "notes/feed.xml").findtext("item/title") == title
    assert "title" not in json_feed(planned, "notes/feed.json")["items"][0]


def test_post_named_by_its_file() -> None:
    """A post without a title is called by its file name everywhere, in feeds too."""
    planned = make(item("posts/my-day.md", date="2026-01-01", titled=False))
    assert rss(planned).findtext("item/title") == "My day"
    assert json_feed(planned)["items"][0]["title"] == "My day"


@pytest.mark.parametrize(
    ("date", "zone", "shown"),
    [
        ("1840-06-01", "Europe/London", "1840-06-01T00:01:15+00:00"),
        ("2026-01-01T10:00:00.250000+05:30", "UTC", "2026-01-01T10:00:00+05:30"),
        ("1000-01-01", "UTC", "1000-01-01T00:00:00+00:00"),
    ],
)
def test_odd_dates(date: str, zone: str, shown: str) -> None:
    """Offsets with seconds, fractions and early years become dates that the RFCs allow."""
    planned = make(item("posts/a.md", date=at(date, zone)))
    assert atom(planned).findtext(f"{ATOM}entry/{ATOM}published") == shown
    assert parsedate_to_datetime(rss(planned).findtext("item/pubDate")) == datetime.fromisoformat(shown)


# Attacks

TITLES = [
    "</title><script>alert(1)</script>",
    "]]> and <![CDATA[",
    "&amp; &lt; & <",
    "\"quotes\" 'and' `ticks`",
    "🎉 emoji 👩‍👩‍👧 and ﷽",
    "right\u202eto left",
    "bad \x00\x08\x0b\x1f\ufffe signs",
    "line\nbreak\tand\r\nmore",
    "x" * 10_000,
]


@pytest.mark.parametrize("title", TITLES)
def test_titles_that_attack(title: str) -> None:
    """Any text is a title: feeds stay valid and say the same, without what XML forbids."""
    clean = re.sub("[ \t\r\n]+", " ", _FORBIDDEN.sub("", title))
    facts: dict[str, Any] = {
        "title": title,
        "abstract": title,
        "terms": {"tags": ("x",)},
        "authors": (Author(title),),
        "licence": title,
        "guid": title,
    }
    planned = make(item("posts/a.md", date="2026-01-01", **facts), config=settings(site={"title": title, "description": title}))
    texts = {"posts/a.md": f"<p>{title}</p>"}
    for path in ("feed.xml", "tags/x/feed.xml"):
        channel = rss(planned, path, **texts)
        assert channel.findtext("item/title") == clean
        assert channel.findtext("title").startswith(clean)
    for path in ("atom.xml", "tags/x/atom.xml"):
        assert atom(planned, path, **texts).findtext(f"{ATOM}entry/{ATOM}title") == clean
    assert json_feed(planned, **texts)["items"][0]["title"] == clean
    assert [parsed(planned, path, **texts).bozo for path in ("feed.xml", "atom.xml")] == [False, False]


@tried(max_examples=60)
@given(st.lists(st.tuples(st.text(st.characters()), st.text(st.characters()), st.text(st.characters())), max_size=4))
def test_any_text(found: list[tuple[str, str, str]]) -> None:
    """Whatever stands in titles, abstracts and texts, lone surrogates included, all three feeds are valid."""
    items: list[Summary] = [
        item(f"posts/{n}.md", date="2026-01-01", title=title, abstract=abstract) for n, (title, abstract, _) in enumerate(found)
    ]
    texts = {f"posts/{n}.md": text for n, (_, _, text) in enumerate(found)}
    planned = make(*items)
    rss(planned, **texts)
    atom(planned, **texts)
    json_feed(planned, **texts)


def test_what_xml_forbids_goes() -> None:
    """Each sign by itself, in ASCII text and in other text: XML 1.0, section 2.2, Char."""
    for number in (*range(0x100), 0x2028, *range(0xD7F0, 0xE010), *range(0xFFF0, 0x10010)):
        legal = number in (0x9, 0xA, 0xD) or 0x20 <= number <= 0xD7FF or 0xE000 <= number <= 0xFFFD or number >= 0x10000
        sign = chr(number)
        for text in (f"a{sign}b", f"é{sign}ü"):
            assert allowed(text) == (text if legal else text.replace(sign, "")), hex(number)
