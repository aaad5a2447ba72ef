"""URL patterns and typed paths."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wol.content.urls import expand, path_problem, same_place, typed_path

VALUES = {"year": "2026", "month": "11", "day": "03", "slug": "a-b", "path": "x/a-b", "category": "cat", "id": "k7"}


@pytest.mark.parametrize(
    ("pattern", "url"),
    [
        ("/:year/:month/:slug/", "/2026/11/a-b/"),
        ("/:year/:month/:day/:slug.html", "/2026/11/03/a-b.html"),
        ("/:path/", "/x/a-b/"),
        ("/blog/:category/:slug/", "/blog/cat/a-b/"),
        ("/:year-:month-:day-:slug/", "/2026-11-03-a-b/"),
        ("/:id/", "/k7/"),
        ("/p/:slug_/", "/p/"),
    ],
)
def test_patterns(pattern: str, url: str) -> None:
    """Tokens are filled in, and the pattern's end stays."""
    assert expand(pattern, VALUES) == url


@pytest.mark.parametrize(
    ("pattern", "url"),
    [
        ("/:year/:month/:slug/", "/a-b/"),
        ("/:year-:slug/", "/"),
        ("/posts/:year/:slug.html", "/posts/a-b.html"),
        ("/posts/:slug/:year.html", "/posts/a-b/"),
    ],
)
def test_empty_segments_are_dropped(pattern: str, url: str) -> None:
    """An undated post has no year in its URL."""
    assert expand(pattern, {"slug": "a-b", "year": "", "month": ""}) == url


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("/a/b/", "/a/b/"),
        ("/a/b.html", "/a/b.html"),
        ("/a/b", "/a/b/"),
        ("a/b/", "/a/b/"),
        ("/", "/"),
        ("/a/index.html", "/a/"),
        ("/caf%C3%A9/", "/café/"),
        ("/cafe\u0301/", "/café/"),
        ("/100%/", "/100%/"),
        (" /a/ ", "/a/"),
        ("/Mixed/Case/", "/Mixed/Case/"),
    ],
)
def test_typed_paths(typed: str, path: str) -> None:
    """What is meant is clear, so it is taken."""
    assert typed_path(typed, page=True) == (path, "")


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("/../x/", "`..`"),
        ("../../x/", "`..`"),
        ("/a/./b/", "`.`"),
        ("/%2e%2e%2fx/", "`..`"),
        ("/a%2f..%2fb/", "`..`"),
        ("/a\\b/", "backslash"),
        ("/a%5cb/", "backslash"),
        ("C:\\x", "address"),
        ("https://evil.example/", "address"),
        ("javascript:alert(1)", "address"),
        ("//evil.example/", "`//`"),
        ("/a//b/", "`//`"),
        ("/a\x00b/", "control"),
        ("/a%00b/", "control"),
        ("/a\u202eb/", "control"),
        ("/%ff/", "UTF-8"),
        ("/?p=1", "`?`"),
        ("/a#b/", "`#`"),
        ("/" + "a" * 256 + "/", "255"),
        ("/feed.xml", "neither"),
        ("/photo.jpg", "neither"),
    ],
)
def test_wrong_paths_are_named(typed: str, problem: str) -> None:
    """Each way out of the site, or to what no file can be, is refused with its reason."""
    path, why = typed_path(typed, page=True)
    assert path == ""
    assert problem in why


def test_an_alias_may_be_any_file() -> None:
    """Old addresses end in anything."""
    assert typed_path("/old/page.php", page=False) == ("/old/page.php", "")
    assert typed_path("/old/../page.php", page=False)[1]


@given(st.text(min_size=1))
def test_no_path_leads_out(typed: str) -> None:
    """Whatever is typed, an accepted path stays below the root and is accepted again as it is."""
    path, problem = typed_path(typed, page=True)
    if not problem:
        assert path.startswith("/")
        assert not path_problem(path)
        assert ".." not in path.split("/")
        assert "//" not in path
        assert "\\" not in path


def test_same_place() -> None:
    """Ways to write one address."""
    assert {same_place(url) for url in ("/a", "/a/", "/A/", "/a/index.html")} == {"/a"}
    assert {same_place(url) for url in ("/", "/index.html")} == {"/"}
    assert same_place("/cafe\u0301/") == same_place("/café/")
    assert same_place("/a.html") != same_place("/a/")
