"""Old addresses lead to where things are now."""

from __future__ import annotations

from typing import Any

import pytest

from harness.items import item
from harness.planned import make
from harness.settings import settings
from wol.paths import is_file_of_data


def leads(*items: Any, **redirects: str) -> dict[str, str]:
    planned = make(*items, config=settings(redirects={f"/{source}": to for source, to in redirects.items()}))
    assert not planned.collisions
    return {path: planned.targets[path].args["to"] for path in planned.paths("redirect")}


@pytest.mark.parametrize(
    ("alias", "path"),
    [
        ("/old/", "old/index.html"),
        ("/old", "old/index.html"),
        ("/old.html", "old.html"),
        ("/old.HTM", "old.HTM"),
        ("/2019/post.php", "2019/post.php/index.html"),
        ("/Default.aspx", "Default.aspx/index.html"),
        ("/foo.bar", "foo.bar/index.html"),
        ("/a.jsp", "a.jsp/index.html"),
        ("/cgi/x.cgi", "cgi/x.cgi/index.html"),
        ("/index.php", "index.php/index.html"),
        ("/a.md", "a.md/index.html"),
        ("/dr.who", "dr.who/index.html"),
        ("/feed.rss", "feed.rss/index.html"),
        ("/a.html/", "a.html/index.html"),
        ("/v1.2", "v1.2/index.html"),
        ("/日本/", "日本/index.html"),
    ],
)
def test_file_of_an_alias(alias: str, path: str) -> None:
    """A page where the old address was, with or without a slash at its end."""
    assert leads(item("about.md", aliases=(alias,))) == {path: "/about/"}


def test_what_the_template_gets() -> None:
    """`to` is where it leads; the page is about nothing else."""
    planned = make(item("about.md", aliases=("/old/",)))
    views = planned.views()
    planned.render("old/index.html", views)
    assert views.templates == ["redirect.html"]
    assert views.context == {"heading": "Moved", "to": "/about/"}
    assert planned.targets["old/index.html"].origin == "content/about.md"


def test_settings() -> None:
    """`[redirects]` leads to paths and whole addresses."""
    assert leads(item("about.md"), **{"a/": "/about/", "b.html": "https://example.net/?x#y", "c": "/about/#part"}) == {
        "a/index.html": "/about/",
        "b.html": "https://example.net/?x#y",
        "c/index.html": "/about/#part",
    }


def test_one_step() -> None:
    """A redirect to a redirect or to an alias leads to the end at once."""
    found = leads(item("about.md", aliases=("/older/",)), **{"a/": "/b", "b/": "/c/", "c/": "/older", "d/": "/c/#part", "e": "/elsewhere/"})
    assert {path: to for path, to in found.items() if path[0] in "abc"} == dict.fromkeys(
        ["a/index.html", "b/index.html", "c/index.html"], "/about/"
    )
    assert found["d/index.html"] == "/c/#part"
    assert found["e/index.html"] == "/elsewhere/"


def test_alias_of_itself() -> None:
    """An alias that is the page's own address, or the same twice, is no collision of an item with itself."""
    assert leads(item("about.md", aliases=("/about", "/about/index.html", "/old", "/old/", "/OLD/"))) == {"old/index.html": "/about/"}


def test_withdrawn_item_keeps_its_old_addresses() -> None:
    """They lead to its tombstone."""
    assert leads(item("about.md", gone=True, aliases=("/old/",))) == {"old/index.html": "/about/"}


@pytest.mark.parametrize("state", [{"draft": True}, {"private": True}, {"date": "2027-01-01"}, {"expires": "2026-01-01"}])
def test_aliases_of_hidden_items(state: dict[str, object]) -> None:
    """Nothing tells of them."""
    assert leads(item("posts/a.md", **{"date": "2026-01-01", "aliases": ("/old/",), **state})) == {}


def test_collisions_name_both() -> None:
    """Two things that want one address are told apart by where they are written."""
    planned = make(item("a.md", aliases=("/b/",)), item("b.md"), item("c.md", aliases=("/d/",)), config=settings(redirects={"/d/": "/a/"}))
    messages = sorted(d.message for d in planned.collisions)
    assert [d.code for d in planned.collisions] == ["url-collision"] * 2
    assert "`content/b.md`" in messages[1] + messages[0]
    assert any("`/d/` in `[redirects]` of `site.toml`" in m and "`content/c.md`" in m for m in messages)


@pytest.mark.parametrize(
    ("source", "is_file"),
    [
        ("/feed.rss", True),
        ("/index.xml", True),
        ("/blog/ATOM.XML", True),
        ("/feed.json", True),
        ("/cv.pdf", True),
        ("/logo.png", True),
        ("/calendar.ics", True),
        ("/old.php", False),
        ("/old.html", False),
        ("/v1.2", False),
        ("/a.bar", False),
        ("/feed/", False),
        ("/rss", False),
    ],
)
def test_files_that_no_page_can_stand_in_for(source: str, is_file: bool) -> None:
    """A feed reader is not led on by a page: the writer is told, in `[redirects]` here and for an alias when it is read."""
    assert is_file_of_data(source) == is_file
