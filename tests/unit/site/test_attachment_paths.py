"""Which attachments are public, and where."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.assembled import Assembled
from wol.model.config import AuthorConfig, Config, NavEntry, ThemeConfig
from wol.model.item import Link, Moment, Summary
from wol.model.site import Visibility

Make = Callable[..., Summary]
Build = Callable[..., Assembled]


def public(site: Assembled) -> dict[str, str]:
    """Output path to content path."""
    return {place: file["path"] for place, file in site.tables["attachments"].items()}


def test_files_of_a_bundle_lie_below_its_url(build: Build, item: Make) -> None:
    """With subfolders, down to one with its own `index.md`; whether anything refers to them or not."""
    site = build(
        item("posts/trip/index.md", url="/2026/11/trip/", bundle="posts/trip"),
        item("posts/trip/day/index.md", url="/2026/11/day/", bundle="posts/trip/day"),
        attachments=("posts/trip/a.jpg", "posts/trip/deep/er/b.jpg", "posts/trip/day/c.jpg", "posts/trip/day/deep/d.jpg"),
    )
    assert public(site) == {
        "2026/11/trip/a.jpg": "content/posts/trip/a.jpg",
        "2026/11/trip/deep/er/b.jpg": "content/posts/trip/deep/er/b.jpg",
        "2026/11/day/c.jpg": "content/posts/trip/day/c.jpg",
        "2026/11/day/deep/d.jpg": "content/posts/trip/day/deep/d.jpg",
    }
    assert site.tables["paths"]["posts/trip/deep/er/b.jpg"] == ["file", "/2026/11/trip/deep/er/b.jpg"]
    assert site.tables["paths"]["posts/trip"] == ["item", "posts/trip/index.md"]


def test_files_of_a_bundle_at_an_html_page(build: Build, item: Make) -> None:
    """Two bundles in one folder of pages keep their files apart."""
    site = build(
        item("a/index.md", url="/a.html", bundle="a"), item("b/index.md", url="/b.html", bundle="b"), attachments=("a/p.jpg", "b/p.jpg")
    )
    assert public(site) == {"a/p.jpg": "content/a/p.jpg", "b/p.jpg": "content/b/p.jpg"}


@pytest.mark.parametrize(
    ("fields", "release", "preview"),
    [
        ({}, True, True),
        ({"unlisted": True}, True, True),
        ({"draft": True}, False, True),
        ({"date": -60}, False, True),
        ({"expires": Moment(0, "")}, False, True),
        ({"gone": True}, False, False),
        ({"private": True}, False, False),
    ],
)
def test_files_have_the_state_of_their_item(build: Build, item: Make, fields: dict[str, object], release: bool, preview: bool) -> None:
    """Files of a bundle, and files that only this item refers to."""
    items = [item("trip/index.md", url="/trip/", bundle="trip", to=("other.jpg",), **fields)]
    files = ("trip/a.jpg", "other.jpg")
    both = {"trip/a.jpg", "other.jpg"}
    assert set(public(build(*items, attachments=files))) == (both if release else set())
    assert set(public(build(*items, attachments=files, visibility=Visibility("preview", True, True)))) == (both if preview else set())


def test_others_need_a_reference(build: Build, item: Make) -> None:
    """At their content path, in the case in which they are named; the picture of a private note stays at home."""
    site = build(
        item("posts/a.md", to=("posts/photo.jpg", "images/日 b.png", "posts/WRONG.jpg", "posts/nowhere.jpg")),
        item("notes/own.md", private=True, to=("notes/secret.jpg",)),
        attachments=("posts/photo.jpg", "images/日 b.png", "posts/wrong.jpg", "posts/unused.jpg", "notes/secret.jpg"),
    )
    assert public(site) == {"posts/photo.jpg": "content/posts/photo.jpg", "images/日 b.png": "content/images/日 b.png"}
    assert set(site.tables["paths"]) == {"posts/a.md", "posts/photo.jpg", "images/日 b.png"}
    assert site.tables["attachments"]["posts/photo.jpg"]["digest"] == "digest of posts/photo.jpg"


def test_a_file_of_a_hidden_bundle_is_as_if_missing(build: Build, item: Make) -> None:
    """Even if a published item refers to it."""
    items = [item("a.md", to=("trip/a.jpg",)), item("trip/index.md", bundle="trip", draft=True)]
    assert public(build(*items, attachments=("trip/a.jpg",))) == {}


def test_drafts_and_snapshots_inside_a_bundle(build: Build, item: Make) -> None:
    """Files beside drafts or snapshots are not published for lying in a bundle; a reference publishes them."""
    files = ("trip/drafts/a.jpg", "trip/old.history/b.jpg", "trip/drafts/c.jpg")
    site = build(item("trip/index.md", url="/trip/", bundle="trip", to=("trip/drafts/c.jpg",)), attachments=files)
    assert set(public(site)) == {"trip/drafts/c.jpg"}


def test_settings_refer_to_files_too(build: Build, config: Callable[..., Config]) -> None:
    """The site's picture, its author's photo, and what the navigation leads to."""
    settings = config(
        site={"image": "/card.png", "author": AuthorConfig(photo="me.jpg")},
        theme=ThemeConfig(nav=(NavEntry(text="CV", to="cv.pdf"),)),
    )
    assert set(public(build(settings=settings, attachments=("card.png", "me.jpg", "cv.pdf", "not.pdf")))) == {
        "card.png",
        "me.jpg",
        "cv.pdf",
    }


def test_the_image_of_an_item_is_a_reference(build: Build, item: Make) -> None:
    """Links of the front matter are among the item's links."""
    cover = Link("image", "cover.jpg", "posts/cover.jpg", line=3)
    assert set(public(build(item("posts/a.md", links=(cover,), image_link=cover), attachments=("posts/cover.jpg",)))) == {"posts/cover.jpg"}


def test_names_that_another_system_stored(build: Build, item: Make) -> None:
    """A name typed in one normal form is found in the other; where both exist, each is itself."""
    composed, apart = "caf\u00e9.jpg", "cafe\u0301.jpg"
    for typed, stored in ((composed, apart), (apart, composed), (composed, composed)):
        site = build(item("a.md", to=(typed,)), attachments=(stored,))
        assert public(site) == {stored: f"content/{stored}"}
        assert site.tables["paths"][typed] == ["file", f"/{stored}"]
    both = build(item("a.md", to=(composed, apart)), attachments=(composed, apart)).tables["paths"]
    assert (both[composed], both[apart]) == (["file", f"/{composed}"], ["file", f"/{apart}"])
    assert build(item(f"posts/{apart}.md")).tables["paths"][f"posts/{composed}.md"] == ["item", f"posts/{apart}.md"]
