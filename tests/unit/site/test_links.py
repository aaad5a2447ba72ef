"""Relative references, as a browser would follow them."""

from __future__ import annotations

from urllib.parse import quote, unquote, urljoin

from hypothesis import example, given
from hypothesis import strategies as st

from wol.model.item import Link
from wol.site.links import beside

URLS = st.sampled_from(["/", "/about/", "/posts/one/", "/posts/one.html", "/2026/10/a;b/", "/äö/ü x/"])
NAMES = st.text("ab.~-_ä;:%2F ", max_size=4)
REFERENCES = st.lists(st.one_of(st.sampled_from(["..", ".", "", "one", "a.b"]), NAMES), min_size=1, max_size=5).map("/".join)


@given(URLS, REFERENCES)
@example("/posts/one/", "../../../two/")
@example("/posts/one/", "../../../tw%6f/")
@example("/posts/one.html", "..")
def test_a_relative_reference_leads_where_a_browser_would_go(url: str, typed: str) -> None:
    """The short way for plain references gives what the standard library gives."""
    assert beside(url, Link("link", f"{typed}?q=1#part", typed)) == unquote(
        urljoin(f"https://example.org{quote(url)}", typed).removeprefix("https://example.org")
    )
