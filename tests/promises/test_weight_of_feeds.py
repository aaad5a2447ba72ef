"""Where very many terms have feeds, these hold excerpts, unless the site asks for whole texts; the feeds of the site and of notes hold what `content` says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.site import CONFIG, Site, differences


def files(terms: int) -> dict[str, str]:
    tags = ", ".join(f"t{n}" for n in range(terms))
    return {
        "content/posts/a.md": f"---\ntitle: A\ndate: 2026-10-01\ntags: [{tags}]\n---\nFirst.\n\nSecond.\n",
        "content/notes/n.md": "---\ntitle: N\ndate: 2026-10-01\n---\nThird.\n\nFourth.\n",
    }


@pytest.mark.parametrize(
    ("terms", "settings", "is_brief", "told"),
    [
        (100, "", False, False),
        (101, "", True, True),
        pytest.param(101, 'terms = "full"\n', False, False, marks=pytest.mark.long),
        pytest.param(101, 'terms = "summary"\n', True, False, marks=pytest.mark.long),
        (1, 'terms = "summary"\n', True, False),
        pytest.param(101, 'content = "summary"\n', True, False, marks=pytest.mark.long),
    ],
)
def test_feeds_of_terms(site: Callable[..., Site], terms: int, settings: str, is_brief: bool, told: bool) -> None:
    here = site(files(terms), f"{CONFIG}[feeds]\n{settings}")
    report = here.build()
    assert [one.code for one in report.diagnostics if one.code == "feeds-brief"] == ["feeds-brief"] * told
    for name in ("feed.xml", "atom.xml", "feed.json"):
        assert ("Second" not in (here.root / f"public/tags/t0/{name}").read_text("utf-8")) == is_brief
        assert ("Fourth" in (here.root / f"public/notes/{name}").read_text("utf-8")) == ("content" not in settings)
    assert ("Second" in (here.root / "public/atom.xml").read_text("utf-8")) == ("content" not in settings)


def test_a_term_more_or_less(site: Callable[..., Site]) -> None:
    """The hundred-and-first term changes the feeds of all others, and a build equals one from nothing."""
    here = site(files(100))
    here.build()
    for terms in (101, 100, 103):
        here.write("content/posts/a.md", files(terms)["content/posts/a.md"])
        here.build()
        there = here.copy(here.root.parent / f"there{terms}")
        there.build(clean=True)
        assert not (told := differences(there.files(), here.files())), told
