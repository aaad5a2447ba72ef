"""Marks of links: which links there are, their sentences and anchors, and that nothing hidden is in them."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from wol.content.markdown.reader import Text
from wol.model.item import Link
from wol.model.mark import Mark, column_of, decode, differing, encode, kind_of

Read = Callable[..., Text]


def links(text: Text) -> list[tuple[str, str, str]]:
    """Return what each mark of a link was typed as, its sentence and its anchor."""
    return [(mark.args[0], mark.sentence, mark.anchor) for mark in text.marks.get("link", ())]


def test_every_internal_link_is_a_mark_that_can_be_followed(read: Read) -> None:
    """In the order of the text, also of raw HTML; it says all that the link says, but for its line."""
    text = read(
        "[a](b.md#part) [c](/x/?q=1), <a href='../about.md'>d</a> and ![p](p.jpg).\n\n"
        "<map><area href='/y/' alt='Area'></map>\n\n[ref][r] <https://example.com/> [out](https://example.com/) [in](#in) <a href='#x'>x</a>\n\n"
        "[r]: /z/ 'Title'\n\n<script>'<a href=\"/no/\">'</script>"
    )
    found = [Link.to(mark.args) for mark in text.marks["link"]]
    assert [link.raw for link in found] == ["b.md#part", "/x/?q=1", "../about.md", "/y/", "/z/"]
    assert [(link.path, link.url, link.query, link.fragment) for link in found] == [
        ("posts/b.md", "", "", "part"),
        ("x", "/x/", "q=1", ""),
        ("about.md", "", "", ""),
        ("y", "/y/", "", ""),
        ("z", "/z/", "", ""),
    ]
    assert all(mark.kind == "link" for mark in text.marks["link"])
    assert not read("No [link](https://example.com/), ![picture](p.jpg), `[code](a.md)` or [place](#x).").marks


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("- One. Two [x](a.md) three.\n- Four.", "Two x three."),
        ("- Loose [x](a.md).\n\n  More.\n\n- Four.", "Loose x."),
        ("- [x](a.md)\n- Four", "x"),
        ("1. - > Deep [x](a.md). More.", "Deep x."),
        ("| head | two |\n|---|---|\n| cell [x](a.md) | other |", "cell x"),
        ("| head [x](a.md) | two |\n|---|---|\n| cell | other |", "head x"),
        ("Before.\n\n## Heading [x](a.md)\n\nAfter.", "Heading x"),
        ("Heading [x](a.md)\n===\n\nAfter.", "Heading x"),
        ("> Quoted [x](a.md). More.\n\nAfter.", "Quoted x."),
        ("> [!note] Title\n> Inside [x](a.md). More.", "Inside x."),
        ("> [!note] Title [x](a.md)\n> Inside.", "Title x"),
        ("Term [x](a.md)\n: Meaning.", "Term x"),
        ("Term\n: Meaning [x](a.md). More.", "Meaning x."),
        ("Claim.[^1]\n\n[^1]: First. Note [x](a.md). More.", "Note x."),
        ("A note[^1] at [x](a.md). More.\n\n[^1]: Note.", "A note at x."),
        ("The [![pretty picture](p.jpg)](a.md) here. More.", "The pretty picture here."),
        ('[![pretty picture](p.jpg)](a.md "Caption")', "pretty picture"),
        ("The ![pretty picture](p.jpg) and [x](a.md).", "The pretty picture and x."),
        ("With **bold *and*** ~~old~~ [x *y*](a.md).", "With bold and old x y."),
        ("With <b>bo</b>ld <i>x</i> <a href='a.md'>x <em>y</em></a>. More.", "With bold x x y."),
        ("A line<br>break [x](a.md). More.", "A line break x."),
        ("Hard  \nbreak [x](a.md).", "Hard break x."),
        ("<p>One. Two <a href='a.md'>x</a> three. Four.</p>", "Two x three."),
        ("<ul><li>One</li><li>Two <a href='a.md'>x</a></li><li>Three</li></ul>", "Two x"),
        ("<div>\n\nOne. Two [x](a.md).\n\n</div>", "Two x."),
        ("<p>A &amp; B <img alt='a picture' src='p.jpg'> <a href='a.md'>x</a></p>", "A & B a picture x"),
        ("<td>Bare <a href=a.md>x", "Bare x"),
        ("- [ ] A task [x](a.md). More.", "A task x."),
        ("Text {{< shortcode >}} [x](a.md). More.", "Text {{< shortcode >}} x."),
    ],
)
def test_the_sentence_is_of_the_link_s_own_block(read: Read, text: str, sentence: str) -> None:
    """Whatever sort of block it is, and as readers see it."""
    assert [found[1] for found in links(read(text))] == [sentence]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Seen <!-- secret --> [x](a.md). More.", "Seen x."),
        ("Seen <!-- secret. Really -->[x](a.md).", "Seen x."),
        ("Seen %%secret%% [x](a.md). More.", "Seen x."),
        ("%%secret%%\n\nSeen [x](a.md).", "Seen x."),
        ("Seen [x](a.md).<!--more--> More.", "Seen x."),
        ("<p>Seen <!-- secret --> <a href='a.md'>x</a></p>", "Seen x"),
        ("<div><style>.secret { }</style><script>secret()</script>Seen <a href='a.md'>x</a></div>", "Seen x"),
        ("<template>secret</template>Seen [x](a.md).", "Seen x."),
        ("Seen <script>secret()</script> [x](a.md).", "Seen x."),
        ("```\nsecret [x](a.md).\n```\n\nSeen [x](a.md).", "Seen x."),
        ("    secret [x](a.md).\n\nSeen [x](a.md).", "Seen x."),
        ('Seen [x](a.md "secret title"). More.', "Seen x."),
        ('Seen <a href="a.md" title="secret">x</a>.', "Seen x."),
        ("Seen [x](a.md){.secret}. More.", "Seen x."),
        ("Seen [x](a.md). {#secret .secret}", "Seen x."),
    ],
)
def test_nothing_hidden_is_in_a_sentence(read: Read, text: str, sentence: str) -> None:
    """No comment, script, style, code block, title or attribute."""
    found = links(read(text, obsidian_comments=True))
    assert [one[1] for one in found] == [sentence]


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("[x](a.md)", ""),
        ("[x](a.md)\n\n## Later", ""),
        ("## Part\n\n[x](a.md)\n\n## Later", "part"),
        ("## Part\n\n## Part\n\n[x](a.md)", "part-2"),
        ("## Part {#own}\n\n- [x](a.md)", "own"),
        ("## Part [x](a.md)", "part-x"),
        ("## Part\n\n[x](a.md) {#here}", "here"),
        ("## Part\n\nOther. {#here}\n\n[x](a.md)", "part"),
        ("## Part\n\n> [!note] Title {#note}\n> [x](a.md)", "note"),
        ("## Part\n\n> [!note] Title {#note}\n> Text.\n\n[x](a.md)", "part"),
        ("## Part\n\n> [!note] Title {#note}\n> ### Inner\n> [x](a.md)", "inner"),
        ("## Part\n\n{#list}\n- one\n- [x](a.md)", "list"),
        ("## Part\n\nClaim.[^1]\n\n[^1]: Note [x](a.md).", "fn-1"),
        ("## Part\n\nClaim.[^1] [x](a.md).\n\n[^1]: Note.", "part"),
        ("## Part\n\n<h3 id='raw'>Raw</h3>\n\n[x](a.md)", "raw"),
        ("## Part\n\n<h3 id='raw'>Raw</h3><p><a href='a.md'>x</a></p>", "raw"),
        ("## Part\n\n<p><a href='a.md'>x</a></p><h3 id='raw'>Raw</h3>", "part"),
    ],
)
def test_the_anchor_is_of_the_block_or_the_heading_above(read: Read, text: str, anchor: str) -> None:
    """So a reader can be led to where the fact is stated; every anchor is on the page."""
    found = read(text)
    assert [one[2] for one in links(found)] == [anchor]
    assert not anchor or anchor in found.anchors


def test_marks_have_no_lines(read: Read) -> None:
    """An edit above a sentence, or of a sentence without a link, changes no mark."""
    before = read("One.\n\nTwo [x](a.md). Three.").marks
    assert read("One.\n\nMore.\n\nMore. Two\n[x](a.md). Three. Four.").marks == before
    stored = encode(before)
    assert not list(differing(stored, encode(read("Zero.\n\nTwo [x](a.md). Three.").marks)))
    assert differing(stored, encode(read("Two *of* [x](a.md).").marks)) == ["marks.link"]
    assert differing(stored, {}) == ["marks.link"]
    assert differing({**encode({"a": (Mark("a", ()),)}), **stored}, stored) == ["marks.a"]
    assert {kind: decode(some) for kind, some in stored.items()} == before
    assert (kind_of(column_of("link")), kind_of("links"), kind_of("title")) == ("link", "", "")


@pytest.mark.parametrize(
    "one",
    ["word [x](a.md), ", "Word [x](a.md) here. ", "[x](a)", "文[字](a.md)。", "<a href=/a/>x</a> ", "[a. B](c.md) J. R. ", "- [x](a.md)\n"],
)
def test_thousands_of_links_cost_no_more_each_than_a_few(read: Read, one: str) -> None:
    """In one paragraph, whether of one sentence or of as many; and what is kept of it is in proportion."""
    many, few = 8_000, 1_000
    seconds: dict[int, float] = {}
    for number in (few, many):
        started = time.process_time()
        found = read(one * number)
        seconds[number] = time.process_time() - started
        assert len(found.marks["link"]) == number
        assert sum(len(mark.sentence) for mark in found.marks["link"]) < 320 * number
    assert seconds[many] < 8 * seconds[few] * 3 + 0.5
