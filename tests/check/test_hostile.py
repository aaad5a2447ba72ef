"""Titles and links that are meant to confuse: a check stands them, and says of each no more than is true."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.site import CONFIG, Site
from wol.check import findings
from wol.errors import Diagnostic
from wol.features import registry

POST = "---\ntitle: {}\ndate: 2026-11-{}\n---\n{}\n"

TITLES = (
    "'</title><script>alert(1)</script>'",
    "']]>'",
    "'&amp; &lt;b&gt; \"x\"'",
    '"a\\nb"',
    "'" + "x" * 10_000 + "'",
    "'../../../etc/passwd'",
    "'{{ config }} {% raw %}'",
    "'日本 \u202e fed'",
)

LINKS: dict[str, set[tuple[str, str]]] = {
    "[x](drafts/d.md)": {("link-unpublished", "")},
    "[x](other.md)": {("link-broken", "")},
    "[x](posts/2026-11-02-B.md)": {("link-broken", "")},
    "[x](posts/2026-11-02-b.md#nope)": {("link-anchor", "")},
    "[x](../../secret.md)": {("link-broken", "")},
    '<a href="//example.com/x">x</a>': set(),
    '<a href="//example.org/x/">x</a>': {("check-link", "//example.org/x/")},
    '<a href="javascript:alert(1)">x</a>': set(),
    '<a href="http://[x">x</a>': set(),
    '<a href="https://example.org/%00/%ff/%2e%2e/">x</a>': {("check-link", "https://example.org/%00/%ff/%2e%2e/")},
    '<img src="" alt="x">': {("check-file", "")},
    '<img src="data:image/png;base64,x" alt="x">': set(),
    "[x](</2026/11/b/?q=1#main>)": {("link-anchor", "")},
}


def found(here: Site) -> tuple[Diagnostic, ...]:
    """Build and check."""
    here.build()
    return findings(here.root, registry.load)


def test_titles(site: Callable[..., Site]) -> None:
    """No title breaks a page, a feed or the sitemap, so nothing is found."""
    posts = {f"content/posts/{n}.md": POST.format(title, n + 1, "Words.") for n, title in enumerate(TITLES)}
    posts |= {f"content/posts/{n}.md": text.replace("---\ntitle", f"---\nslug: s{n}\ntitle") for n, text in enumerate(posts.values())}
    assert [one for one in found(site(posts)) if one.code.startswith("check-")] == []


@pytest.mark.parametrize("link", LINKS)
def test_links(site: Callable[..., Site], link: str) -> None:
    """What the build tells of is not told again; what it cannot see is."""
    files = {
        "content/about.md": f"Words about it.\n\n{link}\n",
        "content/_index.md": "[About](about.md)",
        "content/posts/2026-11-02-b.md": "# B\n\nWords.\n",
        "content/drafts/d.md": "# Nothing yet\n",
    }
    told = found(site(files, CONFIG))
    assert {(one.code, one.message.split("`")[1] if one.code.startswith("check-") and "`" in one.message else "") for one in told} == LINKS[
        link
    ]


def test_pages_that_are_no_pages(site: Callable[..., Site]) -> None:
    """Files that only have the name of a page, a feed or a style sheet break nothing off."""
    junk = b"\x00\xff<a href='/x/'><style>url(" + bytes(range(256)) * 20
    files: dict[str, str | bytes] = {f"static/junk.{end}": junk for end in ("html", "xml", "json", "css", "txt")}
    assert {one.code for one in found(site({**files, "content/_index.md": "Words."}))} <= {"check-link", "check-file"}


def test_parts_of_texts_in_lists(site: Callable[..., Site]) -> None:
    """What leads somewhere from a text leads there from every list that shows its beginning too."""
    files = {
        "content/posts/a.md": POST.format(
            "A", 20, '[one](../b/), [two](#part), <a href="../b/#x">three</a>, four[^1]\n\n## Part\n\n[^1]: Five.'
        ),
        "content/posts/b.md": POST.format("B", 19, '<p id="x">Words.</p>\n\nWords.'),
    }
    made = site(files, CONFIG.replace("example.org", "example.org/blog"))
    assert [one for one in found(made) if one.code != "check-description"] == []
    assert 'href="/blog/2026/11/b/">one</a>' in made.read("index.html")
