"""Addresses in raw HTML lead to the same place in feeds and lists as on the page that they were typed for."""

from __future__ import annotations

from collections.abc import Callable

from harness.site import Site

POST = """---
title: Said
date: 2026-10-01
---
<blockquote cite="../notes/asking.md">Ask.</blockquote>

<q cite="../other/">one</q> <q cite="/about/">two</q> <del cite="b.html#c">three</del> <q cite="Ada">four</q>
"""


def test_cite_is_absolute_in_feeds(site: Callable[..., Site]) -> None:
    here = site({"content/posts/said.md": POST, "content/notes/asking.md": "# Asking\n"})
    here.build()
    feed = (here.root / "public/atom.xml").read_text("utf-8")
    for url in ("notes/asking/", "2026/10/other/", "about/", "2026/10/said/b.html#c"):
        assert f"cite=&quot;https://example.org/{url}&quot;" in feed or f'cite="https://example.org/{url}"' in feed, url
    page = (here.root / "public/2026/10/said/index.html").read_text("utf-8")
    assert '<blockquote cite="/notes/asking/">' in page
    assert '<q cite="Ada">' in page
