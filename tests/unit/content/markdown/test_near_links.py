"""What looks like a link or an image and is none: read where there is such a file, else reported once for each kind, with the text to write."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.cases import cases
from wol.content.markdown.parts import as_typed
from wol.content.markdown.reader import Text
from wol.model.item import Candidate

Read = Callable[..., Text]

CANDIDATES = {
    "![Map](my map.png)": "posts/my map.png",
    "[the paper](My Doc.pdf)": "posts/My Doc.pdf",
    "[x](My Doc.pdf)": "posts/My Doc.pdf",
    '![x](a b.png "t")': "posts/a b.png",
    "![x](a b.png 't')": "posts/a b.png",
    "![](Screenshot 2026-11-20 at 14.05.png)": "posts/Screenshot 2026-11-20 at 14.05.png",
    "[note](../notes/On asking.md#part)": "notes/On asking.md",
    "[from the root](/files/my talk.pdf)": "files/my talk.pdf",
    "[*with* `code`](a b.md)": "posts/a b.md",
    "[over\nlines](a\nb.md)": "posts/a b.md",
    "[brackets](talk (final version).pdf)": "posts/talk (final version).pdf",
    "![x](img\\my map.png)": "posts/img/my map.png",
    "[a [b] c](d e.md)": "posts/d e.md",
    "[![inner](a.png)](b c.md)": "posts/b c.md",
    "[![inner](a b.png)](https://example.org)": "posts/a b.png",
    "[x](caf&eacute; au lait.md)": "posts/café au lait.md",
    "- [x](foo bar.md)": "posts/foo bar.md",
    "| [a](b c.md) |\n|---|": "posts/b c.md",
    "> [a](b c.md)": "posts/b c.md",
    "[链接](我的 文件.md)": "posts/我的 文件.md",
}
"""Texts with a space in a destination, and the content path that it names."""

REPORTED = {
    "![x](a.png =100x20)": "write `![x](a.png){width=100 height=20}`",
    "![x](a b.png =100x)": "write `![x](<a b.png>){width=100}`",
    '![x](a.png =x20 "t")': 'write `![x](a.png "t"){height=20}`',
    "![x] (a.png)": "write `![x](a.png)`, with no space between",
    "[x y] (https://example.org)": "write `[x y](https://example.org)`, with no space between",
    "[the page] (../other/)": "write `[the page](../other/)`, with no space between",
    "[notes] (notes.md)": "write `[notes](notes.md)`, with no space between",
    "[a][b]": "add a line `[b]: https://…` with its address",
    "See [the text][ref one].": "add a line `[ref one]: https://…`",
    "[the text][]": "add a line `[the text]: https://…`",
    "![a picture][pic]": "add a line `[pic]: https://…`",
    "[x](https://example.org/a b)": "write `[x](https://example.org/a%20b)`",
    "[x](https://example.org/(a": "each `(` of the address needs its `)`",
    "[x](javascript:alert(1))": "check the address",
    "[Chapter 1](#chapter one)": "write `[Chapter 1](#chapter-one)`",
    "[one][two][three]": "add a line `[two]: https://…`",
    "[x](<a b.md)": "check the address",
    "[a claim[^1]](https://example.org)\n\n[^1]: Note.": "put it after the link: `…](https://example.org)[^1]`",
    "[a[^n] claim](/about/ 't')\n\n[^n]: Note.": "put it after the link: `…claim](/about/ 't')[^n]`",
}
"""Texts that look like a link, with a part of the hint."""

INNOCENT = (
    "a[0][1]",
    "a[i][j] and f[0](x y)",
    "[1] (see below)",
    "[1][2]",
    "[x] boxes",
    "- [x] done (see [a](b.md))",
    "- [ ] (not yet)",
    "[x]({{ link }})",
    '[a]({{< ref "b c" >}})',
    "[Note] (this is one) more",
    "[sic] (as in the original)",
    r"\[x](a b)",
    r"[x\](a b)",
    r"!\[x](a b)",
    "`[x](a b)` and `[a][b]`",
    "    [x](a b)",
    "```\n[x](a b)\n```",
    "[link `code](a b)` x",
    "<!-- [x](a b) -->",
    '<a title="[x](a b)">t</a>',
    "[a][b]\n\n[b]: https://example.org",
    "[a] [b]",
    "[...][...]",
    "[a-z][0-9]+",
    "[b][i]bold[/i][/b]",
    "[^1][^2]\n\n[^1]: One\n[^2]: Two",
    r"\sqrt[3][x]",
    "[[wiki link]] and ![[embed.png]]",
    '["a"]["b"]',
    "[x](<a b.md>)",
    "[x](a%20b.md)",
    "[](a.md)",
    "List[int](1, 2)",
    "Print [1](2 3) times",
    "Regex [a-z](foo|bar baz)",
    "[$a](b c)",
    "[a](b.md) [c](d.md)",
)
"""Texts in which nothing is to be reported."""


def found(text: Text) -> list[str]:
    return [one.hint for one in text.diagnostics if one.code == "link-syntax"]


def test_destinations_with_spaces(read: Read) -> None:
    """They name what they would name in angle brackets; without such a file, the text stays as it was typed."""
    with cases() as case:
        for text, path in CANDIDATES.items():
            with case(text):
                made = read(text)
                assert [link.path for link in made.links if link.typed] == [path]
                assert found(made) == []


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("[the *paper*](My Doc.pdf)", "<p>[the <em>paper</em>](My Doc.pdf)</p>\n"),
        ('![x](a b.png "t")', "<p>![x](a b.png &quot;t&quot;)</p>\n"),
    ],
)
def test_as_typed(read: Read, text: str, missing: str) -> None:
    made = read(text)
    assert as_typed(made.body.parts, made.links) == missing


def test_a_figure(read: Read) -> None:
    """An image alone in its paragraph with a title is a figure, here too."""
    (part,) = read('![Map](my map.png "Our map")').body.parts
    assert isinstance(part, Candidate)
    assert str(part.parts[0]).startswith("<figure>")
    assert part.typed == "<p>![Map](my map.png &quot;Our map&quot;)</p>\n"


def test_attributes(read: Read) -> None:
    made = read("![x](a b.png){width=20} and [y](c d.md){.big}")
    assert as_typed(made.body.parts, made.links) == "<p>![x](a b.png){width=20} and [y](c d.md){.big}</p>\n"
    assert 'width="20"' in str(made.body.parts)
    assert 'class="big"' in str(made.body.parts)


def test_what_is_reported(read: Read) -> None:
    """It is reported at its line, with what to write, and stays as typed."""
    with cases() as case:
        for text, hint in REPORTED.items():
            with case(text):
                made = read(f"First.\n\n{text}\n")
                hints = found(made)
                assert len(hints) == 1
                assert hint in hints[0]
                assert [one.span.line for one in made.diagnostics if one.span and one.code == "link-syntax"] == [3]


def test_once_for_each_kind(read: Read) -> None:
    text = "![x] (a.png) ![y] (b.png)\n\n[a][b] [c][d]\n\n![x](a.png =1x1) ![x](a.png =2x2)"
    assert len(found(read(text))) == 3


def test_what_is_innocent(read: Read) -> None:
    with cases() as case:
        for text in INNOCENT:
            with case(text):
                made = read(text)
                assert found(made) == []
                assert [link.typed for link in made.links if link.typed] == []


def test_empty_destinations(read: Read) -> None:
    """A link or image to nothing is reported where it stands."""
    with cases() as case:
        for text, code in {"[x]()": "link-broken", "![x]()": "image-missing", "[x](<>)": "link-broken", "[a b]( )": "link-broken"}.items():
            with case(text):
                made = read(f"First.\n\nThen {text}.")
                assert [(one.code, one.span.line if one.span else 0) for one in made.diagnostics] == [(code, 3)]


def test_a_footnote_after_the_link_is_one(read: Read) -> None:
    """What the hint says to write is a link and a note."""
    shown = read("[a claim](https://example.org)[^1]\n\n[^1]: Note.")
    assert shown.diagnostics == ()
