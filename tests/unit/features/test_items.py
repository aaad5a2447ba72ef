"""Every item that a build has gets one page: by its kind's template, as a tombstone, or as the page of a folder."""

from __future__ import annotations

import pytest

from harness.items import item
from harness.planned import make
from harness.settings import settings
from wol.model.site import Visibility


def test_one_page_for_each_item() -> None:
    """The page lies at the item's URL and is about it; a collision would name the source."""
    planned = make(item("posts/a.md", date="2026-11-01"), item("notes/n.md"), item("about.md"), item("x.md", url="/x.html"))
    pages = {path: planned.targets[path] for path in planned.paths("item")}
    assert {path: target.subject for path, target in pages.items()} == {
        "2026/11/a/index.html": "posts/a.md",
        "notes/n/index.html": "notes/n.md",
        "about/index.html": "about.md",
        "x.html": "x.md",
    }
    assert {t.origin for t in pages.values()} == {f"content/{key}" for key in planned.summaries}


@pytest.mark.parametrize(
    ("fields", "tried"),
    [({}, ["post.html", "page.html"]), ({"template": "wide"}, ["wide.html"]), ({"template": "wide.html"}, ["wide.html"])],
)
def test_templates_that_are_tried(fields: dict[str, str], tried: list[str]) -> None:
    """The kind's template, else `page.html`; one that is named is never replaced by another in silence."""
    planned = make(item("posts/a.md", date="2026-11-01", **fields))
    views = planned.views()
    planned.render("2026/11/a/index.html", views)
    assert views.templates == tried
    assert views.context["page"].key == "posts/a.md"


def test_hidden_items_have_no_page() -> None:
    """A release plans nothing for drafts, scheduled, expired and private items; with `--drafts` drafts have one, and expired items
    a page that says so."""
    items = (
        item("posts/draft.md", date="2026-01-01", draft=True),
        item("posts/later.md", date="2027-01-01"),
        item("posts/over.md", date="2026-01-01", expires="2026-02-01"),
        item("posts/mine.md", date="2026-01-01", private=True),
    )
    assert make(*items).targets == make().targets
    assert make(*items, visibility=Visibility("drafts", drafts=True)).paths("item") == [
        "2026/01/draft/index.html",
        "2026/01/over/index.html",
    ]


def test_unlisted_item_has_a_page() -> None:
    """Who knows the URL may read it."""
    assert make(item("secret.md", unlisted=True)).paths("item") == ["secret/index.html"]


def test_tombstone() -> None:
    """What was withdrawn keeps its place, but its title is in nothing that the template gets."""
    planned = make(item("posts/a.md", date="2026-11-01", title="Embarrassing", gone=True, gone_reason="I was wrong"))
    views = planned.views()
    planned.render(planned.paths("gone")[0], views)
    assert views.templates == ["gone.html"]
    assert views.context["heading"] == "Gone"
    assert views.context["page"].title == ""


def test_folder_lists_what_lies_below_by_title() -> None:
    """Titles are ordered as people do: without case and accents, numbers by value."""
    titles = ["Part 10", "part 2", "Élan", "apple", "Zebra", "Part 2b"]
    items = [item(f"guides/{number}.md", title=title) for number, title in enumerate(titles)]
    planned = make(item("guides/_index.md", title="Guides"), *items)
    context = planned.context("guides/index.html")
    assert [page.title for page in context["posts"]] == ["apple", "Élan", "part 2", "Part 2b", "Part 10", "Zebra"]
    assert (context["page"].title, context["heading"]) == ("Guides", "Guides")


def test_folder_in_a_folder() -> None:
    """A folder with a page of its own stands for what is in it; one without passes its items up."""
    keys = ["a/_index.md", "a/own/_index.md", "a/own/x.md", "a/plain/deep/y.md", "a/z.md", "a/bundle/index.md", "b.md"]
    planned = make(*(item(key, title=key) for key in keys))
    assert planned.targets["a/index.html"].args == {"items": ["a/bundle/index.md", "a/own/_index.md", "a/plain/deep/y.md", "a/z.md"]}
    assert planned.targets["a/own/index.html"].args == {"items": ["a/own/x.md"]}


def test_folder_without_listed_page_hides_nothing() -> None:
    """An unlisted folder page is not shown above, but what lies in it is."""
    planned = make(item("a/_index.md"), item("a/own/_index.md", unlisted=True), item("a/own/x.md"), item("a/own/no.md", unlisted=True))
    assert planned.targets["a/index.html"].args == {"items": ["a/own/x.md"]}
    assert planned.targets["a/own/index.html"].args == {"items": ["a/own/x.md"]}


def test_posts_lie_below_the_folder_of_their_source() -> None:
    """The folder is what counts, not the URL, which holds a date."""
    planned = make(item("posts/_index.md"), item("posts/a.md", date="2026-11-01"))
    assert planned.targets["posts/index.html"].args == {"items": ["posts/a.md"]}


@pytest.mark.parametrize(
    ("key", "path", "kind"),
    [
        ("_index.md", "index.html", "home"),
        ("notes/_index.md", "notes/index.html", "notes"),
        ("tags/_index.md", "tags/index.html", "terms"),
        ("tags/python/_index.md", "tags/python/index.html", "term"),
        ("archive/_index.md", "archive/index.html", "archive"),
        ("2026/_index.md", "2026/index.html", "year"),
        ("2026/11/_index.md", "2026/11/index.html", "month"),
        ("guides/_index.md", "guides/index.html", "section"),
        ("tags/other/_index.md", "tags/other/index.html", "section"),
    ],
)
def test_folder_page_gives_way_to_a_list(key: str, path: str, kind: str) -> None:
    """Where there is a list at its URL, `_index.md` gives that list its title and text; elsewhere it is a page."""
    planned = make(item(key, title="Mine"), item("posts/a.md", date="2026-11-01", terms={"tags": ("python",)}), item("notes/n.md"))
    assert not planned.collisions
    assert planned.targets[path].kind == kind
    assert planned.targets[path].subject == key
    assert planned.context(path)["heading"] == "Mine"
    assert planned.context(path)["page"].key == key


def test_list_without_its_feature_leaves_the_folder_page() -> None:
    """With a list switched off, its `_index.md` has a page of its own."""
    planned = make(item("_index.md"), item("about.md"), config=settings(features={"home": False}))
    assert planned.targets["index.html"].kind == "section"


def test_withdrawn_folder_page() -> None:
    """A list does not show the text of an `_index.md` that is gone."""
    planned = make(item("notes/_index.md", gone=True), item("notes/n.md"))
    assert planned.targets["notes/index.html"].subject == ""
    assert planned.context("notes/index.html")["heading"] == "Notes"


def test_page_in_the_place_of_a_list_collides() -> None:
    """A page that is no `_index.md` does not replace a list: the error names both."""
    planned = make(item("archive.md"))
    assert [d.code for d in planned.collisions] == ["url-collision"]
    assert "`content/archive.md`" in planned.collisions[0].message
    assert "the feature `archives`" in planned.collisions[0].message
