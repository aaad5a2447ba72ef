"""The default theme's files, and sites that are built with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from harness.site import Site

THEME = Path(__file__).parents[3] / "themes" / "default"

CONFIG = """\
[site]
title = "Making Knowledge Work"
base_url = "https://example.org/blog"
description = "How people learn from one another."
licence = "CC-BY-4.0"
[site.author]
name = "Virginia Henry"
bio = "I write about *networks*."
me = ["https://social.example/@virginia"]
[content]
page_size = 2
[theme]
nav = [{text = "About", to = "about.md"}]
"""

LONG = "First words.\n\n" + "".join(f"## Part {n}\n\nText {n}.\n\n" for n in range(1, 5)) + "### Deeper\n\nText.\n"

FILES = {
    "content/about.md": "---\ntitle: About\naliases: [/me/]\n---\nThis is me.\n",
    "content/posts/2026-11-10-long.md": f"---\ntitle: Personal *Learning* Networks\nupdated: 2026-11-12\ncategories: LIKE\ntags: [pkm, networks]\n"
    f"syndication: [https://social.example/1]\n---\n{LONG}",
    "content/posts/2026-10-02-short.md": "---\ntitle: Short\nauthors: [Ann Other]\nlicence: MIT\n---\nOne paragraph.\n\nAnother.\n",
    "content/posts/2026-09-21-link.md": "---\ntitle: Elsewhere\nlink: https://elsewhere.example/text\n---\nWhy it is good.\n",
    "content/posts/2026-08-01-hostile.md": "---\ntitle: '</title><script>alert(1)</script> \" & ]]>'\ndescription: '</script><script>x'\n---\nText.\n",
    "content/posts/2025-01-01-hidden.md": "---\ntitle: Secret handshake\nunlisted: yes\n---\nBy link only.\n",
    "content/posts/2025-01-02-gone.md": "---\ntitle: Withdrawn words\ngone: The author asked for it.\n---\nForgotten text.\n",
    "content/posts/2024-05-05-arabic.md": "---\ntitle: العمل\nlang: ar\n---\nنص.\n",
    "content/notes/2026-08-02-thought.md": "A thought without a title.\n",
    "content/notes/asking.md": "---\ntitle: On asking\n---\nQuestions travel.\n",
    "content/guides/_index.md": "---\ntitle: Guides\n---\nHow things are done.\n",
    "content/guides/one.md": "---\ntitle: One guide\n---\nText.\n",
}


@pytest.fixture(scope="session")
def theme() -> Path:
    """The folder of the default theme."""
    return THEME


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site that has a page of every sort, built."""
    made = Site(tmp_path_factory.mktemp("theme") / "blog", FILES, CONFIG)
    made.build(jobs=1)
    return made


@pytest.fixture(scope="module")
def pages(blog: Site) -> dict[str, str]:
    """All HTML pages of that site but the redirects: path to text."""
    return {path: data.decode() for path, data in blog.files().items() if path.endswith(".html") and path != "me/index.html"}


@pytest.fixture
def made(site: Callable[..., Site]) -> Callable[[str], Site]:
    """Give a small site with these lines added to its settings, built."""

    def build(settings: str) -> Site:
        found = site({"content/posts/2026-11-10-a.md": "---\ntitle: A\n---\nText.\n"}, CONFIG.partition("[theme]")[0] + settings)
        found.build(jobs=1)
        return found

    return build
