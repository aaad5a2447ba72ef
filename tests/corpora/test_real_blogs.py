"""Three real blogs, written by others for other generators, build whole with a handful of settings."""

from __future__ import annotations

import json
from calendar import timegm
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import feedparser
import pytest

from harness.blogs import SETTINGS, Blog, copied
from harness.site import differences
from harness.words import words_of

pytestmark = [pytest.mark.corpora, pytest.mark.slow]

NAMES = ("18f", "mehdix", "scientific-python-blog")
SOURCES = {"18f": 509, "mehdix": 93, "scientific-python-blog": 105}
each = pytest.mark.parametrize("name", NAMES)


@each
def test_settings_are_short(name: str) -> None:
    """Moving a blog takes at most 15 lines of settings."""
    assert len((SETTINGS / f"{name}.toml").read_text("utf-8").splitlines()) <= 15


@each
def test_command_builds_it(blog: Callable[[str], Blog], name: str) -> None:
    """`wol build` ends well on the blog as it is, whatever it warns of."""
    ran = blog(name).ran
    assert ran.code == 0, ran.stderr[-3000:]
    assert "error[" not in ran.stderr
    assert ran.stdout.count("\n") == 1, "one line says what was done"


@each
def test_every_source_has_its_page(blog: Callable[[str], Blog], name: str) -> None:
    """Each source of the blog is a page at the URL that the blog's own rules give it."""
    here = blog(name)
    assert len(here.texts) == SOURCES[name]
    files = here.site.files()
    assert [(t.key, here.url(t)) for t in here.texts if f"{here.url(t)}index.html".lstrip("/") not in files] == []


@each
def test_a_second_build_does_nothing(blog: Callable[[str], Blog], name: str) -> None:
    """Nothing is rendered and written when nothing has changed."""
    here = blog(name)
    report = here.site.build(jobs=1)
    assert (report.rendered, report.written, report.removed) == (0, 0, ())


@pytest.mark.parametrize("name", [pytest.param("18f", marks=pytest.mark.long), *NAMES[1:]])
def test_processes_do_not_matter(blog: Callable[[str], Blog], corpora: Path, tmp_path: Path, name: str) -> None:
    """One process writes the same bytes as two, in another folder."""
    here = copied(corpora, name, tmp_path / "other")
    here.build(jobs=1)
    assert not (told := differences(blog(name).site.files(), here.files())), told


def dated(here: Blog) -> dict[str, tuple[list[str], datetime]]:
    """Give what feeds should say of each post: absolute URL to the words of its title and its date."""
    found = {}
    for text in here.texts:
        moment = text.instant(here.zone)
        if moment is not None:
            found[here.base + quote(here.url(text))] = (words_of(text.fields["title"]), moment)
    return found


@each
@pytest.mark.parametrize("step", [20, pytest.param(1, marks=pytest.mark.long)], ids=["some", "all"])
def test_feeds_say_what_the_sources_say(blog: Callable[[str], Blog], name: str, step: int) -> None:
    """A strict reader of feeds finds no fault with any, and the titles, links and dates of the sources in each: those of the site, and some or all of the lists'."""
    here = blog(name)
    posts = dated(here)
    feeds = {path: data for path, data in here.site.files().items() if path.endswith((".xml", "feed.json")) and path != "sitemap.xml"}
    assert len(feeds) > 100
    chosen = {"feed.xml", "atom.xml", "feed.json", *sorted(feeds)[::step]}
    links: dict[str, set[str]] = {}
    for path in sorted(chosen):
        data = feeds[path]
        if path.endswith(".json"):
            entries = [(e["url"], e["title"], datetime.fromisoformat(e["date_published"])) for e in json.loads(data)["items"]]
        else:
            feed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
            assert feed.bozo == 0, (path, feed.get("bozo_exception"))
            entries = [(e.link, e.title, datetime.fromtimestamp(timegm(e.published_parsed), UTC)) for e in feed.entries]
        links[path] = {link for link, _, _ in entries}
        moments = [moment for _, _, moment in entries]
        assert moments == sorted(moments, reverse=True), path
        for link, title, moment in entries:
            words, written = posts[link]
            assert moment == written.replace(microsecond=0), (path, link)
            assert "".join(words_of(title)) == "".join(_as_shown(words)), (path, link)
    for path in ("feed.xml", "atom.xml", "feed.json"):
        assert links[path] == posts.keys(), path


def _as_shown(words: list[str]) -> list[str]:
    """Give the words of a title as it is read: the names of entities are no words."""
    return [w for w in words if w not in ("ldquo", "rdquo", "39")]
