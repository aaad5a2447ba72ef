"""References in the small texts of `site.toml` lead to sources, as those of a post do, and are checked."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from errors.test_fixes import apply
from harness.site import Site

CONFIG = """\
[site]
title = "A Site"
base_url = "https://example.org/blog"
[site.author]
name = "Ada"
bio = "I write. See [about]({0})."
[theme]
footer = "[About]({0}) ![x](/d.png) [outside](https://example.net/) [Tags](/tags/) [Draft](draft.md)"
[taxonomies.tags.terms.x]
description = "All about [x]({0}#part)."
"""
FILES = {
    "content/about.md": "---\ntitle: About\n---\n## Part\n",
    "content/draft.md": "---\ntitle: D\ndraft: yes\n---\n",
    "content/posts/a.md": "---\ntitle: A\ndate: 2026-11-20\ntags: [x]\n---\nText.\n",
    "content/d.png": b"\x89PNG\r\n\x1a\n",
}


@pytest.mark.parametrize("typed", ["about.md", "/about/", "/about.md"])
def test_they_lead_to_sources(site: Callable[..., Site], typed: str) -> None:
    """The footer, a term's description: the path of `base_url` is added, and what is not published is text alone."""
    here = site(FILES, CONFIG.format(typed))
    found = here.build().diagnostics
    assert [(d.code, d.message) for d in found] == [("link-unpublished", "`footer` in `[theme]` leads to `draft.md`, which is a draft")]
    page = here.read("2026/11/a/index.html")
    assert 'href="/blog/about/">About</a>' in page
    assert 'src="/blog/d.png"' in page
    assert 'href="/blog/tags/">Tags</a>' in page
    assert 'href="https://example.net/"' in page
    assert "draft" not in page.lower().replace(">draft<", "")
    assert 'href="/blog/about/#part">x</a>' in here.read("tags/x/index.html")


def test_what_leads_nowhere(site: Callable[..., Site]) -> None:
    """Each is told with its line in `site.toml`, and with what was meant; the fix makes it good."""
    here = site(FILES, CONFIG.format("abuot.md"))
    found = json.loads(here.run("build", "--format", "json").stdout)["diagnostics"]
    broken = [one for one in found if one["code"] == "link-broken"]
    assert sorted((one["path"], one["line"]) for one in broken) == [("site.toml", 6), ("site.toml", 8), ("site.toml", 10)]
    assert all("did you mean `about.md" in one["hint"] for one in broken)
    for one in broken:
        apply(one["fix"], here.root)
    again = json.loads(here.run("build", "--format", "json").stdout)["diagnostics"]
    assert [one["code"] for one in again] == ["link-unpublished"]


def test_a_footer_follows_what_it_leads_to(site: Callable[..., Site]) -> None:
    """The page that a footer names may move: each page that shows the footer moves its link along."""
    here = site(FILES, CONFIG.format("about.md"))
    here.build()
    here.write("content/about.md", "---\ntitle: About\nurl: /me/\n---\n## Part\n")
    here.build()
    assert 'href="/blog/me/">About</a>' in here.read("2026/11/a/index.html")
    assert 'href="/blog/me/#part">x</a>' in here.read("tags/x/index.html")
