"""A hint about a reference resolves from the file that it is about: typed there, or applied as data, it leads to the file."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable

import pytest

from errors.test_fixes import apply
from harness.site import Site

PNG = b"\x89PNG\r\n\x1a\n"
FILES = {
    "content/d.png": PNG,
    "content/posts/e.png": PNG,
    "content/posts/with space.png": PNG,
    "content/posts/100% sure.png": PNG,
    "content/posts/a%20b.png": PNG,
    "content/posts/what?.png": PNG,
    "content/posts/no#1.png": PNG,
    "content/posts/Photo.PNG": PNG,
    f"content/posts/{unicodedata.normalize('NFD', 'café')}.png": PNG,
    "content/posts/(x).png": PNG,
    "content/images/deep/f.png": PNG,
    "static/img/logo.png": PNG,
    "static/paper.pdf": b"%PDF-1.7\n",
    "content/posts/other.md": "---\ntitle: Other\ndate: 2026-11-01\n---\n## Part\n\nText.\n",
    "content/posts/trip/index.md": "---\ntitle: Trip\ndate: 2026-11-02\n---\nText.\n",
    "content/posts/trip/map.png": PNG,
    "content/about.md": "---\ntitle: About\n---\nText.\n",
    "content/notes/Big Idea.md": "A note.\n",
}

MEANT = {
    "![x](d.png)": "../d.png",
    "![x](E.png)": "e.png",
    "![x](photo.png)": "Photo.PNG",
    "![x](posts/e.png)": "e.png",
    "![x](/posts/E.png)": "/posts/e.png",
    "![x](f.png)": "../images/deep/f.png",
    "![x](../images/f.png)": "../images/deep/f.png",
    "![x](img/logo.png)": "/img/logo.png",
    "![x](../static/img/logo.png)": "/img/logo.png",
    "![x](../../static/img/logo.png)": "/img/logo.png",
    "![x](/static/img/logo.png)": "/img/logo.png",
    "[x](paper.pdf)": "/paper.pdf",
    "[x](../../static/paper.pdf)": "/paper.pdf",
    "![x](what?.png)": "what%3F.png",
    "![x](no#1.png)": "no%231.png",
    "![x](a%20b.png)": "a%2520b.png",
    "![x](With%20Space.png)": "with%20space.png",
    "![x](<With Space.png>)": "with%20space.png",
    "![x](map.png)": "trip/map.png",
    "[x](about.md)": "../about.md",
    "[x](About.md#part)": "../about.md#part",
    "[x](posts/other.md#part)": "other.md#part",
    "[x](Other.md#part)": "other.md#part",
    "[x](othr.md#part)": "other.md#part",
    "[x](../notes/big%20idea.md)": "../notes/Big%20Idea.md",
    "[x](<../notes/big idea.md>)": "../notes/Big%20Idea.md",
    "[x](../notes/Big-Idea.md)": "../notes/Big%20Idea.md",
    "[x]: E.png\n\n[x]": "e.png",
    '<img src="E.png" alt="x">': "e.png",
    "[x](e.pngg)": "e.png",
}

GOOD = (
    "![x](<with space.png>)",
    "![x](with%20space.png)",
    "![x](<100% sure.png>)",
    "![x](100%25%20sure.png)",
    "![x](what%3F.png)",
    "![x](no%231.png)",
    "![x](café.png)",
    f"![x]({unicodedata.normalize('NFD', 'café')}.png)",
    "![x](caf%C3%A9.png)",
    "![x](\\(x\\).png)",
    "![x](/img/logo.png)",
    "[x](../../../../about.md)",
    "[x](../../../../posts/other.md#part)",
    "![x](../../../../d.png)",
    "[x](trip/)",
    "[x](trip)",
    "[x](trip/index.md)",
)


def reports(here: Site) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(here.run("build", "--format", "json").stdout)["diagnostics"]
    return [one for one in found if str(one["code"]).startswith(("link-", "image-"))]


def text(line: str) -> str:
    return f"---\ntitle: A\ndate: 2026-11-20\n---\nFirst.\n\n{line}\n"


@pytest.mark.parametrize("typed", MEANT)
def test_a_hint_resolves_from_its_file(site: Callable[..., Site], typed: str) -> None:
    """What is meant is named as it would be typed, and its fix makes the link good."""
    here = site({**FILES, "content/posts/a.md": text(typed)})
    (found,) = reports(here)
    assert f"did you mean `{MEANT[typed]}`?" in str(found["hint"])
    fix = found["fix"]
    assert isinstance(fix, dict)
    apply(fix, here.root)
    assert reports(here) in ([], [one for one in reports(here) if one["code"] == "link-anchor"])


@pytest.mark.parametrize("typed", GOOD)
def test_references_that_are_good(site: Callable[..., Site], typed: str) -> None:
    """Signs in names, both normal forms, steps above the content folder and folders lead where they should."""
    here = site({**FILES, "content/posts/a.md": text(typed)})
    assert reports(here) == []
    page = here.read("2026/11/a/index.html")
    assert "../.." not in page.partition("<h1")[2].partition("</article>")[0] or "about" not in typed


def test_nothing_near(site: Callable[..., Site]) -> None:
    """Where nothing is near, nothing is suggested; never what was typed."""
    here = site({**FILES, "content/posts/a.md": text("[x](qqqqqqq.md) ![y](zzzzzz.png) [z](/qqqqqqq/)")})
    found = reports(here)
    assert len(found) == 3
    assert not any("did you mean" in str(one["hint"]) or one["fix"] for one in found)
