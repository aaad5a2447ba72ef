"""Which feeds there are, what is in each, and when one changes."""

from __future__ import annotations

from typing import Any, cast

import pytest

from harness.items import item
from harness.planned import Planned, make
from harness.settings import settings
from wol.features.feeds.views import of_target
from wol.model.config import TaxonomyConfig
from wol.model.feed_settings import FeedsConfig
from wol.model.item import Summary
from wol.model.site import Visibility


def in_feed(planned: Planned, path: str = "feed.xml") -> list[str]:
    found: list[str] = planned.targets[path].args["items"]
    return found


def test_feeds_of_a_site() -> None:
    """Three of the site, three of the notes, three of each term."""
    planned = make(item("posts/a.md", date="2026-01-01", terms={"tags": ("C++",)}), item("notes/n.md"))
    folders = ["", "notes/", "tags/c-plus-plus/"]
    assert sorted(planned.paths("rss")) == [f"{folder}feed.xml" for folder in folders]
    assert sorted(planned.paths("atom")) == [f"{folder}atom.xml" for folder in folders]
    assert sorted(planned.paths("json")) == [f"{folder}feed.json" for folder in folders]


def test_feeds_of_an_empty_site() -> None:
    """The site's feeds are there from the first day on, so that people can subscribe."""
    planned = make()
    assert planned.paths("rss") == ["feed.xml"]
    assert in_feed(planned) == []


@pytest.mark.parametrize(("formats", "paths"), [(("atom",), ["atom.xml"]), ((), [])])
def test_formats(formats: tuple[str, ...], paths: list[str]) -> None:
    """Only what is asked for, in files and in the head of pages."""
    planned = make(config=settings(feeds=FeedsConfig(formats=formats)))  # type: ignore[arg-type]  # literals
    assert [path for kind in ("rss", "atom", "json") for path in planned.paths(kind)] == paths
    assert [feed["url"] for feed in planned.tables["feeds"].get("/", ())] == [f"/{path}" for path in paths]


STATES: dict[str, dict[str, object]] = {
    "draft": {"draft": True},
    "scheduled": {"date": "2027-01-01"},
    "published later": {"publish": "2027-01-01"},
    "expired": {"expires": "2026-02-01"},
    "unlisted": {"unlisted": True},
    "private": {"private": True},
    "gone": {"gone": True},
    "without a date": {"date": None},
    "kept out": {"feed": False},
}


@pytest.mark.parametrize("why", STATES)
@pytest.mark.parametrize(
    "visibility", [Visibility(), Visibility("drafts", drafts=True, future=True), Visibility("preview", drafts=True, future=True)]
)
def test_what_is_in_no_feed(why: str, visibility: Visibility) -> None:
    """Only published, dated items that are not kept out are in any feed, in no profile any other."""
    fields = {"date": "2026-01-01", "terms": {"tags": ("x",)}, **STATES[why]}
    shown = item("posts/shown.md", date="2026-01-02", terms={"tags": ("x",)})
    planned = make(item("posts/a.md", **fields), item("notes/n.md", **fields), shown, visibility=visibility)
    for kind in ("rss", "atom", "json"):
        for path in planned.paths(kind):
            assert set(in_feed(planned, path)) <= {"posts/shown.md"}
    assert in_feed(planned) == in_feed(planned, "tags/x/feed.xml") == ["posts/shown.md"]


def test_newest_first_whatever_was_updated() -> None:
    """A feed's order is by date: an update never moves an item."""
    planned = make(item("posts/old.md", date="2026-01-01", updated="2026-11-01"), item("posts/new.md", date="2026-02-01"))
    assert in_feed(planned) == ["posts/new.md", "posts/old.md"]


def test_number_of_items() -> None:
    """`[feeds] items` counts what is in the feed, not what was passed over."""
    items = [item(f"posts/p{n:02}.md", date=f"2026-01-{n:02}", feed=None if n % 2 else False) for n in range(1, 31)]
    assert in_feed(make(*items, config=settings(feeds=FeedsConfig(items=3)))) == ["posts/p29.md", "posts/p27.md", "posts/p25.md"]


def test_kinds() -> None:
    """The site's feed has posts unless told otherwise; a term's has whatever has the term."""
    items = [
        item("posts/p.md", date="2026-01-03", terms={"tags": ("x",)}),
        item("notes/n.md", date="2026-01-02", terms={"tags": ("x",)}),
        item("page.md", date="2026-01-01", terms={"tags": ("x",)}),
        item("tags/x/_index.md", date="2026-01-04", terms={"tags": ("x",)}),
    ]
    assert in_feed(make(*items)) == ["posts/p.md"]
    assert in_feed(make(*items, config=settings(feeds=FeedsConfig(kinds=("post", "note"))))) == ["posts/p.md", "notes/n.md"]
    assert in_feed(make(*items), "tags/x/feed.xml") == ["posts/p.md", "notes/n.md", "page.md"]
    assert in_feed(make(*items), "notes/feed.xml") == ["notes/n.md"]


def test_taxonomy_without_feeds() -> None:
    """`feeds = false` of a taxonomy leaves its lists without."""
    post = item("posts/a.md", date="2026-01-01", terms={"tags": ("x",)})
    planned = make(post, config=settings(taxonomies={"tags": TaxonomyConfig(feeds=False)}))
    assert planned.paths("rss") == ["feed.xml"]
    assert "tags/x/index.html" in planned.targets


def test_feeds_that_pages_name() -> None:
    """Every page has the site's feeds in its head; pages of a term or the notes have theirs too, older pages as well."""
    items: list[Summary] = [item(f"posts/p{n}.md", date=f"2026-01-{n:02}", terms={"tags": ("x",)}) for n in range(1, 26)]
    planned = make(*items, item("notes/n.md"))

    def urls(path: str) -> list[str]:
        return [feed.url for feed in of_target(cast("Any", planned.views()), planned.targets[path])]

    of_site = ["/blog/feed.xml", "/blog/atom.xml", "/blog/feed.json"]
    of_term = ["/blog/tags/x/feed.xml", "/blog/tags/x/atom.xml", "/blog/tags/x/feed.json"]
    assert urls("index.html") == urls("404.html") == urls("2026/01/p1/index.html") == urls("tags/index.html") == of_site
    assert urls("page/1/index.html") == of_site
    assert urls("tags/x/index.html") == urls("tags/x/page/1/index.html") == of_site + of_term
    assert urls("notes/index.html") == [*of_site, "/blog/notes/feed.xml", "/blog/notes/atom.xml", "/blog/notes/feed.json"]
    found = of_target(cast("Any", planned.views()), planned.targets["tags/x/index.html"])
    assert [(f.title, f.type) for f in found][3:5] == [
        ("A site: x (RSS)", "application/rss+xml"),
        ("A site: x (Atom)", "application/atom+xml"),
    ]


def test_title_of_the_notes_feed() -> None:
    """It is called as their list is."""
    planned = make(item("notes/_index.md", title="Garden"))
    assert planned.targets["notes/feed.xml"].args["title"] == "A site: Garden"


def test_edit_of_a_text_concerns_only_feeds_that_carry_it() -> None:
    """A feed depends on the texts in it and on no others; nor on how many items a term has."""
    planned = make(
        item("posts/a.md", date="2026-01-01", terms={"tags": ("x",)}), item("posts/b.md", date="2026-01-02", terms={"tags": ("y",)})
    )
    views = planned.views()
    planned.render("tags/x/atom.xml", views)
    assert {key for table, key in views.names if table in ("body", "title", "abstract")} == {"posts/a.md"}


@pytest.mark.parametrize(("content", "read"), [("full", "body"), ("summary", "excerpt")])
def test_what_feeds_carry(content: str, read: str) -> None:
    """Whole texts, or excerpts: a feed of excerpts does not change with the texts."""
    planned = make(item("posts/a.md", date="2026-01-01"), config=settings(feeds=FeedsConfig(content=content)))  # type: ignore[arg-type]  # literals
    for path in ("feed.xml", "atom.xml", "feed.json"):
        views = planned.views()
        planned.render(path, views)
        assert {table for table, _ in views.names} & {"body", "excerpt"} == {read}
