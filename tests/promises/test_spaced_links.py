"""A destination with spaces that names a file or a source is that one, on pages and in feeds; whatever comes or goes, a build equals one from nothing."""

from __future__ import annotations

from collections.abc import Callable

from harness.site import Site, differences

POST = """---
title: Walk
date: 2026-10-01
---
![Map](my map.png "Our map") and [the paper](My Paper.pdf), as in [asking](../notes/On asking.md#how).
"""
ALONE = '![Map](my map.png "Our map")'
FILES: dict[str, str | bytes] = {
    "content/posts/walk.md": POST,
    "content/posts/alone.md": f"---\ntitle: Alone\ndate: 2026-10-02\n---\n{ALONE}\n\nMore.\n",
    "content/posts/my map.png": b"no picture",
    "content/posts/My Paper.pdf": b"%PDF",
    "content/notes/On asking.md": "---\ntitle: On asking\n---\n## How\n\nAsk.\n",
}
URL = "public/2026/10/walk/index.html"


def page(site: Site, path: str = URL) -> str:
    return (site.root / path).read_text("utf-8")


def test_what_is_there_is_shown(site: Callable[..., Site]) -> None:
    """Files are published since a post links to them; feeds have whole URLs, and the source has a link back."""
    here = site(FILES)
    report = here.build()
    assert [one.message for one in report.diagnostics] == []
    text = page(here)
    assert '<img src="/posts/my%20map.png" alt="Map" title="Our map">' in text
    assert '<a href="/posts/My%20Paper.pdf">the paper</a>' in text
    assert '<a href="/notes/on-asking/#how">asking</a>' in text
    assert {"posts/my map.png", "posts/My Paper.pdf"} <= here.files().keys()
    assert "<figcaption>Our map</figcaption>" in page(here, "public/2026/10/alone/index.html")
    assert "https://example.org/posts/my%20map.png" in page(here, "public/feed.xml")
    assert "/2026/10/walk/" in page(here, "public/notes/on-asking/index.html")


def test_what_comes_and_goes(site: Callable[..., Site]) -> None:
    """Each file may be missing; then the text is as it was typed, and the writer is told at its line."""
    here = site({path: text for path, text in FILES.items() if path.endswith((".toml", "walk.md", "alone.md"))})
    found = here.build().diagnostics
    assert [one.code for one in found] == 3 * ["link-syntax"]
    assert "![Map](my map.png &quot;Our map&quot;) and [the paper](My Paper.pdf), as in [asking](../notes/On asking.md#how)." in page(here)
    assert f"<p>{ALONE}</p>".replace('"', "&quot;") in page(here, "public/2026/10/alone/index.html")
    for path in [path for path in FILES if path not in ("content/posts/walk.md", "content/posts/alone.md")] * 2:
        here.remove(path) if (here.root / path).exists() else here.write(path, FILES[path])
        here.build()
        there = here.copy(here.root.parent / "there")
        there.build(clean=True)
        assert not (told := differences(there.files(), here.files())), told


def test_a_draft_is_as_if_it_were_missing(site: Callable[..., Site]) -> None:
    """The page is byte for byte that of a site without the draft; the writer is told what is withheld."""
    hidden = {**FILES, "content/notes/On asking.md": "---\ntitle: Secret\ndraft: yes\n---\nAsk.\n"}
    here, there = site(hidden), site({path: text for path, text in FILES.items() if "asking" not in path})
    assert [one.code for one in here.build().diagnostics] == ["link-unpublished"]
    there.build()
    assert not (told := differences(there.files(), here.files())), told


def test_addresses_of_other_forms(site: Callable[..., Site]) -> None:
    """What has no form of a path of the site is told with the one that it should have."""
    text = "[w](www.example.org) [d](example.org/a) [m](me@example.org) ![p](img\\\\a.png) [o](old.md)\n"
    here = site({"content/a.md": text, "content/img/a.png": b"x"})
    hints = {one.message.split("`")[1]: one.hint for one in here.build().diagnostics}
    assert hints["www.example.org"] == "if it is a website, write `https://www.example.org`"
    assert hints["example.org/a"] == "if it is a website, write `https://example.org/a`"
    assert hints["me@example.org"] == "if it is an email address, write `mailto:me@example.org`"
    assert hints["img\\a.png"] == "a path has `/`, on Windows too: write `img/a.png`"
    assert "website" not in hints["old.md"]
