"""Texts as other generators have them, with the settings that the guide on moving gives."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.guides import blocks, guide
from harness.site import CONFIG, Site

HUGO = """\
+++
title = 'My First Post'
date = 2024-01-14T07:07:07+01:00
lastmod = 2024-02-01
tags = ['red']
weight = 10
layout = "single"
type = "posts"
[params]
author = 'John'
+++
Some text.
"""
JEKYLL = """\
---
layout: post
title:  "Numbers"
tags: one two
categories: [a, b]
permalink: /:year/:title/
published: true
redirect_from:
  - /old-numbers/
---
Text
{: .big}
"""
PELICAN = """\
Title: My super title
Date: 2010-12-03 10:20
Modified: 2010-12-05 19:30
Category: Python
Tags: pelican, publishing
Slug: my-super-post
Authors: Alexis, Conan
Summary: Short version
Status: published

The content, [about](pages/about.md).
"""
ZOLA = """\
+++
title = "A"
date = 2020-01-02
updated = 2020-02-02
weight = 1
aliases = ["/old/"]
authors = ["Me"]
[taxonomies]
tags = ["rust"]
[extra]
series = "x"
+++
Hello [b](/blog/b.md)
"""
OBSIDIAN = """\
---
tags:
  - learning
  - "#garden"
aliases: [Another name]
cssclasses: wide
---
First line
second line, %%hidden%% [day](Daily/2024-01-01.md)

> [!tip]- Folded
> Text
"""

SITES = {
    "Hugo": (
        {"content/posts/first.md": HUGO, "content/posts/b/index.md": "---\ntitle: B\ndate: 2024-02-01\nbuild: {list: never}\n---\n"},
        {"posts/first/index.html": "Some text", "posts/b/index.html": "noindex", "tags/red/index.html": "My First Post"},
    ),
    "Jekyll": (
        {
            "content/_posts/2015-06-05-numbers.md": JEKYLL,
            "content/_drafts/d.md": "---\ntitle: Draft\n---\n",
            "assets/x.css": "x",
            "content/about.md": "---\npermalink: /about.html\n---\nAbout",
        },
        {
            "a/b/2015/06/05/numbers.html": '<p class="big">Text</p>',
            "old-numbers/index.html": "/a/b/2015/06/05/numbers.html",
            "tags/two/index.html": "Numbers",
            "assets/x.css": "x",
            "about.html": "About",
        },
    ),
    "Pelican": (
        {"content/post.md": PELICAN, "content/pages/about.md": "Title: About\n\nMe.\n"},
        {"my-super-post.html": 'href="/pages/about.html"', "categories/python/index.html": "Short version", "pages/about.html": "Me."},
    ),
    "Zola": (
        {"content/blog/a.md": ZOLA, "content/blog/b.md": '+++\ntitle = "B"\ndate = 2020-01-02\n+++\n'},
        {"blog/a/index.html": 'href="/blog/b/"', "old/index.html": "/blog/a/", "tags/rust/index.html": "A"},
    ),
    "Obsidian": (
        {"vault/My Note.md": OBSIDIAN, "vault/Daily/2024-01-01.md": "Day", "vault/.obsidian/app.json": "{}"},
        {
            "notes/my-note/index.html": "First line<br>\nsecond line,",
            "tags/garden/index.html": "my-note",
            "notes/2024-01-01/index.html": "Day",
        },
    ),
}


@pytest.mark.parametrize("name", SITES)
def test_texts_move_as_they_are(site: Callable[..., Site], name: str) -> None:
    """The texts build without a finding, at the URLs that they had."""
    files, expected = SITES[name]
    (settings,) = (b.text for b in blocks(guide("moving")) if b.heading == name)
    here = site(files, CONFIG + settings)
    assert [str(d) for d in here.build().diagnostics] == []
    for path, text in expected.items():
        assert text in here.read(path), path
    everything = b"".join(here.files().values())
    assert b"hidden%" not in everything
    assert b"Draft" not in everything


def test_misspelt_keys_pass(site: Callable[..., Site]) -> None:
    """With the settings of the guide a key that is almost a field is a warning."""
    settings = blocks(guide("moving"))[0].text
    here = site({"content/posts/a.md": "---\ntitle: A\ndate: 2026-11-20\ndescriptoin: x\n---\n"}, settings)
    assert [(d.code, d.severity) for d in here.build().diagnostics] == [("front-matter-misspelt", "warning")]


def test_folders_can_be_left_out(site: Callable[..., Site]) -> None:
    """What `ignore` names is not read."""
    here = site({"vault/a.md": "A", "vault/Journal/b.md": "B"}, CONFIG + '[content]\nfolder = "vault"\nignore = ["Journal/"]\n')
    assert 'ignore = ["Journal/"]' in guide("moving")
    here.build()
    assert [p for p in here.files() if p.startswith(("a/", "Journal", "journal", "b/"))] == ["a/index.html"]


def test_shortcodes_are_told(site: Callable[..., Site]) -> None:
    """Templates of others are text, and a warning tells where."""
    text = "---\ntitle: A\ndate: 2026-11-20\n---\n{{< figure >}}\n\n{% include x %}\n"
    here = site({"content/posts/a.md": text})
    assert {d.code for d in here.build().diagnostics} == {"foreign-syntax"}
    assert "{{&lt; figure &gt;}}" in here.read("2026/11/a/index.html")
