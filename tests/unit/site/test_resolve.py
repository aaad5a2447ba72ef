"""What references lead to, and relative ones as a browser would follow them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, unquote, urljoin

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wol.content.reference import read_reference
from wol.site.resolve import MISSING, Destination, TableLookup, beside, resolve

URLS = st.sampled_from(["/", "/about/", "/posts/one/", "/posts/one.html", "/2026/10/a;b/", "/äö/ü x/"])
NAMES = st.text("ab.~-_ä;:%2F ", max_size=4)
REFERENCES = st.lists(st.one_of(st.sampled_from(["..", ".", "", "one", "a.b"]), NAMES), min_size=1, max_size=5).map("/".join)


@given(URLS, REFERENCES)
@example("/posts/one/", "../../../two/")
@example("/posts/one/", "../../../tw%6f/")
@example("/posts/one.html", "..")
def test_a_relative_reference_leads_where_a_browser_would_go(url: str, typed: str) -> None:
    """The short way for plain references gives what the standard library gives."""
    assert beside(url, f"{typed}?q=1#part") == unquote(
        urljoin(f"https://example.org{quote(url)}", typed).removeprefix("https://example.org")
    )


class Recording(TableLookup):
    """Notes what it is asked for."""

    def __init__(self, paths: Mapping[str, Any], urls: Mapping[str, Any]) -> None:
        super().__init__(paths, urls)
        self.asked: list[tuple[str, str]] = []

    def path(self, path: str) -> Sequence[str] | None:
        self.asked.append(("paths", path))
        return super().path(path)

    def item(self, url: str) -> str | None:
        self.asked.append(("urls", url))
        return super().item(url)


PATHS = {"b.md": ["item", "b.md"], "trip": ["item", "trip/index.md"], "p.jpg": ["file", "/p.jpg"]}
ITEMS = {"/": "index.md", "/b/": "b.md", "/2026/trip/": "trip/index.md"}
INSIDE = Destination("a.md", "/a/")


@pytest.mark.parametrize(
    ("raw", "destination"),
    [
        ("b.md", Destination("b.md")),
        ("./b.md#part", Destination("b.md")),
        ("/b.md", Destination("b.md")),
        ("trip/", Destination("trip/index.md")),
        ("/trip/", Destination("trip/index.md")),
        ("p.jpg?x=1", Destination(url="/p.jpg")),
        ("../b/", Destination("b.md", "/b/")),
        ("../b", Destination("b.md", "/b")),
        ("/b/", Destination("b.md", "/b/")),
        ("/b", Destination("b.md", "/b")),
        ("/blog/b/", Destination("b.md", "/b/")),
        ("/blog", Destination("index.md", "/")),
        ("/blogging/", MISSING),
        ("..", Destination("index.md", "/")),
        ("#part", INSIDE),
        ("#", None),
        ("?page=2", None),
        ("https://example.org/b/", None),
        ("//example.org/b/", None),
        ("mailto:a@example.org", None),
        ("", None),
        ("B.md", MISSING),
        ("c.md", MISSING),
        ("/c/", MISSING),
    ],
)
def test_what_a_reference_leads_to(raw: str, destination: Destination | None) -> None:
    """Its content path comes first, then its URL path as a browser has it on the page at `/a/`."""
    link = read_reference(raw)
    answer = resolve(link, TableLookup(PATHS, ITEMS), "a.md", "/a/", "/blog") if link is not None else None
    assert answer == destination


@pytest.mark.parametrize(
    ("raw", "url", "asked"),
    [
        ("b.md", "", [("paths", "b.md")]),
        ("c.md", "", [("paths", "c.md")]),
        ("/b/", "", [("paths", "b"), ("urls", "/b/")]),
        ("/c", "", [("paths", "c"), ("urls", "/c"), ("urls", "/c/")]),
        ("../c/", "/a/", [("paths", "c"), ("urls", "/c/")]),
        ("c/", "/a/", [("paths", "c"), ("urls", "/a/c/")]),
        ("#part", "/a/", []),
    ],
)
def test_no_more_is_looked_up_than_the_answer_needs(raw: str, url: str, asked: list[tuple[str, str]]) -> None:
    """Each lookup is a dependency of whoever records it, also one that fails."""
    lookup = Recording(PATHS, ITEMS)
    link = read_reference(raw)
    assert link is not None
    resolve(link, lookup, url=url)
    assert lookup.asked == asked
