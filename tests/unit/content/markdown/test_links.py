"""References: what leads into the site, and where."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.cases import cases
from wol.content.markdown.findings import Findings
from wol.content.markdown.links import refer
from wol.content.markdown.reader import Text
from wol.model.item import Close, Link, Open, Place

Read = Callable[..., Text]


@pytest.mark.parametrize(
    ("raw", "path", "url", "query", "fragment"),
    [
        ("other.md", "posts/other.md", "", "", ""),
        ("other.md#part", "posts/other.md", "", "", "part"),
        ("other.md?a=1&b#%C3%BC", "posts/other.md", "", "a=1&b", "ü"),
        ("../trip/index.md", "trip/index.md", "", "", ""),
        ("./a/../b.jpg", "posts/b.jpg", "", "", ""),
        ("a%20b.jpg", "posts/a b.jpg", "", "", ""),
        ("%C3%BCber.md", "posts/über.md", "", "", ""),
        ("/notes/on-asking.md", "notes/on-asking.md", "/notes/on-asking.md", "", ""),
        ("/about/", "about", "/about/", "", ""),
        ("/about/../x/?q#f", "x", "/x/", "q", "f"),
        ("/../x", "x", "/x", "", ""),
        ("/", "", "/", "", ""),
        ("..", "", "/", "", ""),
        ("../", "", "/", "", ""),
        (".", "posts", "", "", ""),
        (" padded.md ", "posts/padded.md", "", "", ""),
    ],
)
def test_into_the_site(raw: str, path: str, url: str, query: str, fragment: str) -> None:
    """A reference is resolved from the item's folder, or from the content folder and the site's root."""
    findings = Findings("content/posts/a.md", "posts", 1)
    assert refer(findings, raw, "link", 3) == 0
    assert findings.links == [Link("link", raw.strip(), path, url, query, fragment, 3)]
    assert not findings.diagnostics


@pytest.mark.parametrize(
    "raw", ["", "https://example.org/a.md", "mailto:a@example.org", "//example.org/a.md", "urn:x", "C:/a.md", "?a=1", "#"]
)
def test_as_typed(raw: str) -> None:
    """What leads elsewhere, or nowhere in particular, is no link of the site."""
    findings = Findings("content/posts/a.md", "posts", 1)
    assert refer(findings, raw, "link", 3) is None
    assert not findings.links


def test_fragment_of_the_same_text() -> None:
    """A fragment alone stays as typed, and is noted so that it can be checked."""
    findings = Findings("content/posts/a.md", "posts", 1)
    assert refer(findings, "#a%20b", "link", 3) is None
    assert findings.links == [Link("link", "#a%20b", fragment="a b", line=3)]


@pytest.mark.parametrize(
    ("raw", "path"),
    [
        ("../../x.md", "x.md"),
        ("../..", ""),
        ("../../../", ""),
        ("../../etc/passwd", "etc/passwd"),
        ("%2e%2e/%2e%2e/x.md", "x.md"),
        ("a/../../../x.jpg", "x.jpg"),
        ("../..x.md", "..x.md"),
    ],
)
def test_steps_above_the_content(raw: str, path: str) -> None:
    """Steps above the content folder end there, as a browser ends them at the root."""
    findings = Findings("content/posts/a.md", "posts", 1)
    assert refer(findings, raw, "link", 3) == 0
    assert findings.links == [Link("link", raw, path, "" if path else "/", line=3)]
    assert findings.diagnostics == []


def test_parts(read: Read) -> None:
    """A link to a source is opened and closed, all else is a place in an attribute."""
    text = read('a [b *c*](d.md "e"){.f} ![g](h.jpg) [i](j.pdf) [k](/l/) [m](https://example.org) [n](#o)')
    assert text.body.parts == (
        "<p>a ",
        Open(0, ' title="e" class="f"'),
        "b <em>c</em>",
        Close(),
        ' <img src="',
        Place(1),
        '" alt="g"> <a href="',
        Place(2),
        '">i</a> <a href="',
        Place(3),
        '">k</a> <a href="https://example.org">m</a> <a href="#o">n</a></p>\n',
    )
    assert text.body.links == text.links
    assert [link.raw for link in text.links] == ["d.md", "h.jpg", "j.pdf", "/l/", "#o"]


def test_parts_of_raw_html(read: Read) -> None:
    """References in raw HTML are symbolic too, and survive its balancing."""
    source = """<a class=x href='b.md?c=1&amp;d#e' title="f>g">h</a>
<img srcset="i.jpg 1x, j%20k.jpg 2x,https://example.org/l.jpg" src=m.png alt="">
<video poster="n.png" src="o.mp4"></video> [p](q.md) <a href="/r">s</a>
"""
    text = read(source)
    assert text.raw_html
    assert text.body.parts == (
        "<p>",
        Open(0, ' class="x" title="f&gt;g"'),
        "h",
        Close(),
        '\n<img srcset="',
        Place(1),
        " 1x, ",
        Place(2),
        ' 2x, https://example.org/l.jpg" src="',
        Place(3),
        '" alt="">\n<video poster="',
        Place(4),
        '" src="',
        Place(5),
        '"></video> ',
        Open(6, ""),
        "p",
        Close(),
        ' <a href="',
        Place(7),
        '">s</a></p>\n',
    )
    uses = [(link.use, link.path) for link in text.links]
    assert uses == [
        ("link", "posts/b.md"),
        ("image", "posts/i.jpg"),
        ("image", "posts/j k.jpg"),
        ("image", "posts/m.png"),
        ("image", "posts/n.png"),
        ("file", "posts/o.mp4"),
        ("link", "posts/q.md"),
        ("link", "r"),
    ]
    assert (text.links[0].query, text.links[0].fragment) == ("c=1&d", "e")


def test_lines(read: Read) -> None:
    """Lines of references are those of the file, also inside paragraphs, lists, tables, notes and raw HTML."""
    source = """a
[b](b.md) `c
c` [d
d](d.md) ![e
](e.jpg)

> - f
>   [g](g.md)

| h |
|---|
| [i](i.md) |

<div>
<a href="j.md">
<img src="k.jpg" alt="">
</a></div>

[l][l][^m] <b
title="x"> [n](n.md)</b>

[l]: l.md
[^m]: m

    [o](o.md)

> [!note] [p](p.md)
> [q](q.md)
"""
    text = read(source, first_line=10)
    assert {link.raw: link.line - 9 for link in text.links} == {
        "b.md": 2,
        "d.md": 3,
        "e.jpg": 4,
        "g.md": 8,
        "i.md": 12,
        "j.md": 15,
        "k.jpg": 16,
        "l.md": 19,
        "n.md": 20,
        "o.md": 25,
        "p.md": 27,
        "q.md": 28,
    }


@pytest.mark.parametrize(
    ("source", "opened"),
    [
        ("<a href=b.md> x\n\n[c <div>](c.md) d\n\n<table><a href=e.md>f<tr><td>g</a></table>", 3),
        ("a <script> [b](b.md) <a href=c.md>d</a> </script>", 0),
        ("[a <b>](a.md) c</b>", 1),
        ("<select><option>[a](a.md)", 0),
    ],
)
def test_links_in_broken_html(read: Read, source: str, opened: int) -> None:
    """Every opened link is closed, whatever raw HTML does to it; what has become no link is none."""
    depth = count = 0
    for part in read(source).body.parts:
        depth += isinstance(part, Open) - isinstance(part, Close)
        count += isinstance(part, Open)
        assert depth in (0, 1)
    assert depth == 0
    assert count >= opened


def test_forbidden_addresses(read: Read) -> None:
    """Addresses that run scripts or read files stay text, however they are written (fault table, C13 and C17)."""
    for address in (
        "javascript:alert(1)",
        "&#106;avascript:alert(1)",
        "JaVaScript:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
    ):
        (html,) = read(f"[a]({address})").body.parts
        assert isinstance(html, str)
        assert "<a" not in html


def test_several_links_of_one_place(read: Read) -> None:
    """The same address twice is two links, each with its line."""
    text = read("[a](b.md)\n\n[a](b.md)")
    assert [link.line for link in text.links] == [1, 3]


ATTRIBUTES = {
    '<object data="a.pdf"></object>': [("file", "posts/a.pdf")],
    '<object type="image/svg+xml" data=../img/b.svg></object>': [("file", "img/b.svg")],
    '<input type="image" src="a.png" alt="Go">': [("image", "posts/a.png")],
    '<div style="background: url(a.png)">x</div>': [("image", "posts/a.png")],
    """<p style="color: red; background-image:URL( 'a b.png' )">x</p>""": [("image", "posts/a b.png")],
    '<p style="background: url(a.png), url(&quot;b.png&quot;)">x</p>': [("image", "posts/a.png"), ("image", "posts/b.png")],
    '<video poster="a.png" src="b.mp4"></video>': [("image", "posts/a.png"), ("file", "posts/b.mp4")],
    '<video src="b.mp4"><track src="c.vtt" kind="captions"></video>': [("file", "posts/b.mp4"), ("file", "posts/c.vtt")],
    '<svg><image href="a.png"/></svg>': [("image", "posts/a.png")],
    '<svg><use href="s.svg#x"/></svg>': [("file", "posts/s.svg")],
    '<svg><image xlink:href="a.png"/></svg>': [("image", "posts/a.png")],
    '<svg><a href="../b.md"><text>b</text></a></svg>': [("link", "b.md")],
    '<blockquote cite="../b.md">x</blockquote>': [("file", "b.md")],
    '<q cite="/notes/b/">x</q>': [("file", "notes/b")],
    '<embed src="a.pdf">': [("file", "posts/a.pdf")],
    '<div style="background: url(#gradient)">x</div>': [],
    '<div style="background: url(https://example.org/a.png)">x</div>': [],
    '<div style="background: url(data:image/png;base64,AAAA)">x</div>': [],
    '<blockquote cite="Ada Lovelace">x</blockquote>': [],
    '<blockquote cite="https://example.org/b">x</blockquote>': [],
}
"""Raw HTML with the uses and content paths of what it names."""


def test_attributes_of_raw_html(read: Read) -> None:
    """A file of the site that raw HTML names is one like any other: it is published, and its absence is told."""
    with cases() as case:
        for text, links in ATTRIBUTES.items():
            with case(text):
                assert [(link.use, link.path) for link in read(text).links] == links
