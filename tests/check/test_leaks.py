"""What is not published is found wherever it shows, and what is common gives no false alarm."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.leaking import leaking, leaks
from harness.site import Site
from wol.check import findings
from wol.features import registry

PUBLIC: dict[str, str | bytes] = {
    "content/posts/2026-10-01-garden.md": "---\ntags: [gardens]\n---\n# A garden\n\nWe planted tulips and daffodils behind the old house.\n",
    "content/_index.md": "Read [about](about.md) us.",
    "content/about.md": "We write about gardens and houses.",
}
DRAFT = """\
---
title: The rhubarb heist
date: 2026-11-01
tags: [gardens]
---
We planted *rhubarb* behind the old house, at Oberammergau.
"""
HIDDEN = {
    "content/drafts/heist.md": DRAFT,
    "content/posts/heist.private.md": DRAFT,
    "content/posts/heist.md": DRAFT.replace("2026-11-01", "2027-11-01"),
    "content/notes/heist.md": DRAFT.replace("tags:", "expires: 2026-11-02\ntags:"),
}


@pytest.mark.parametrize("hidden", HIDDEN)
def test_a_site_that_keeps_its_secrets(site: Callable[..., Site], hidden: str) -> None:
    """Drafts that share words with public texts are no leak."""
    assert leaks(site({**PUBLIC, hidden: HIDDEN[hidden]})) == []


@pytest.mark.parametrize("hidden", HIDDEN)
def test_any_state(site: Callable[..., Site], hidden: str) -> None:
    """A word is found in a file that a plugin makes, whatever hides the text."""
    files, config = leaking("extra.html", "<p>They went to Oberammergau.")
    (found,) = leaks(site({**PUBLIC, **files, hidden: HIDDEN[hidden]}, config))
    assert found.severity == "error"
    assert found.span is not None
    assert found.span.path == hidden
    assert found.message.startswith(f"`public/extra.html` contains words found only in `{hidden}`, which ")
    assert found.message.endswith(": `oberammergau`")


SHOWN = (
    "<title>the RHUBARB heist</title>",
    "<title>The&#32;rhubarb &#104;eist</title>",
    '<a href="/tags/rhubarb/">x</a>',
    "OBERAMMERGAU",
    '{"text": "planted rhubarb"}',
)


@pytest.mark.parametrize("shown", SHOWN)
def test_any_form(site: Callable[..., Site], shown: str) -> None:
    """A title, a term, a word in data: each is found, however it is written."""
    files, config = leaking("extra.html", shown)
    assert len(leaks(site({**PUBLIC, **files, "content/drafts/heist.md": DRAFT}, config))) == 1


@pytest.mark.parametrize("path", ["a.html", "a.xml", "a.json", "a.txt", "rhubarb.html", "2026/11/heist-rhubarb/index.html"])
def test_any_file_and_its_name(site: Callable[..., Site], path: str) -> None:
    """Pages, feeds and texts are looked into; names of files count too."""
    files, config = leaking(path, "Rhubarb." if "rhubarb" not in path else "Nothing.")
    assert len(leaks(site({**PUBLIC, **files, "content/drafts/heist.md": DRAFT}, config))) == 1


def test_the_address_of_a_hidden_text(site: Callable[..., Site]) -> None:
    """An address that leads to a draft is a leak, even where all its words are common; a longer one that is public is none."""
    plain = "---\ntitle: House\ndate: 2026-10-09\nslug: old-house\n---\nWe planted.\n"
    for text, number in (("See /2026/10/old-house/ for more", 1), ("See /2026/10/old-house/more/ and house", 0)):
        files, config = leaking("extra.html", text)
        here = site(
            {**PUBLIC, **files, "content/drafts/a.md": plain, "content/about.md": "A more old house for gardens, see extra html"}, config
        )
        assert len(leaks(here)) == number, text


def test_common_words_are_no_leak(site: Callable[..., Site]) -> None:
    """A title of common words, a word of a public text, of a template, of a setting, of wol itself: all of them may stand anywhere."""
    draft = "---\ntitle: About\ndescription: Permalink, archive, November, generator, published\n---\nTulips, daffodils; the stylesheet. Marigold?\n"
    files, config = leaking(
        "extra.html", "About tulips and daffodils: permalink, archive, november, generator, published, stylesheet, marigold."
    )
    assert leaks(site({**PUBLIC, **files, "content/drafts/a.md": draft}, config + '[extra]\nflower = "Marigold"\n')) == []


def test_words_that_builds_make_of_public_ones(site: Callable[..., Site]) -> None:
    """A slug without an apostrophe, an escape in code, a term's own spelling: these came from public texts."""
    public = "---\ntitle: The gardener's way\ndate: 2026-10-02\ntags: [Flower-Beds]\n---\n```python\nprint('a\\\\nwheelbarrow')\n```\n"
    draft = "---\ntitle: Draft\n---\nGardeners, wheelbarrow, flowerbeds, nwheelbarrow.\n"
    assert leaks(site({**PUBLIC, "content/posts/way.md": public, "content/drafts/d.md": draft})) == []


def test_what_a_public_text_says_of_a_draft_is_its_own(site: Callable[..., Site]) -> None:
    """Who writes a draft's title into a public text, or links to it, has published that title."""
    linking = "See [the rhubarb heist](drafts/heist.md), at Oberammergau."
    assert leaks(site({**PUBLIC, "content/about.md": linking, "content/drafts/heist.md": DRAFT})) == []


@pytest.mark.slow
def test_other_scripts(site: Callable[..., Site]) -> None:
    """Words without spaces between them, and words of other letters, are found too, also percent-encoded."""
    for word, shown in (("秘密の計画", "秘密の計画"), ("совершенно", "СОВЕРШЕННО"), ("überraschung", "%C3%BCberraschung")):
        files, config = leaking("extra.html", f'<a href="/{shown}/">x</a>')
        assert len(leaks(site({**PUBLIC, **files, "content/drafts/a.md": f"---\ntitle: A\n---\n{word}\n"}, config))) == 1, word


def test_a_file_of_a_hidden_bundle(site: Callable[..., Site]) -> None:
    """A picture of a draft is a leak under any name; one that a public text has too is none."""
    hidden: dict[str, str | bytes] = {
        "content/posts/trip/index.md": DRAFT.replace("tags", "draft: yes\ntags"),
        "content/posts/trip/photo.jpg": b"a photo",
    }
    files, config = leaking("x.jpg", "a photo")
    (found,) = leaks(site({**PUBLIC, **hidden, **files}, config))
    assert found.message == (
        "`public/x.jpg` is a copy of `content/posts/trip/photo.jpg`, a file of `content/posts/trip/index.md`, which is a draft"
    )
    assert leaks(site({**PUBLIC, **hidden, **files, "static/same.jpg": b"a photo"}, config)) == []


def test_a_leak_is_not_allowed_by_a_star(site: Callable[..., Site]) -> None:
    """It can be allowed, but by its name."""
    files, config = leaking("extra.html", "Rhubarb.")
    for path, count in (("*", 1), ("public/extra.*", 0), ("/extra.html", 0), ("content/drafts/heist.md", 0), ("public/other.html", 1)):
        allow = f'[check]\nallow = [{{code = "leak-found", path = "{path}", reason = "a jest"}}]\n'
        here = site({**PUBLIC, **files, "content/drafts/heist.md": DRAFT}, config + allow)
        assert len(leaks(here)) == count, path
        if not count:
            codes = [one.code for one in findings(here.root, registry.load)]
            assert "leak-found" not in codes, path
            assert "check-allowance" not in codes, path


@pytest.mark.slow
def test_many_drafts_cost_little(site: Callable[..., Site]) -> None:
    """A hundred hidden texts and as many public ones of the same words: no leak, and no long wait."""
    drafts = {f"content/drafts/{n}.md": f"---\ntitle: Number {n} of the row\n---\nTulips and daffodils {n}.\n" for n in range(100)}
    posts = {f"content/posts/2026-10-01-{n}.md": f"# Post {n}\n\nThe number of tulips in the row: {n}.\n" for n in range(100)}
    assert leaks(site({**PUBLIC, **drafts, **posts})) == []
