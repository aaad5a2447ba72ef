"""What paths say of items: kinds, names, dates, bundles, and places that keep a text from being published."""

from __future__ import annotations

import pytest

from harness.settings import settings as made
from wol.content.kinds import kind_problem, naming
from wol.content.settings import ReadSettings, read_settings
from wol.model.config import ContentConfig


def settings(**content: object) -> ReadSettings:
    return read_settings(made(content=ContentConfig(**content)))  # type: ignore[arg-type]  # keywords of the table


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("posts/a.md", "post"),
        ("_posts/a.md", "post"),
        ("blog/a.md", "post"),
        ("drafts/a.md", "post"),
        ("_drafts/a.md", "post"),
        ("notes/a.md", "note"),
        ("notes/deep/below/a.md", "note"),
        ("notes/drafts/a.md", "note"),
        ("people/ada.md", "person"),
        ("log/2026/2026-11-20.md", "log"),
        ("log/2026-11-20.md", "log"),
        ("log/about-the-log.md", "page"),
        ("about.md", "page"),
        ("projects/posts/a.md", "page"),
        ("README.md", "page"),
        ("posts/README.md", "page"),
        ("posts/readme.markdown", "page"),
        ("notes/_index.md", "page"),
        ("people/_index.md", "page"),
        ("posts/trip/index.md", "post"),
    ],
)
def test_kind_by_place(key: str, kind: str) -> None:
    """The file's name, then the first folder, then the default."""
    assert naming(key, settings()).kind == kind


def test_folders_of_kinds_are_mapped() -> None:
    """`[content.kinds]` adds folders and gives the known ones other kinds."""
    mapped = settings(kinds={"note": ("garden", "posts"), "page": ("people", "log")})
    assert [naming(key, mapped).kind for key in ("garden/a.md", "posts/a.md", "people/a.md", "log/2026-11-20.md", "blog/a.md")] == [
        "note",
        "note",
        "page",
        "page",
        "post",
    ]


def test_default_kind_of_a_vault() -> None:
    """`default_kind` is for what no rule names; README and `_index.md` stay pages."""
    vault = settings(default_kind="note")
    assert [naming(key, vault).kind for key in ("idea.md", "topics/idea.md", "README.md", "topics/_index.md")] == [
        "note",
        "note",
        "page",
        "page",
    ]


@pytest.mark.parametrize(
    ("key", "name", "title", "date"),
    [
        ("posts/2026-11-20-other-post.md", "other-post", "other post", "2026-11-20"),
        ("posts/2026-1-2-short.md", "short", "short", "2026-1-2"),
        ("posts/2026-11-20 Other post.md", "Other post", "Other post", "2026-11-20"),
        ("posts/2026-11-20_under_score.md", "under_score", "under score", "2026-11-20"),
        ("posts/2026-11-20.md", "2026-11-20", "2026 11 20", "2026-11-20"),
        ("posts/2026-11-20-日記.md", "日記", "日記", "2026-11-20"),
        ("posts/2026-11-2nd-thoughts.md", "2026-11-2nd-thoughts", "2026 11 2nd thoughts", ""),
        ("posts/2026-13-45-x.md", "x", "x", "2026-13-45"),
        ("posts/12026-11-20-x.md", "12026-11-20-x", "12026 11 20 x", ""),
        ("posts/v1.2.md", "v1.2", "v1.2", ""),
        ("posts/2026-11-20-trip/index.md", "trip", "trip", "2026-11-20"),
        ("posts/trip/2026-11-21-day-two.md", "day-two", "day two", "2026-11-21"),
        ("about.markdown", "about", "about", ""),
        ("ABOUT.MD", "ABOUT", "ABOUT", ""),
        ("notes/thought.private.md", "thought", "thought", ""),
        ("notes/_index.md", "notes", "notes", ""),
        ("2026-11-20/_index.md", "2026-11-20", "2026 11 20", ""),
        ("notes/---.md", "---", "---", ""),
    ],
)
def test_names_and_dates(key: str, name: str, title: str, date: str) -> None:
    """The name without date and extension, with spaces for the title, and the date as it stands there."""
    found = naming(key, settings())
    assert (found.name, found.title, found.date) == (name, title, date)


@pytest.mark.parametrize(
    ("key", "private", "draft"),
    [
        ("notes/thought.private.md", True, False),
        ("notes/thought.PRIVATE.md", True, False),
        ("notes/private.md", False, False),
        ("notes/a.private.notes.md", False, False),
        ("drafts/a.md", False, True),
        ("posts/2026/_drafts/deep/a.md", False, True),
        ("posts/Drafts/a.md", False, True),
        ("posts/drafts.md", False, False),
        ("posts/my-drafts/a.md", False, False),
        ("drafts/a.private.md", True, True),
        ("posts/other.history/2026-11-20.md", True, False),
        ("posts/trip/index.private.md", True, False),
        ("posts/drafts/index.md", False, True),
    ],
)
def test_places_that_keep_a_text_back(key: str, private: bool, draft: bool) -> None:
    """Folders of drafts and snapshots, and names that end in `.private.md`, anywhere."""
    found = naming(key, settings())
    assert (bool(found.private), bool(found.draft)) == (private, draft)


@pytest.mark.parametrize(
    ("key", "bundle", "index", "folders"),
    [
        ("posts/trip/index.md", "posts/trip", False, ("posts",)),
        ("posts/trip/index.private.md", "posts/trip", False, ("posts",)),
        ("about/index.markdown", "about", False, ()),
        ("index.md", "", True, ()),
        ("_index.md", "", True, ()),
        ("tags/c-plus-plus/_index.md", "", True, ("tags", "c-plus-plus")),
        ("posts/Index.md", "", False, ("posts",)),
        ("posts/trip/day-two.md", "", False, ("posts", "trip")),
    ],
)
def test_bundles_and_folder_pages(key: str, bundle: str, index: bool, folders: tuple[str, ...]) -> None:
    """`index.md` makes a bundle of its folder, but at the root, where it is `_index.md`."""
    found = naming(key, settings())
    assert (found.bundle, found.index, found.folders) == (bundle, index, folders)


@pytest.mark.parametrize("kind", ["clip", "seek", "sense", "gathering", "reply", "person", "log"])
def test_reserved_kinds_are_refused(kind: str) -> None:
    """To take a text of a later kind for a page could publish it."""
    problem = kind_problem(kind, "content/a.md", 2, 7)
    assert problem is not None
    assert problem.code == "name-reserved"
    assert str(problem.span) == "content/a.md:2:7"


def test_reserved_by_place_names_the_way_out() -> None:
    """A file in `people/` is told how to give the folder another kind."""
    problem = kind_problem("person", "content/people/ada.md", folder="people")
    assert problem is not None
    assert problem.code == "name-reserved"
    assert '`page = ["people"]`' in problem.hint


def test_unknown_kinds_are_refused() -> None:
    """A misspelt kind comes with what was meant."""
    problem = kind_problem("psot", "content/a.md", 2)
    assert problem is not None
    assert problem.code == "kind-unknown"
    assert problem.hint == "did you mean `post`?"
    assert kind_problem("note", "content/a.md") is None


def test_settings_have_one_digest() -> None:
    """Equal settings have one digest and survive pickling; any other setting gives another."""
    import pickle

    one, two = settings(), settings()
    assert one.digest == two.digest == pickle.loads(pickle.dumps(one)).digest
    assert settings(default_kind="note").digest != one.digest
    assert settings(permalinks={"post": "/:slug/"}).digest != one.digest
    assert settings(page_size=3).digest == one.digest
