"""Lists: home, archives, notes and terms; which pages they have, what is on each, and what their templates get."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.items import item
from harness.planned import Planned, make
from harness.settings import settings
from wol.model.config import ContentConfig, TaxonomyConfig
from wol.model.item import Summary
from wol.model.target import Target


def posts(number: int, **fields: object) -> list[Summary]:
    return [item(f"posts/p{n:02}.md", date=f"2026-{1 + n // 28:02}-{1 + n % 28:02}", **fields) for n in range(number)]


def content(**keys: object) -> ContentConfig:
    return ContentConfig(**keys)  # type: ignore[arg-type]  # each key has its own type


def chain(planned: Planned, front: str) -> list[Target]:
    """Follow a list from its front through all older pages."""
    found = [planned.targets[front]]
    while older := found[-1].args["older"]:
        found.append(planned.targets[f"{older.lstrip('/')}index.html"])
        assert found[-1].args["newer"] == f"/{found[-2].path.removesuffix('index.html')}"
    return found


# Home


def test_home_of_an_empty_site() -> None:
    """There is always a front page."""
    assert make().context("index.html")["heading"] == "A site"
    assert list(make().context("index.html")["posts"]) == []


def test_home_is_paginated() -> None:
    """With stable pages `/page/1/` is the oldest; each page knows its neighbours."""
    planned = make(*posts(35))
    pages = chain(planned, "index.html")
    assert [page.path for page in pages] == ["index.html", "page/2/index.html", "page/1/index.html"]
    assert [len(page.args["items"]) for page in pages] == [15, 10, 10]
    assert [key for page in pages for key in page.args["items"]] == [f"posts/p{n:02}.md" for n in reversed(range(35))]


def test_newest_pagination() -> None:
    """The usual numbering, for who asks for it."""
    planned = make(*posts(35), config=settings(content=content(pages="newest", page_size=20)))
    assert [page.path for page in chain(planned, "index.html")] == ["index.html", "page/2/index.html"]


def test_pager() -> None:
    """Templates get the neighbours as URLs ready for HTML, and the front."""
    planned = make(*posts(35))
    pager = planned.context("page/2/index.html")["pager"]
    assert (pager.number, pager.front, pager.newer, pager.older) == (2, "/blog/", "/blog/", "/blog/page/1/")
    assert [page.key for page in pager.items] == planned.targets["page/2/index.html"].args["items"]
    assert planned.context("page/1/index.html")["pager"].older is None
    assert planned.context("index.html")["pager"].newer is None


def test_text_of_the_home_page_stands_on_its_front_only() -> None:
    """`_index.md` is the front's; older pages have the site's title and no text."""
    planned = make(item("_index.md", title="Welcome"), *posts(35))
    assert planned.context("index.html")["page"].key == "_index.md"
    assert planned.context("index.html")["heading"] == "Welcome"
    assert planned.context("page/1/index.html")["page"] is None
    assert planned.context("page/1/index.html")["heading"] == "A site"


def test_new_post_leaves_old_pages_alone() -> None:
    """The promise of stable pages: a new post changes the front and nothing that is older, or adds one page."""
    before, after = make(*posts(35)).targets, make(*posts(36)).targets
    changed = {path for path in after if path.startswith(("page/", "index.html")) and before.get(path) != after[path]}
    assert changed == {"index.html"}


def test_page_in_the_root_of_another_kind_collides() -> None:
    """Somebody's page 2 is not lost."""
    planned = make(item("x.md", url="/page/1/"), *posts(25))
    assert "`content/x.md`" in planned.collisions[0].message


# Archives


def test_years_and_months() -> None:
    """The table that templates and the sitemap read: newest first, with URLs and counts."""
    planned = make(
        item("posts/a.md", date="2026-11-20"),
        item("posts/b.md", date="2026-11-01"),
        item("posts/c.md", date="2026-02-01"),
        item("posts/d.md", date="2025-12-31"),
    )
    assert planned.tables["years"][""] == [
        {
            "year": "2026",
            "url": "/2026/",
            "count": 3,
            "months": [{"month": "11", "url": "/2026/11/", "count": 2}, {"month": "02", "url": "/2026/02/", "count": 1}],
        },
        {"year": "2025", "url": "/2025/", "count": 1, "months": [{"month": "12", "url": "/2025/12/", "count": 1}]},
    ]
    assert planned.tables["years"]["archive"] == "/archive/"
    assert planned.targets["archive/index.html"].args["items"] == ["posts/a.md", "posts/b.md", "posts/c.md", "posts/d.md"]
    assert planned.targets["2026/index.html"].args["items"] == ["posts/a.md", "posts/b.md", "posts/c.md"]
    assert planned.targets["2026/11/index.html"].args["items"] == ["posts/a.md", "posts/b.md"]


def test_day_written_decides_the_year() -> None:
    """New Year's Eve in New York is in the old year, though it is January in London; the lists are in the order of instants all the same."""
    planned = make(item("posts/ny.md", date="2025-12-31T23:00:00-05:00"), item("posts/ld.md", date="2026-01-01T01:00:00+00:00"))
    assert planned.targets["2025/index.html"].args["items"] == ["posts/ny.md"]
    assert planned.targets["2026/index.html"].args["items"] == ["posts/ld.md"]
    assert planned.targets["archive/index.html"].args["items"] == ["posts/ny.md", "posts/ld.md"]


def test_undated_posts_are_in_the_whole_archive_only() -> None:
    """They come last and are in no year."""
    planned = make(item("posts/a.md"), item("posts/b.md", date="2026-11-01"))
    assert planned.targets["archive/index.html"].args["items"] == ["posts/b.md", "posts/a.md"]
    assert planned.paths("year") == ["2026/index.html"]


def test_patterns_of_archives() -> None:
    """`[content.permalinks]` moves them, and is what a collision names."""
    patterns = {"archive": "/all.html", "year": "/all/:year/", "month": "/all/:year-:month.html"}
    planned = make(
        item("posts/a.md", date="2026-11-20"), item("x.md", url="/all.html"), config=settings(content=content(permalinks=patterns))
    )
    assert planned.paths("year") + planned.paths("month") == ["all/2026/index.html", "all/2026-11.html"]
    assert "`archive` in `[content.permalinks]`" in planned.collisions[0].message
    assert planned.tables["years"][""][0]["months"][0]["url"] == "/all/2026-11.html"


def test_names_of_archive_templates() -> None:
    """`posts` everywhere; `year`, `month` and `months` where they belong."""
    planned = make(item("posts/a.md", date="2026-11-20"), item("posts/b.md", date="2026-02-01"))
    assert planned.context("archive/index.html")["heading"] == "Archive"
    year = planned.context("2026/index.html")
    assert (year["heading"], year["year"]) == ("2026", "2026")
    assert [(month.month, month.url, month.count) for month in year["months"]] == [("11", "/blog/2026/11/", 1), ("02", "/blog/2026/02/", 1)]
    month = planned.context("2026/11/index.html")
    assert (month["heading"], month["year"], month["month"]) == ("2026-11", "2026", "11")
    assert [page.key for page in month["posts"]] == ["posts/a.md"]


def test_archive_of_an_empty_site() -> None:
    """Links to it are right from the first day on."""
    assert make().targets["archive/index.html"].args["items"] == []


# Notes


def test_notes() -> None:
    """Newest first, undated ones last, in pages."""
    planned = make(item("notes/a.md"), item("notes/b.md", date="2026-01-01"), item("notes/c.md", date="2026-02-01"))
    assert planned.targets["notes/index.html"].args["items"] == ["notes/c.md", "notes/b.md", "notes/a.md"]
    views = planned.views()
    planned.render("notes/index.html", views)
    assert views.templates == ["notes.html", "section.html"]
    assert views.context["heading"] == "Notes"


def test_no_notes_no_list() -> None:
    """A blog without notes has no empty page for them, unless a text for it was written."""
    assert not make(item("posts/a.md", date="2026-01-01")).paths("notes")
    assert make(item("notes/_index.md")).paths("notes") == ["notes/index.html"]


def test_note_list_follows_a_withdrawn_text() -> None:
    """An `_index.md` that is gone makes no list, but is a tombstone."""
    planned = make(item("notes/_index.md", gone=True))
    assert planned.targets["notes/index.html"].kind == "gone"


# Taxonomies


def test_terms() -> None:
    """A page of all terms and a list for each; the term's view comes with it."""
    planned = make(
        item("posts/a.md", date="2026-01-01", terms={"tags": ("C++", "python")}), item("notes/n.md", terms={"tags": ("python",)})
    )
    assert planned.paths("terms") == ["tags/index.html"]
    assert planned.paths("term") == ["tags/c-plus-plus/index.html", "tags/python/index.html"]
    assert planned.targets["tags/python/index.html"].args["items"] == ["posts/a.md", "notes/n.md"]
    context = planned.context("tags/python/index.html")
    assert (context["heading"], context["term"].count, context["page"]) == ("python", 2, None)
    overview = planned.context("tags/index.html")
    assert (overview["heading"], [term.slug for term in overview["taxonomy"].terms]) == ("Tags", ["c-plus-plus", "python"])


def test_taxonomy_without_terms_has_no_page() -> None:
    """Categories that nobody uses are not shown."""
    assert not make(item("posts/a.md", date="2026-01-01")).paths("terms")


def test_term_of_hidden_items_only() -> None:
    """Neither a term nor its count tells of a draft."""
    shown = item("posts/a.md", date="2026-01-01", terms={"tags": ("open",)})
    hidden = item("posts/b.md", date="2026-01-02", terms={"tags": ("open", "secret")}, draft=True)
    assert make(shown, hidden).targets == make(shown).targets


def test_term_pages_and_own_taxonomy() -> None:
    """A taxonomy of one's own has its path, label and pages."""
    config = settings(taxonomies={"topics": TaxonomyConfig(label="Topics", path="about/topics")})
    planned = make(*posts(25, terms={"topics": ("Gardens",)}), config=config)
    assert planned.paths("terms") == ["about/topics/index.html"]
    assert [page.path for page in chain(planned, "about/topics/gardens/index.html")] == [
        "about/topics/gardens/index.html",
        "about/topics/gardens/page/1/index.html",
    ]
    assert planned.context("about/topics/index.html")["heading"] == "Topics"


def test_page_size_of_terms() -> None:
    """A taxonomy may have longer pages than the home page, or one for each term."""
    config = settings(taxonomies={"tags": TaxonomyConfig(label="Tags", path="tags", page_size=25)})
    planned = make(*posts(25, terms={"tags": ("x",)}), config=config)
    assert [len(page.args["items"]) for page in chain(planned, "tags/x/index.html")] == [25]
    assert len(chain(planned, "index.html")) == 2


def test_title_of_a_term() -> None:
    """An `_index.md` in `tags/python/` wins over the name."""
    planned = make(item("tags/python/_index.md", title="The snake"), item("posts/a.md", date="2026-01-01", terms={"tags": ("python",)}))
    assert planned.context("tags/python/index.html")["heading"] == "The snake"


# All of them


FEATURES = ["home", "archives", "notes", "taxonomies", "feeds", "redirects", "sitemap", "robots", "not_found"]
FEEDS_OF = {"notes": "notes/", "taxonomies": "tags/"}


@pytest.mark.parametrize("feature", FEATURES)
def test_switching_a_feature_off_leaves_no_trace(feature: str) -> None:
    """Its files go, and the feeds of its lists with them; every file of the others stays, and can be rendered."""
    items = [item("posts/a.md", date="2026-01-01", terms={"tags": ("x",)}, aliases=("/old/",)), item("notes/n.md", date="2026-01-01")]
    whole, part = make(*items), make(*items, config=settings(features={feature: False}))
    kinds = next(f.kinds for f in whole.features if f.name == feature)
    gone = {path for path, target in whole.targets.items() if target.kind in kinds}
    assert gone
    feeds = {
        path for kind in ("rss", "atom", "json") for path in whole.paths(kind) if feature in FEEDS_OF and path.startswith(FEEDS_OF[feature])
    }
    assert part.targets.keys() == whole.targets.keys() - gone - feeds
    for path in part.targets:
        part.render(path)


def test_sitemap_follows_switched_off_lists() -> None:
    """A list that is not there is not in the sitemap."""
    items = [item("posts/a.md", date="2026-01-01", terms={"tags": ("x",)}), item("notes/n.md")]
    off = settings(features=dict.fromkeys(["home", "archives", "notes", "taxonomies"], False))
    found = make(*items, config=off).tables["sitemap"]["1"]
    assert [url for url, _ in found] == ["/2026/01/a/", "/notes/n/"]


DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2026, 11, 1))


@given(st.lists(st.tuples(DAYS, st.booleans()), max_size=60), st.integers(1, 5), st.sampled_from(["stable", "newest"]))
def test_every_listed_post_is_on_exactly_one_page(found: list[tuple[date, bool]], size: int, mode: str) -> None:
    """Whatever the dates: home, years and months each show every listed post once, in one order, and targets survive storage."""
    items = [item(f"posts/{n}.md", date=str(day), draft=draft, url=f"/p/{n}/") for n, (day, draft) in enumerate(found)]
    planned = make(*items, config=settings(content=content(page_size=size, pages=mode)))
    listed = planned.tables["lists"]["posts"]
    assert [key for page in chain(planned, "index.html") for key in page.args["items"]] == listed
    years = [key for path in sorted(planned.paths("year"), reverse=True) for key in planned.targets[path].args["items"]]
    months = [key for path in sorted(planned.paths("month"), reverse=True) for key in planned.targets[path].args["items"]]
    assert years == months == planned.targets["archive/index.html"].args["items"] == listed
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(list(planned.targets.values())), type=list[Target]) == list(
        planned.targets.values()
    )
