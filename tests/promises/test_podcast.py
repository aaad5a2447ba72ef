"""A podcast: RSS with what directories require, where `[feeds.podcast]` asks for it and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import feedparser
import pytest
from lxml import etree

from harness import recordings
from harness.site import CONFIG, Site, differences, tree

ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
FULL = """
[feeds.podcast]
category = "Arts > Books"
image = "cover.jpg"
email = "ann@example.org"
"""


def made(site: Callable[..., Site], settings: str = FULL) -> Site:
    described = CONFIG.replace("[site]", '[site]\ndescription = "About <books> & more"\nauthor = {name = "Ann"}', 1)
    texts: dict[str, str | bytes] = {
        "content/posts/a.md": "---\ntitle: One\ndate: 2026-01-01\naudio: a.mp3\ntags: [x]\n---\nText.\n",
        "content/posts/b.md": "---\ntitle: No sound\ndate: 2026-01-02\ntags: [y]\n---\nText.\n",
        "content/posts/c.md": "---\ntitle: Two\ndate: 2026-01-03\naudio: {src: https://cdn.example/c.mp3, length: 5, duration: '1:02:03'}\n---\nText.\n",
        "content/posts/a.mp3": recordings.mp3(3000),
        "content/cover.jpg": b"cover",
    }
    return site(texts, described + settings)


def channel(here: Site, path: str = "feed.xml") -> etree._Element:
    found = etree.fromstring(here.read(path).encode()).find("channel")
    assert found is not None
    return found


def test_what_directories_require(site: Callable[..., Site]) -> None:
    """The channel has title, description, language, category, explicit and cover, the episodes enclosure, guid and duration."""
    here = made(site)
    report = here.build()
    assert [one for one in report.diagnostics if one.code == "podcast-incomplete"] == []
    assert not feedparser.parse(here.read("feed.xml")).bozo
    found = channel(here)
    for name in ("title", "description", "language", "link"):
        assert found.findtext(name)
    assert found.findtext("description") == "About <books> & more"
    category = found.find(f"{ITUNES}category")
    assert category is not None
    assert (category.get("text"), category[0].get("text")) == ("Arts", "Books")
    assert found.find(f"{ITUNES}image").get("href") == "https://example.org/cover.jpg"  # type: ignore[union-attr]
    assert (here.output / "cover.jpg").read_bytes() == b"cover"
    assert found.findtext(f"{ITUNES}explicit") == "no"
    assert found.findtext(f"{ITUNES}author") == "Ann"
    assert (found.findtext(f"{ITUNES}owner/{ITUNES}name"), found.findtext(f"{ITUNES}owner/{ITUNES}email")) == ("Ann", "ann@example.org")
    two, none, one = found.findall("item")
    assert [item.findtext(f"{ITUNES}duration") for item in (two, none, one)] == ["01:02:03", None, "00:01:18"]
    for item in (one, two):
        assert item.findtext("guid")
        assert set(item.find("enclosure").attrib) == {"url", "length", "type"}  # type: ignore[union-attr]


def test_only_rss_feeds_with_episodes_are_podcasts(site: Callable[..., Site]) -> None:
    """A term without an episode has an ordinary feed, and so has Atom."""
    here = made(site)
    here.build()
    assert [ITUNES[1:-1] in here.read(f"{folder}feed.xml") for folder in ("", "tags/x/", "tags/y/")] == [True, True, False]
    assert ITUNES[1:-1] not in here.read("atom.xml")


def test_without_the_settings_there_is_no_podcast(site: Callable[..., Site]) -> None:
    """Enclosures alone make none, and nothing is asked of the site."""
    for settings in ("", "[feeds.podcast]\n", "[feeds.podcast]\nexplicit = false\n"):
        here = made(site, settings)
        assert not [one for one in here.build().diagnostics if one.code == "podcast-incomplete"]
        assert ITUNES[1:-1] not in here.read("feed.xml")


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ('category = "Technology"\nexplicit = true', "<itunes:explicit>yes</itunes:explicit>"),
        ('category = "Technology"\nauthor = "A & <B>"', "<itunes:author>A &amp; &lt;B&gt;</itunes:author>"),
        ('category = "Society & Culture > Documentary"', '<itunes:category text="Society &amp; Culture">'),
        ('category = \'Say "x" > "y"\'', '<itunes:category text="Say x">'),
        ('category = "Technology"\nimage = "https://cdn.example/A B.JPG?x=1&y=2"', 'href="https://cdn.example/A%20B.JPG?x=1&amp;y=2"'),
        ('image = "/posts/a.mp3"', '<itunes:image href="https://example.org/posts/a.mp3"/>'),
    ],
)
def test_settings_reach_the_feed(site: Callable[..., Site], settings: str, text: str) -> None:
    """Whatever is set is written as it is, and the feed stays well-formed."""
    here = made(site, f"[feeds.podcast]\n{settings}\n")
    here.build()
    assert text in here.read("feed.xml")
    etree.fromstring(here.read("feed.xml").encode())


def test_a_missing_cover_is_told(site: Callable[..., Site]) -> None:
    """As any picture that `site.toml` names."""
    here = made(site, '[feeds.podcast]\ncategory = "Arts"\nimage = "absent.jpg"\n')
    assert [(one.code, one.span.path) for one in here.build().diagnostics if one.span] == [("image-missing", "site.toml")]


def test_feeds_follow_the_settings(site: Callable[..., Site]) -> None:
    """Each change of the settings is as in a clean build."""
    here = made(site)
    here.build()
    before = Path(here.root / "site.toml").read_text()
    for number, after in enumerate(
        (before.replace("Books", "Design"), before.replace(FULL, ""), before, before.replace("cover.jpg", "posts/a.mp3"))
    ):
        here.write("site.toml", after)
        here.build()
        clean = here.copy(here.root.parent / f"clean{number}")
        clean.build(clean=True)
        assert differences(tree(here.output), tree(clean.output)) == ""
