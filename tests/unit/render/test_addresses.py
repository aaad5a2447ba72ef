"""Addresses: base path, encoding, absolute forms (pitfall U23)."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wol.render.addresses import Addresses, encode_fragment


@pytest.mark.parametrize(
    ("base_url", "href", "absolute"),
    [
        ("https://example.org", "/a/", "https://example.org/a/"),
        ("https://example.org/blog", "/blog/a/", "https://example.org/blog/a/"),
        ("http://localhost:8000/x y/é", "/x%20y/%C3%A9/a/", "http://localhost:8000/x%20y/%C3%A9/a/"),
        ("https://bücher.example:8443", "/a/", "https://xn--bcher-kva.example:8443/a/"),
    ],
)
def test_base_urls(base_url: str, href: str, absolute: str) -> None:
    """The path of `base_url` comes first in HTML; feeds have the whole of it, with the host as DNS has it."""
    made = Addresses(base_url)
    assert made.href("/a/") == href
    assert made.absolute("/a/") == absolute
    assert made.absolute(made.href("/a/")) == absolute
    assert made.href(made.href("/a/")) == href


@pytest.mark.parametrize("url", ["https://e.example/x?y=1#z", "mailto:a@b.example", "//h.example/x", "#part", "tel:+49-1"])
def test_what_is_not_of_this_site_stays(url: str) -> None:
    """Absolute URLs and fragments get no base path."""
    assert Addresses("https://example.org/blog").href(url) == url


def test_typed_urls_may_be_encoded_already() -> None:
    """What is encoded stays, what is not is encoded, a lone percent sign too."""
    made = Addresses("https://example.org")
    assert made.typed("/a%20b/é?x=%C3%A9&y=z w#ü%20") == "/a%20b/%C3%A9?x=%C3%A9&y=z%20w#%C3%BC%20"
    assert made.typed("/100%/") == "/100%25/"
    assert made.href("/100%41/") == "/100%2541/"


def test_fragments() -> None:
    """A fragment in any script is encoded; none gives nothing."""
    assert encode_fragment("日 本") == "#%E6%97%A5%20%E6%9C%AC"
    assert encode_fragment("") == ""


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"]), min_size=1))
def test_paths_come_back(path: str) -> None:
    """Every path of the model survives encoding, and stays a path of this host."""
    made = Addresses("https://example.org/b")
    for url in (made.href(f"/x{path}"), made.absolute(f"/x{path}")):
        found = urlsplit(url)
        assert unquote(found.path) == f"/b/x{path}"
        assert (found.netloc or "example.org", found.query, found.fragment) == ("example.org", "", "")
