"""References that are neither in a text nor in the settings: the `link` of a post, and what templates name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from wol.model.item import Link

Make = Callable[..., Any]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("b.md", "/blog/b/"),
        ("./b.md#x", "/blog/b/#x"),
        ("../posts/b.md", "/blog/b/"),
        ("/posts/b.md", "/blog/b/"),
        ("c.md", ""),
        ("/posts/c.md", "/blog/posts/c.md"),
        ("p%20q.pdf#page=2", "/blog/posts/p%20q.pdf#page=2"),
        ("../b/", "/blog/b/"),
        ("../archive/?x=1", "/blog/archive/?x=1"),
        ("/archive/", "/blog/archive/"),
        ("/blog/archive/", "/blog/archive/"),
        ("/blog/own", "/blog/blog/own"),
        ("#x", "#x"),
        ("https://example.net/", "https://example.net/"),
        ("//example.net/", "//example.net/"),
        ("", ""),
    ],
)
def test_the_link_of_a_post(blog: Make, item: Make, typed: str, expected: str) -> None:
    """It is read like a link of its text, relative to the source and to its URL."""
    here = item(link=typed, links=(Link("link", typed, "posts/p q.pdf"),))
    made = blog("{{ page.link }}", here, item("posts/b.md"), item("own.md", url="/blog/own/", kind="page"), attachments=("posts/p q.pdf",))
    assert made.html(subject="posts/a.md") == expected


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("posts/b.md", "/blog/b/"),
        ("/posts/b.md", "/blog/b/"),
        ("b/", "/blog/b/"),
        ("b", "/blog/b"),
        ("archive/", "/blog/archive/"),
        ("/archive/", "/blog/archive/"),
        ("none.md", "/blog/none.md"),
        ("img/a.png", "/blog/img/a.png"),
        ("#x", "#x"),
    ],
)
def test_what_a_template_names(blog: Make, item: Make, reference: str, expected: str) -> None:
    """A source, a file, or a URL path from the root."""
    made = blog(f'{{{{ "{reference}"|url }}}}', item(), item("posts/b.md"), static=("img/a.png",))
    assert made.html(subject="posts/a.md") == expected
