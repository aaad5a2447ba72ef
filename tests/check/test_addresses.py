"""What an address means, by examples and for any text at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wol.check.address_parser import AddressParser, ParsedAddress, is_local
from wol.check.page_facts import addresses_of_set, addresses_of_style, read_page

BLOG = AddressParser("https://example.org/blog")

READ: dict[str, ParsedAddress] = {
    "": ParsedAddress("inside", "/a/b/"),
    "#x": ParsedAddress("inside", "/a/b/", "x"),
    "#%C3%BC": ParsedAddress("inside", "/a/b/", "ü"),
    "?q=1": ParsedAddress("inside", "/a/b/"),
    "c": ParsedAddress("inside", "/a/b/c"),
    "../c/#d": ParsedAddress("inside", "/a/c/", "d"),
    "./": ParsedAddress("inside", "/a/b/"),
    "../../../../c": ParsedAddress("beside", "/c"),
    "/blog": ParsedAddress("inside", "/"),
    "/blog/": ParsedAddress("inside", "/"),
    "/blog/c%20d/?q#e": ParsedAddress("inside", "/c d/", "e"),
    "/blogger/": ParsedAddress("beside", "/blogger/"),
    " /blog/c\n": ParsedAddress("inside", "/c"),
    "https://example.org/blog/c": ParsedAddress("inside", "/c"),
    "http://EXAMPLE.org/blog/c": ParsedAddress("inside", "/c"),
    "//example.org/blog/c": ParsedAddress("inside", "/c"),
    "https://example.org/": ParsedAddress("beside", "/"),
    "https://example.com/c#d": ParsedAddress("outside", "https://example.com/c"),
    "//example.com/c": ParsedAddress("outside", "https://example.com/c"),
    "mailto:a@example.org": ParsedAddress("other", "mailto:a@example.org"),
    "data:text/plain,x": ParsedAddress("other", "data:text/plain,x"),
    "file:///a": ParsedAddress("local", "file:///a"),
    "http://localhost:8000/x": ParsedAddress("local", "http://localhost:8000/x"),
    "http://[::1]/": ParsedAddress("local", "http://[::1]/"),
    "http://[x/": ParsedAddress("other", "http://[x/"),
    "https://exam ple.org:99999/": ParsedAddress("outside", "https://exam ple.org:99999/"),
}


@pytest.mark.parametrize("typed", READ)
def test_addresses(typed: str) -> None:
    """Each is read as a browser reads it on the page `/blog/a/b/`."""
    assert BLOG.read("/a/b/", typed) == READ[typed]
    assert BLOG.read("/a/b/", typed) == READ[typed], "also from what is known"


def test_a_page_with_a_base() -> None:
    """`<base href>` changes what relative addresses mean, and those of places too."""
    assert BLOG.read("/a/b/", "c", "/blog/z/") == ParsedAddress("inside", "/z/c")
    assert BLOG.read("/a/b/", "#c", "https://example.com/") == ParsedAddress("outside", "https://example.com/")


@pytest.mark.parametrize(
    "host", ["localhost", "x.localhost", "printer.local", "127.0.0.1", "10.0.0.1", "192.168.0.1", "::1", "0.0.0.0", "169.254.1.1"]
)
def test_hosts_of_one_network(host: str) -> None:
    """These are nobody else's."""
    assert is_local(host)


@pytest.mark.parametrize("host", ["example.org", "localhost.example", "mylocalhost", "93.184.215.14", "2606:2800::1", ""])
def test_hosts_of_all(host: str) -> None:
    """These are."""
    assert not is_local(host)


@given(
    st.text(max_size=40) | st.from_regex(r"[a-z]{0,5}:?/{0,3}[\[\]@:%#?.\\a-z/]{0,20}"), st.sampled_from(["", "/blog/", "http://[", "x:"])
)
def test_any_text_is_some_address(typed: str, base: str) -> None:
    """Nothing that may stand on a page breaks the check off."""
    assert BLOG.read("/a/", typed, base).sort in ("inside", "beside", "outside", "local", "other")


@given(st.binary(max_size=200) | st.text(alphabet="<>a/\"'= \x00idsrcetyl", max_size=200).map(str.encode))
def test_any_bytes_are_some_page(data: bytes) -> None:
    """A page that is torn, or no page at all, is read as browsers would."""
    assert read_page("x.html", data).path == "x.html"


def test_addresses_of_sets_and_styles() -> None:
    """Commas in addresses, widths, quotes and spaces are read as the standards say."""
    assert list(addresses_of_set("a.png, b.png 2x,c,d.png 100w , e.png")) == ["a.png", "b.png", "c,d.png", "e.png"]
    assert list(addresses_of_set("")) == []
    text = 'a{b:url(c.png)} d{e:url( \'f g.png\' )} @import "h.css"; i{j:url("k)")} l{m:URL(n)} o{p:url()}'
    assert list(addresses_of_style(text)) == ["c.png", "f g.png", "h.css", "k)", "n"]


def test_facts_of_a_page() -> None:
    """All that is looked for is found in one page."""
    page = read_page(
        "a.html",
        b"""<!doctype html><html lang=de><head><title>A &amp; B</title><base href="/b/"><meta name=description content=d><meta name=robots
        content=noindex><link rel=canonical href=/c><link rel="preload stylesheet" href=s.css><style>@font-face{src:url(f.woff)}</style>
        <meta property="og:image" content="https://example.org/o.png"></head><body id=top><h1>One <i>two</i></h1><h3 id=top>Three</h3>
        <a name=n></a><a href="/x">x</a><a href="/x">again</a><area href=y><img src=i.png srcset="j.png 2x"><img src=k.png alt="">
        <video src=v.mp4 poster=p.png><source src=w.mp4></video><picture><source srcset=q.avif></picture><iframe src=r></iframe>
        <svg><title>no</title><a xlink:href="/z"></a><image href=t.png></image></svg><p style="background: url('u.png')">
        <script src=js.js></script><object data=d.pdf></object><template><a href="/never"></a></template>""",
    )
    assert (page.titles, page.lang, page.base, page.description, page.robots, page.canonical) == (
        ("A & B",),
        "de",
        "/b/",
        "d",
        "noindex",
        "/c",
    )
    assert page.links == ("/x", "y", "/z")
    assert page.related == ("/c",)
    assert page.levels == ((1, "One two"), (3, "Three"))
    assert page.anchors == ("top", "n")
    assert page.doubled == ("top",)
    assert page.bare == ("i.png",)
    assert set(page.files) == {
        ("style sheet", "s.css"),
        ("file", "f.woff"),
        ("picture for social media", "https://example.org/o.png"),
        *(("image", name) for name in ("i.png", "j.png", "k.png", "p.png", "q.avif", "t.png", "u.png")),
        ("media file", "v.mp4"),
        ("media file", "w.mp4"),
        ("frame", "r"),
        ("script", "js.js"),
        ("object", "d.pdf"),
    }
