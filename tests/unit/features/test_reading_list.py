"""The reading list: what can be written in `book`, the table of books and its order, what pages and templates show, and findings."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

import pytest
from selectolax.lexbor import LexborHTMLParser

from harness.site import CONFIG, Site, differences, tree

Make = Callable[..., Site]

NOTE = "notes/a/index.html"
LIST = "reading/index.html"


def note(book: str, more: str = "") -> str:
    """Return the text of a note on a book."""
    return f"---\ntitle: My note\n{more}book: {book}\n---\nText.\n"


def make(site: Make, books: Mapping[str, str], settings: str = "") -> Site:
    return site({f"content/notes/{name}.md": text for name, text in books.items()}, CONFIG + settings)


def line(here: Site, page: str = NOTE) -> str:
    """Return what a page says of its book."""
    words = (" ".join(node.text().split()) for node in LexborHTMLParser(here.read(page)).css("main p.small"))
    return next((one for one in words if one.startswith("Notes on")), "")


def rows(here: Site, page: str = LIST) -> list[list[str]]:
    """Return the cells of the table, row by row."""
    return [[cell.text() for cell in row.css("td")] for row in LexborHTMLParser(here.read(page)).css("main tbody tr")]


def titles(here: Site) -> list[str]:
    return [row[0] for row in rows(here)]


WRITTEN = {
    "Middlemarch": ("Notes on Middlemarch", ["Middlemarch", "", "", "", ""]),
    '"1984"': ("Notes on 1984", ["1984", "", "", "", ""]),
    "1984": ("Notes on 1984", ["1984", "", "", "", ""]),
    "{title: 1984}": ("Notes on 1984", ["1984", "", "", "", ""]),
    "{title: Emma, author: Jane Austen}": ("Notes on Emma by Jane Austen", ["Emma", "Jane Austen", "", "", ""]),
    "{title: Omens, author: [Pratchett, Gaiman]}": ("Notes on Omens by Pratchett, Gaiman", ["Omens", "Pratchett, Gaiman", "", "", ""]),
    "{title: Omens, authors: [Pratchett, Gaiman]}": ("Notes on Omens by Pratchett, Gaiman", ["Omens", "Pratchett, Gaiman", "", "", ""]),
    "{title: Emma, author: '', year: , rating: null}": ("Notes on Emma", ["Emma", "", "", "", ""]),
    "{Title: Emma, YEAR: 1815}": ("Notes on Emma", ["Emma", "", "1815", "", ""]),
    "{title: Odyssey, year: -700}": ("Notes on Odyssey", ["Odyssey", "", "-700", "", ""]),
    "{title: Emma, year: '1815', rating: '5'}": ("Notes on Emma", ["Emma", "", "1815", "", "5 of 5"]),
    "{title: Emma, rating: 1}": ("Notes on Emma", ["Emma", "", "", "", "1 of 5"]),
    "{title: Emma, read: 2026-11-02}": ("Notes on Emma", ["Emma", "", "", "2 November 2026", ""]),
    "{title: Emma, read: 2026-11-02 23:30 -0500}": ("Notes on Emma", ["Emma", "", "", "2 November 2026", ""]),
    "{title: '<b>Q</b> & A', author: '\"<i>\"'}": ('Notes on <b>Q</b> & A by "<i>"', ["<b>Q</b> & A", '"<i>"', "", "", ""]),
    "{title: أولاد حارتنا, author: نجيب محفوظ}": ("Notes on أولاد حارتنا by نجيب محفوظ", ["أولاد حارتنا", "نجيب محفوظ", "", "", ""]),
    "{title: Emma, publisher: John Murray}": ("Notes on Emma", ["Emma", "", "", "", ""]),
    "{title: Emma, isbn: 0306406152}": ("Notes on Emma", ["Emma", "", "", "", ""]),
}


@pytest.mark.parametrize("book", WRITTEN)
def test_what_can_be_written(site: Make, book: str) -> None:
    """A title or a map; what it does not say is not shown."""
    here = make(site, {"a": note(book)})
    assert not here.build().diagnostics
    assert (line(here), rows(here)) == (WRITTEN[book][0], [WRITTEN[book][1]])


@pytest.mark.parametrize("book", ["", "''", "{}", "null", "[]"])
def test_nothing_written(site: Make, book: str) -> None:
    here = make(site, {"a": note(book)})
    assert not here.build().diagnostics
    assert (line(here), [path for path in here.files() if path.startswith("reading/")]) == ("", [])


def test_forms_of_front_matter(site: Make) -> None:
    """TOML and JSON say the same as YAML."""
    parts = {"title": "Emma", "author": "Jane Austen", "isbn": 9780141439587, "year": 1815, "read": "2026-11-02", "rating": 5}
    text = "+++\nbook = {title = 'Emma', author = 'Jane Austen', isbn = 9780141439587, year = 1815, read = 2026-11-02, rating = 5}\n+++\n"
    here = make(site, {"a": text, "b": json.dumps({"title": "B", "book": parts}) + "\nText.\n"})
    assert not here.build().diagnostics
    assert rows(here) == 2 * [["Emma", "Jane Austen", "1815", "2 November 2026", "5 of 5"]]


WRONG = {
    "[Emma, Persuasion]": ("front-matter-type", "`book` must be a text, or a map with"),
    "[{title: Emma}]": ("front-matter-type", "`book` must be a text, or a map with"),
    "{author: Jane Austen}": ("front-matter-type", "`book` has no `title`"),
    "{title: '', rating: 3}": ("front-matter-type", "`book` has no `title`"),
    "{title: [Emma]}": ("front-matter-type", "`book.title` must be a text, not"),
    "{title: Emma, author: {name: Jane}}": ("front-matter-type", "`book.author` must be a list of texts, not a map"),
    "{title: Emma, year: long ago}": ("front-matter-type", "`book.year` must be a whole number, not `long ago`"),
    "{title: Emma, read: soon}": ("date-invalid", ""),
    "{title: Emma, read: yes}": ("date-invalid", ""),
    "{title: Emma, read: 2026-13-01}": ("date-invalid", ""),
    "{title: Emma, rating: 0}": ("front-matter-type", "`book.rating` must be a whole number from 1 to 5, not `0`"),
    "{title: Emma, rating: 6}": ("front-matter-type", "`book.rating` must be a whole number from 1 to 5, not `6`"),
    "{title: Emma, rating: 4.5}": ("front-matter-type", "`book.rating` must be a whole number from 1 to 5, not `4.5`"),
    "{title: Emma, rating: 4/5}": ("front-matter-type", "`book.rating` must be a whole number from 1 to 5, not `4/5`"),
    "{title: Emma, url: file:///home/ann/emma.html}": ("link-local", ""),
    "{title: Emma, raiting: 3}": ("front-matter-misspelt", "`book.raiting` is almost `book.rating`"),
}


@pytest.mark.parametrize("book", WRONG)
def test_what_is_wrong(site: Make, book: str) -> None:
    """One error, with its line."""
    [error] = make(site, {"a": note(book)}).errors()
    code, message = WRONG[book]
    assert error.code == code
    assert error.message.startswith(message)
    assert error.span is not None
    assert (error.span.path, error.span.line) == ("content/notes/a.md", 3)


def test_order(site: Make) -> None:
    """The day of reading, else the date of the item, the latest first; then the path. Books without either come last."""
    texts = {
        "c": note("{title: read in May, read: 2026-05-01}", "date: 2026-11-01\n"),
        "b": note("{title: dated June}", "date: 2026-06-01\n"),
        "d": note("{title: read in July, read: 2026-07-01}"),
        "g": note("{title: the same day, read: 2026-07-01}"),
        "f": note("no day"),
        "e": note("neither"),
    }
    here = make(site, texts)
    here.build()
    assert titles(here) == ["read in July", "the same day", "dated June", "read in May", "neither", "no day"]


@pytest.mark.parametrize("path", ["posts/a.md", "notes/a.md", "about.md", "talks/a.md", "talks/_index.md", "notes/a/index.md"])
def test_every_kind_of_item(site: Make, path: str) -> None:
    here = site({f"content/{path}": note("Emma", "date: 2026-11-01\n" if "_index" not in path else "")}, CONFIG)
    here.build()
    assert titles(here) == ["Emma"]
    [link] = LexborHTMLParser(here.read(LIST)).css("main td a")
    href = link.attributes["href"] or ""
    assert line(here, f"{href.strip('/')}/index.html") == "Notes on Emma"


def test_where_the_title_leads(site: Make) -> None:
    """On the page of the note to `url` of the book, if that is published; in the table to the note."""
    books = {
        "a": note("{title: Emma, url: 'https://example.com/?a=1&b=2'}"),
        "b": note("{title: Emma, url: a.md}"),
        "c": note("{title: Emma, url: d.md}"),
        "d": note("{title: Emma}", "draft: yes\n"),
    }
    here = make(site, books, "[links]\nbroken = 'ignore'\n")
    here.build()
    links = {name: LexborHTMLParser(here.read(f"notes/{name}/index.html")).css_first("main cite a") for name in "abc"}
    assert {name: link and link.attributes["href"] for name, link in links.items()} == {
        "a": "https://example.com/?a=1&b=2",
        "b": "/notes/a/",
        "c": None,
    }
    assert 'href="https://example.com/?a=1&amp;b=2"' in here.read(NOTE)
    assert {cell.attributes["href"] for cell in LexborHTMLParser(here.read(LIST)).css("main td a")} == {f"/notes/{n}/" for n in "abc"}


def test_the_list_and_its_feeds(site: Make) -> None:
    """It has a heading, headers of columns, feeds beside it and a place in the sitemap; its feeds have the newest items first."""
    texts = {
        "a": note("{title: Emma, read: 2026-11-02}", "date: 2026-01-01\n"),
        "b": note("{title: Ulysses, read: 2026-01-01}", "date: 2026-02-02\n"),
        "c": note("{title: No feed}", "date: 2026-03-03\nfeed: no\n"),
        "d": "---\ndate: 2026-03-04\n---\nNo book.\n",
    }
    here = make(site, texts)
    here.build()
    page = LexborHTMLParser(here.read(LIST))
    assert [node.text() for node in page.css("h1")] == ["Reading list"]
    assert [node.text() for node in page.css("thead th[scope=col]")] == ["Title", "Author", "Year", "Read on", "Rating"]
    assert titles(here) == ["Emma", "No feed", "Ulysses"]
    feed = json.loads(here.read("reading/feed.json"))
    assert feed["title"] == "A Site: Reading list"
    assert [entry["url"] for entry in feed["items"]] == ["https://example.org/notes/b/", "https://example.org/notes/a/"]
    assert {"reading/feed.xml", "reading/atom.xml"} <= here.files().keys()
    assert 'href="/reading/feed.xml"' in here.read(LIST)
    assert "<loc>https://example.org/reading/</loc>" in here.read("sitemap.xml")


def test_a_description(site: Make) -> None:
    """`content/reading/_index.md` heads the list and names its feeds; without a book it is a page like any other."""
    here = make(site, {"a": note("Emma", "date: 2026-11-01\n")})
    here.write("content/reading/_index.md", "---\ntitle: Read & *loved*\n---\nWhat I read.\n")
    here.build()
    page = LexborHTMLParser(here.read(LIST))
    assert [node.text() for node in page.css("h1")] == ["Read & loved"]
    assert "What I read." in here.read(LIST)
    assert titles(here) == ["Emma"]
    assert json.loads(here.read("reading/feed.json"))["title"].startswith("A Site: Read & ")
    here.remove("content/notes/a.md")
    here.build()
    assert "What I read." in here.read(LIST)
    assert "<table>" not in here.read(LIST)
    assert "reading/feed.xml" not in here.files()


HIDDEN = ("draft: yes", "private: yes", "publish: 2027-01-01", "expires: 2026-11-20", "gone: yes")


@pytest.mark.parametrize("state", HIDDEN)
def test_what_is_hidden_leaves_no_trace(site: Make, state: str) -> None:
    """No word of its book is in any file, and the list is as if it were not there."""
    canary = "{title: Canary title, author: Canary author, isbn: Canary isbn, url: https://canary.example/, year: 4242, rating: 3}"
    seen = {"a": note("Emma")}
    here, without = make(site, {**seen, "b": note(canary, f"{state}\n")}), make(site, seen)
    here.build()
    without.build()
    assert not [path for path, data in here.files().items() if b"anary" in data or b"4242" in data]
    same = {path for path in without.files() if path.startswith(("reading/", "notes/a/"))}
    assert {path: here.files()[path] for path in same} == {path: without.files()[path] for path in same}
    alone = make(site, {"b": note(canary, f"{state}\n")})
    alone.build()
    assert not [path for path in alone.files() if path.startswith("reading/")]


def test_unlisted(site: Make) -> None:
    """It has its line on its own page, and is not in the list."""
    here = make(site, {"a": note("Emma", "unlisted: yes\n"), "b": note("Ulysses")})
    here.build()
    assert (line(here), titles(here)) == ("Notes on Emma", ["Ulysses"])


def test_previews_have_drafts(site: Make) -> None:
    here = make(site, {"a": note("Emma", "draft: yes\n")})
    here.build(drafts=True)
    assert "Emma" in (here.root / ".wol/drafts" / LIST).read_text("utf-8")


def test_names_in_templates(site: Make) -> None:
    """All of a book is in `page.book` and in `site.reading_list`; both are empty where there is none."""
    book = "{{ [b.title, b.author, b.isbn, b.url, b.year, b.read, b.rating]|join('|') if b else 'none' }}"
    here = make(site, {"a": note("{title: Emma, isbn: 014-X, url: /notes/b/, year: 1815, read: 2026-11-02, rating: 5}"), "b": "No book.\n"})
    here.write("site.toml", CONFIG + '[theme]\nuse = ["mine"]\n')
    here.write("themes/mine/theme.toml", 'name = "mine"\napi = 1\n')
    own = "{% with b = page.book %}" + book + "{% endwith %}{% for b in site.reading_list %} {{ b }} {{ b.page.title }}{% endfor %}"
    here.write("themes/mine/templates/note.html", own)
    here.build()
    assert here.read(NOTE).strip() == "Emma||014-X|/notes/b/|1815|2026-11-02|5 Emma My note"
    assert here.read("notes/b/index.html").strip() == "none Emma My note"
    here.write("site.toml", CONFIG + '[theme]\nuse = ["mine"]\n[features]\nreading_list = false\n')
    assert not here.build().diagnostics
    assert {here.read(NOTE).strip(), here.read("notes/b/index.html").strip()} == {"none"}


@pytest.mark.parametrize("taxonomy", ["[taxonomies.book]", "[taxonomies.Book]"])
def test_a_taxonomy_wins(site: Make, taxonomy: str) -> None:
    """A taxonomy of that name is what `book:` means, and there is no list."""
    here = make(site, {"a": note("[Emma, Ulysses]")}, f"{taxonomy}\n")
    assert not here.build().diagnostics
    assert not [path for path in here.files() if path.startswith("reading/")]
    assert line(here) == ""
    assert any("emma/index.html" in path for path in here.files())


def test_other_meanings(site: Make) -> None:
    """`books` is no field, and `[content.fields]` makes `book` a key like any other."""
    here = make(site, {"a": "---\nbooks: [Emma, Ulysses]\nbook: [a, b]\n---\n"}, '[content.fields]\nbook = "foreign"\n')
    assert not here.build().diagnostics
    assert not [path for path in here.files() if path.startswith("reading/")]


def test_switched_off_and_on(site: Make) -> None:
    """Off, the field is an ordinary key, whatever its value, and nothing of the list is left."""
    here = make(site, {"a": note("{title: Emma, rating: 11}", "date: 2026-11-01\n")}, "[features]\nreading_list = false\n")
    assert not here.build().diagnostics
    assert not [path for path in here.files() if path.startswith("reading/")]
    here.write("content/notes/a.md", note("Emma", "date: 2026-11-01\n"))
    here.write("site.toml", CONFIG)
    here.build()
    left = tree(here.output)
    here.build(clean=True)
    assert not differences(left, tree(here.output))
