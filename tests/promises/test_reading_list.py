"""An edit of a book wakes only what shows it, and leaves what a build from nothing makes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.site import CONFIG, Site, differences

Make = Callable[..., Site]

OWN, LIST = "notes/a/index.html", "reading/index.html"
BOOK = "{title: Emma, author: Jane Austen, isbn: 014-1, url: https://example.com/, year: 1815, read: 2026-11-02, rating: 4}"


def note(book: str, more: str = "", title: str = "A note", text: str = "Text.") -> str:
    lines = f"book: {book}\n" if book else ""
    return f"---\ntitle: {title}\ndate: 2026-11-03\n{lines}{more}---\n{text}\n"


def start(site: Make) -> Site:
    """Return a site with two books, built."""
    texts = {
        "content/notes/a.md": note(BOOK),
        "content/notes/b.md": note("{title: Ulysses, read: 2026-10-01}"),
        "content/posts/2026-11-01-c.md": "A post.\n",
        "content/about.md": "About.\n",
    }
    here = site(texts, CONFIG)
    here.build()
    return here


EDITS: dict[str, tuple[str, set[str]]] = {
    "title": (note(BOOK.replace("Emma", "Persuasion")), {OWN, LIST}),
    "author": (note(BOOK.replace("Jane", "J.")), {OWN, LIST}),
    "isbn": (note(BOOK.replace("014-1", "014-2")), set()),
    "url": (note(BOOK.replace("example.com", "example.net")), {OWN}),
    "year": (note(BOOK.replace("1815", "1816")), {LIST}),
    "read": (note(BOOK.replace("2026-11-02", "2026-11-01")), {LIST}),
    "read, and so the order": (note(BOOK.replace("2026-11-02", "2026-09-02")), {LIST}),
    "rating": (note(BOOK.replace("rating: 4", "rating: 5")), {LIST}),
    "no rating": (note(BOOK.replace(", rating: 4", "")), {LIST}),
    "other words for the same": (note(BOOK.replace("rating: 4", "rating: '4'").replace("author", "authors")), set()),
    "text": (note(BOOK, text="Other words."), {OWN}),
}


@pytest.mark.parametrize("edit", EDITS)
def test_edits(site: Make, edit: str) -> None:
    """What lists of notes show of the note itself is no matter here."""
    text, woken = EDITS[edit]
    here = start(site)
    here.write("content/notes/a.md", text)
    rendered = {one.path for one in here.build().outcomes if one.path.endswith(".html")}
    assert rendered - {"notes/index.html"} == woken
    assert ("notes/index.html" in rendered) == (edit == "text")
    assert_clean(here)


def assert_clean(here: Site) -> None:
    left = here.files()
    here.build(clean=True)
    assert not differences(left, here.files())


CHANGES: dict[str, str | None] = {
    "a draft": note(BOOK, "draft: yes\n"),
    "private": note(BOOK, "private: yes\n"),
    "unlisted": note(BOOK, "unlisted: yes\n"),
    "withdrawn": note(BOOK, "gone: yes\n"),
    "to be published": note(BOOK, "publish: 2027-01-01\n"),
    "without a book": note(""),
    "deleted": None,
}


@pytest.mark.parametrize("change", CHANGES)
def test_books_that_come_and_go(site: Make, change: str) -> None:
    """The list follows, and so do its feeds; the last book takes them with it, and the first brings them back."""
    here = start(site)
    text = CHANGES[change]
    for name in "ab":
        if text is None:
            here.remove(f"content/notes/{name}.md")
        else:
            here.write(f"content/notes/{name}.md", text)
        here.build()
        assert (LIST in here.files()) == ("reading/feed.xml" in here.files()) == (name == "a")
        if name == "a":
            assert "Emma" not in here.read(LIST) + here.read("reading/feed.xml")
            assert "Ulysses" in here.read(LIST)
    left = here.files()
    here.write("content/notes/b.md", note(BOOK))
    here.build()
    assert "Emma" in here.read(LIST)
    assert_clean(here)
    if text is None:
        here.remove("content/notes/b.md")
    else:
        here.write("content/notes/b.md", text)
    here.build()
    assert not differences(left, here.files())
    assert_clean(here)


def test_what_the_list_shows_of_others(site: Make) -> None:
    """Titles of notes are not in it, and their URLs are; its `_index.md` is."""
    here = start(site)
    here.write("content/notes/a.md", note(BOOK, title="Other"))
    assert LIST not in {one.path for one in here.build().outcomes}
    here.write("content/notes/a.md", note(BOOK, "slug: other\n"))
    here.build()
    assert 'href="/notes/other/"' in here.read(LIST)
    here.write("content/reading/_index.md", "---\ntitle: Read\n---\nBooks.\n")
    here.build()
    assert "Books." in here.read(LIST)
    assert "A Site: Read" in here.read("reading/feed.xml")
    here.write("content/reading/_index.md", "---\ntitle: Read again\n---\nBooks.\n")
    here.build()
    assert "A Site: Read again" in here.read("reading/feed.xml")
    assert_clean(here)
    here.remove("content/reading/_index.md")
    here.build()
    assert "Reading list" in here.read(LIST)
    assert_clean(here)


def test_a_page_of_a_book_that_comes_later(site: Make) -> None:
    """`url` may lead to a page that is not there yet."""
    here = start(site)
    here.write("content/notes/a.md", note("{title: Emma, url: d.md}"))
    here.build()
    assert "<cite>Emma</cite>" in here.read(OWN)
    here.write("content/notes/d.md", "D.\n")
    here.build()
    assert '<cite><a href="/notes/d/">Emma</a></cite>' in here.read(OWN)
    assert_clean(here)


def test_the_day_of_a_scheduled_note(site: Make) -> None:
    """When it appears, so does its book, without an edit."""
    here = start(site)
    here.write("content/notes/a.md", note(BOOK, "publish: 2026-12-24\n"))
    here.build()
    assert "Emma" not in here.read(LIST)
    here.build(at=1_798_200_000_000_000)
    assert "Emma" in here.read(LIST)
