"""A site that was published, and what it is held against."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.site import Site

POST = "---\ntitle: {0}\ndate: 2026-10-0{1}\n{2}---\nText of {0}.\n"


@pytest.fixture
def blog(site: Callable[..., Site]) -> Site:
    """A small blog with links between its texts, which was built and recorded."""
    made = site(
        {
            "content/posts/a.md": POST.format("A", 1, "")
            + "\nSee [b](b.md#part), ![p](pictures/p.png), `[b](b.md)` and [trip](trip/index.md).\n",
            "content/posts/b.md": POST.format("B", 2, "id: b\nimage: pictures/p.png\n")
            + "\n## Part\n\nBack to [a]( <a.md> 'A') or [a].\n\n[a]: /posts/a.md\n",
            "content/posts/pictures/p.png": b"p",
            "content/posts/2026-10-05-dated.md": "+++\ntitle = \"D\"\n+++\n\n```\n[a](a.md)\n```\n\n<a href='a.md'>a</a> [a](./a.md?x)\n",
            "content/posts/trip/index.md": POST.format("Trip", 4, "") + "\n![m](map.png) and [more](more.md) and [a](../a.md).\n",
            "content/posts/trip/more.md": "---\ndate: 2026-10-06\n---\nMore, back to [the trip](index.md).\n",
            "content/posts/trip/map.png": b"m",
            "content/drafts/idea.md": "See [a](../posts/a.md).\n",
            "content/about.md": "Title: About\nUrl: /me/\n\nSee [a](/2026/10/a/), [a](posts/a.md).\n",
        }
    )
    assert made.run("build").code == 0
    assert made.run("record").code == 0
    return made
