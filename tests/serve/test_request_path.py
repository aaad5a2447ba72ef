"""From what a client types to the file that answers: pure, for every spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wol import paths
from wol.serve.request_path import Asked, Found, Malformed, Missing, Moved, find, read, url_path

OWNED = frozenset(
    {
        "index.html",
        "a/index.html",
        "a.html",
        "a/b.txt",
        "café/index.html",
        "404.html",
        ".well-known/x",
        ".htaccess",
        "a/.secret",
        "x y/index.html",
    }
)
Answered = Found | Moved | Missing | Malformed


def answer(target: str | bytes, base: str = "") -> Answered:
    """Give what answers a path."""
    asked = read(target if isinstance(target, bytes) else target.encode(), base)
    return find(asked, base, OWNED) if isinstance(asked, Asked) else asked


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("/", "index.html"),
        ("/index.html", "index.html"),
        ("/a/", "a/index.html"),
        ("/a/index.html", "a/index.html"),
        ("/a.html", "a.html"),
        ("/a/b.txt", "a/b.txt"),
        ("/%61/", "a/index.html"),
        ("/caf%C3%A9/", "café/index.html"),
        ("/.well-known/x", ".well-known/x"),
        ("/404.html", "404.html"),
    ],
)
def test_files_and_folders(target: str, found: str) -> None:
    """A file by its path, a folder by its index."""
    assert answer(target) == Found(found)


@pytest.mark.parametrize(("target", "location"), [("/a", "/a/"), ("/caf%c3%a9", "/caf%C3%A9/"), ("/x%20y", "/x%20y/"), ("/%61", "/a/")])
def test_a_folder_without_its_slash(target: str, location: str) -> None:
    """It is found one slash further, at the address that is written everywhere else."""
    assert answer(target) == Moved(location)


@pytest.mark.parametrize(
    "target",
    [
        "/nothing", "/a.html/", "/A/", "/a//", "//a/", "/a//b.txt", "//etc/passwd", "///evil.example/%2f..", "/a/../", "/../../../../etc/passwd",
        "/..", "/a/..", "/.", "/a/./b.txt", "/%2e%2e%2fetc/passwd", "/..%2f..%2fetc/passwd", "/%2e%2e/a/", "/%252e%252e%252fetc%252fpasswd",
        "/..\\..\\a", "/%5c..%5c", "/\\evil.example", "/%5Cevil.example", "/a%2Fb.txt", "/a%5cb.txt", "/a/%2e%2e%5c", "/.htaccess", "/a/.secret",
        "/.git/config", "/.well-known/", "/.well-known/.x", "/site.toml", "/%2Ehtaccess", "/.wol/state/preview/owned",
    ],
)  # fmt: skip
def test_what_is_not_there(target: str) -> None:
    """Nothing outside the plan answers, however it is spelt; nor does what has a dot before its name."""
    assert answer(target) == Missing()


@pytest.mark.parametrize(
    "target", ["/%00", "/a%00.html", "/%", "/%zz", "/a%2", "/%ff", "/%c0%ae%c0%ae/", "/%e0%80%af", "/%ed%a0%80", "/%0d%0aX:%20y", "/%7f", "a", "*", "", "%2fa"]
)  # fmt: skip
def test_what_is_no_path(target: str) -> None:
    """Control characters, bytes that are no UTF-8 (also too long forms), and escapes that are none."""
    assert isinstance(answer(target), Malformed)


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("/", Moved("/my%20blog/")),
        ("/my%20blog", Moved("/my%20blog/")),
        ("/my%20blog/", Found("index.html")),
        ("/my%20blog/a", Moved("/my%20blog/a/")),
        ("/my%20blog/a/", Found("a/index.html")),
        ("/a/", Missing("This site lies under /my blog/.")),
        ("/my%20blogs/", Missing("This site lies under /my blog/.")),
        ("/my%20blog/my%20blog/", Missing()),
    ],
)
def test_a_site_below_a_path(target: str, found: Answered) -> None:
    """It lies under its path and nowhere else; the top leads there."""
    assert answer(target, "/my blog") == found


@given(
    st.binary(max_size=40)
    | st.lists(st.sampled_from([b"/", b"a", b"..", b".", b"%2f", b"%2e", b"\\", b"%5c", b"%", b"%00", b"evil.example"])).map(b"".join)
)
def test_no_path_leads_out(typed: bytes) -> None:
    """Whatever is typed: what is found is owned, and a location has one slash before it."""
    for base in ("", "/blog"):
        found = answer(b"/" + typed, base)
        assert not isinstance(found, Found) or found.path in OWNED
        assert not isinstance(found, Moved) or (found.location[0] == "/" and found.location[1:2] not in ("/", "\\"))


def test_addresses() -> None:
    """The path of a base URL is decoded, and comes back encoded before a file's."""
    assert paths.base_path("https://example.org/my%20blog/") == "/my blog"
    assert paths.base_path("http://127.0.0.1:8000") == ""
    assert url_path("é/index.html", "/my blog") == "/my%20blog/%C3%A9/"
