"""Whole texts: title, excerpt, words, anchors, callouts of the theme, small texts, and what no text may do."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from harness.cases import cases
from wol.content.markdown import limits
from wol.content.markdown.parts import SIGNS, as_typed
from wol.content.markdown.reader import Inline, Reader, Text
from wol.model.item import Callout, Close, Heading, Open, Part
from wol.model.words import count_words

Read = Callable[..., Text]
Readers = Callable[..., Reader]


def body(text: Text) -> str:
    return as_typed(text.body.parts, text.links)


def excerpt(text: Text) -> str:
    return as_typed(text.excerpt, text.excerpt_links)


def codes(text: Text) -> list[str]:
    return [found.code for found in text.diagnostics]


# Titles


def test_title_of_the_first_heading(read: Read) -> None:
    """Without a title the first heading of level 1 gives it, and is not shown twice."""
    text = read("<!-- a -->\n\n# *My* `title` & [b](c.md) &eacute;\n\nd", title=None)
    assert text.title == Inline("<em>My</em> <code>title</code> &amp; b é", "My title & b é")
    assert body(text) == "<p>d</p>\n"
    assert text.body.headings == ()
    assert text.anchors == ()


def test_title_of_a_later_heading(read: Read) -> None:
    """A heading that gives the title further down stays where it is."""
    text = read("a\n\n## b\n\n# c\n\nd", title=None)
    assert text.title == Inline("c", "c")
    assert '<h1 id="c">c</h1>' in body(text)


def test_several_headings_of_level_1(read: Read) -> None:
    """None of several is the title, also not the first; each stays."""
    for text in ("# a\n\nb\n\n# c", "# a\n\n# a", "a\n===\n\nb\n===", "b\n\n# a\n\n# c\n\n# d"):
        made = read(text, title=None)
        assert made.title is None
        assert body(made).count("<h1") == len(made.body.headings)
    for text in ("# a\n\n> # b", "# a\n\n- # b", "# a\n\n`# b`"):
        assert read(text, title=None).title == Inline("a", "a")
    assert "<h1" in body(read("# a\n\n# b", title="a"))
    assert body(read("# a\n\n# b", title="a")).count("<h1") == 1


def test_no_title(read: Read) -> None:
    """A text without a heading of level 1 has no title; one in a quote is none, nor is one without text."""
    assert read("a\n\n> # b\n\n## c", title=None).title is None
    text = read("# ![](a.png)\n\nb", title=None)
    assert text.title is None
    assert "<h1" in body(text)


@pytest.mark.parametrize(
    ("title", "heading", "dropped"),
    [
        ("A *b* `c`", "A *b* `c`", True),
        ("A *b* `c`", "A b c", True),
        ("A  b", "A b", True),
        ("Caf\u00e9", "Cafe\u0301", True),
        ("A <b>", "A <b>", True),
        ("A", "B", False),
        ("A", "a", False),
        ("", "A", False),
        ("A", "A ![](b.png)", False),
        ("A", "A[^1]\n\n[^1]: b", False),
    ],
)
def test_heading_that_repeats_the_title(read: Read, title: str, heading: str, dropped: bool) -> None:
    """The first block is left out only if it says no more than the title that was given."""
    text = read(f"# {heading}\n\nEnd", title=title)
    assert text.title is None
    assert ("<h1" not in body(text)) is dropped


def test_second_block_is_never_the_title(read: Read) -> None:
    """A heading equal to the title stays if it is not the first block."""
    assert "<h1" in body(read("a\n\n# B", title="B"))


def test_anchor_of_a_dropped_heading(read: Read) -> None:
    """The writer's own anchor stays on the page without its heading."""
    text = read("# A {#b}\n\nc", title="A")
    assert body(text) == '<span id="b"></span>\n<p>c</p>\n'
    assert text.anchors == ("b",)


# Inline texts


@pytest.mark.parametrize(
    ("typed", "html", "shown"),
    [
        ("Plain", "Plain", "Plain"),
        ("A & B < C", "A &amp; B &lt; C", "A & B < C"),
        ("*a* **b** `<c>` ~~d~~", "<em>a</em> <strong>b</strong> <code>&lt;c&gt;</code> <s>d</s>", "a b <c> d"),
        ("&eacute; &lt; \\*", "é &lt; *", "é < *"),
        ("</title><script>", "&lt;/title&gt;&lt;script&gt;", "</title><script>"),
        ("[a](b) ![c](d) https://e.org {{ f }}", "[a](b) ![c](d) https://e.org {{ f }}", "[a](b) ![c](d) https://e.org {{ f }}"),
        (" a\n  b ", "a b", "a b"),
        ("a\x02b\ud800", "a\ufffdb\ufffd", "a\ufffdb\ufffd"),
    ],
)
def test_inline(reader: Readers, typed: str, html: str, shown: str) -> None:
    """Titles: code, emphasis and entities are read, tags and links are shown as typed."""
    assert reader().inline(typed) == Inline(html, shown)


def test_inline_with_signs(reader: Readers) -> None:
    """Titles follow the switches for signs."""
    signs = reader(smart_quotes=True, emoji=True, mark=True, sub_sup=True)
    assert signs.inline('"a" -- ==b== H~2~O :tada:').html == "“a” – <mark>b</mark> H<sub>2</sub>O 🎉"


@pytest.mark.parametrize(
    ("language", "quoted"), [("de", "„a ‚b‘“"), ("fr-CA", "«\u00a0a “b”\u00a0»"), ("en", "“a ‘b’”"), ("tlh", "“a ‘b’”")]
)
def test_quotes_of_a_language(reader: Readers, language: str, quoted: str) -> None:
    """Quotation marks are those of the site's language."""
    assert reader(language=language, smart_quotes=True).inline("\"a 'b'\"").text == quoted


# Excerpts


@pytest.mark.parametrize(
    ("source", "shown", "plain", "cut"),
    [
        ("a *b*\n\nc", "<p>a <em>b</em></p>\n", "a b", True),
        ("a", "<p>a</p>\n", "a", False),
        ("", "", "", False),
        ('![a](b.png)\n\n![c](d.png "e")\n\n## f\n\ng', "<p>g</p>\n", "g", True),
        ("- a\n\n> b\n\nc", "<p>c</p>\n", "c", True),
        ("> a", "<p>a</p>\n", "a", False),
        ("- a\n- b", "<p>a</p>\n", "a", True),
        ("{% a %}\n\nb", "<p>b</p>\n", "b", True),
        ("```\na\n```", "", "", True),
        ("a\n\n- b\n\n<!--more-->\n\nc", "<p>a</p>\n<ul>\n<li>b</li>\n</ul>\n", "a b", True),
        ("a\n\n<!-- MORE -->", "<p>a</p>\n", "a", False),
        ("<!--more-->\n\na\n\nb", "<p>a</p>\n", "a", True),
        ("**a <!--more--> b**", "<p><strong>a </strong></p>\n", "a", True),
        ("- a\n\n  <!--more-->\n\n  b", "<ul>\n<li>\n<p>a</p>\n</li>\n</ul>\n", "a", True),
        ("<div>\n\na\n\n<!--more-->\n\n</div>", "<div>\n<p>a</p>\n</div>", "a", False),
        ("a[^1]\n\n<!--more-->\n\n[^1]: b <!--more--> c", "<p>a</p>\n", "a", True),
        ("## a {#b}\n\nc {#d}\n\n<!--more-->", "<h2>a</h2>\n<p>c</p>\n", "a c", False),
        ("<!--more things to say-->\n\na\n\nb", "<p>a</p>\n", "a", True),
    ],
)
def test_excerpt(read: Read, source: str, shown: str, plain: str, cut: bool) -> None:
    """The excerpt is the text above the mark, else the first paragraph; without anchors and notes, which may stand once on a page."""
    text = read(source)
    assert (excerpt(text), text.excerpt_text, text.excerpt_cut) == (shown, plain, cut)


def test_excerpt_has_its_own_links(read: Read) -> None:
    """Parts of the excerpt count in its own links."""
    text = read("![a](b.png)\n\n[c](d.md) [e](f.md) [c](d.md)\n\n[g](h.md)")
    assert [link.raw for link in text.excerpt_links] == ["d.md", "f.md", "d.md"]
    assert [part.link for part in text.excerpt if isinstance(part, Open)] == [0, 1, 2]


# Words, headings, anchors


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("one two-three don't 3.14 -- ...", 4),
        ("日本語 and かな", 6),
        ("*a* `b` [c](d.md) ![e](f.png) <!-- g -->", 3),
        ("a\n\n    b c\n\n```python\nd e\n```", 5),
        ("<div>a <b>b</b></div>\n\n<script>c d</script>", 2),
        ('![a](b.png "two words")', 2),
        ("سلام دنیا", 2),
        ("", 0),
    ],
)
def test_words(read: Read, source: str, words: int) -> None:
    """Words are those that readers see; characters in Chinese and Japanese."""
    assert read(source).words == words


def test_headings(read: Read) -> None:
    """Headings are listed with their anchors and HTML without links, but not those of quotes."""
    text = read("# A *b* `<c>` [d](e.md) ![f](g.png)\n\n> ## h\n\n- ### i {#j}\n\n> [!note]\n> ## k")
    assert text.body.headings == (
        Heading(1, "a-b-c-d-f", "A <em>b</em> <code>&lt;c&gt;</code> d f", "A b <c> d f"),
        Heading(3, "j", "i", "i"),
    )


def test_anchors(read: Read) -> None:
    """All anchors of a text are known: of headings, attributes, notes and raw HTML."""
    text = read('## a\n\nb {#c}\n\n[d](e.md){#f} ![g](h.png){#i} <a name="j"></a><b id="k">l</b>\n\n> [!note] m {#n}\n\no[^1]\n\n[^1]: p')
    assert set(text.anchors) == {"a", "c", "f", "i", "j", "k", "n", "fn-1", "fnref-1"}


def test_equal_ids(read: Read) -> None:
    """An id that is given twice is an error, at the second place."""
    text = read("## a {#x}\n\nb {#x}\n\n> [!note] c {#x}", first_line=5)
    assert [(found.code, found.span and found.span.line) for found in text.diagnostics] == [
        ("anchor-duplicate", 7),
        ("anchor-duplicate", 9),
    ]


def test_places_of_diagnostics(read: Read) -> None:
    """A finding names the file from the site's root and the line in the file, in order."""
    text = read("a\n\n```nope\n```\n\nb [^1] ![](c.png)", first_line=8, key="d/e.md")
    assert [(found.code, str(found.span)) for found in text.diagnostics] == [
        ("code-language", "content/d/e.md:10"),
        ("footnote-missing", "content/d/e.md:13"),
        ("image-alt", "content/d/e.md:13"),
    ]


def test_hints(read: Read) -> None:
    """Near names are offered."""
    hints = {found.code: found.hint for found in read("```pyhton\n```\n\n> [!nnote]\n> a").diagnostics}
    assert hints == {"code-language": "did you mean `python`?", "callout-unknown": "did you mean `note`?"}


# Callouts of the theme


def test_callout_of_the_theme(reader: Readers) -> None:
    """A type that the theme has becomes a part, with title and content as parts of their own."""
    text = reader(own=("aside", "note")).read(
        'a\n\n> [!aside one two key=v other="x y"]- T [l](m.md) {#i .c}\n> b ![c](d.png)\n>\n> > [!note]\n> > e\n\n> [!tip]\n> f',
        key="a.md",
        title="",
    )
    assert text.body.parts[0] == "<p>a</p>\n"
    (callout,) = [part for part in text.body.parts if isinstance(part, Callout)]
    assert (callout.name, callout.fold, callout.id, callout.classes) == ("aside", "-", "i", ("c",))
    assert (callout.words, callout.values) == (("one", "two"), {"key": "v", "other": "x y"})
    assert callout.title == ("T ", Open(0), "l", Close())
    assert callout.parts[0] == '<p>b <img src="'
    (inner,) = [part for part in callout.parts if isinstance(part, Callout)]
    assert (inner.name, inner.title, inner.parts) == ("note", ("Note",), ("<p>e</p>\n",))
    assert 'class="callout callout-tip"' in body(text)
    assert text.anchors == ("i",)


def test_callout_of_the_theme_in_raw_html(reader: Readers) -> None:
    """A callout of the theme may stand between raw tags; its own tags are balanced inside it."""
    text = reader(own=("mine",)).read("<div>\n\n> [!mine] <b>T\n> <i>a\n\n</div>", key="a.md", title="")
    before, callout, after = text.body.parts
    assert (before, after) == ("<div>\n", "</div>")
    assert isinstance(callout, Callout)
    assert (callout.title, callout.parts) == (("<b>T</b>",), ("<p><i>a</i></p><i>\n</i>",))


def test_callout_of_the_theme_in_an_excerpt(reader: Readers) -> None:
    """Excerpts may hold callouts of the theme, with the links of the excerpt."""
    text = reader(own=("mine",)).read("[a](a.md)\n\n> [!mine]\n> [b](b.md)\n\n<!--more-->\n\nc", key="a.md", title="")
    (callout,) = [part for part in text.excerpt if isinstance(part, Callout)]
    assert callout.parts == ("<p>", Open(1), "b", Close(), "</p>\n")
    assert [link.raw for link in text.excerpt_links] == ["a.md", "b.md"]


# Small texts of the site


def test_block(reader: Readers) -> None:
    """A small text has no anchors, so that many may stand on one page; its references are from the content folder."""
    small = reader().block("Hi *you* [a](b.md#c) <b>d\n\n## e {#f}\n\n```python\nx\n```")
    html = as_typed(small.parts, small.links)
    assert '<a href="b.md#c">a</a>' in html
    assert [(link.path, link.fragment) for link in small.links] == [("b.md", "c")]
    assert "<h2>e</h2>" in html
    assert " id=" not in html
    assert html.count("<b>") == html.count("</b>")


def test_block_beyond_limits(reader: Readers) -> None:
    """A small text beyond a limit is shown as typed."""
    assert str(reader().block(">" * 300 + " a").parts[0]).startswith("<p>&gt;&gt;")


# Raw HTML


@pytest.mark.parametrize(
    "source",
    [
        "</article></main></body></html>",
        "<div><section>",
        "<b><i><a href=x>",
        "<table><tr><td>",
        "<textarea>",
        "<script>",
        "<style>",
        "<title>",
        "<xmp>",
        "<iframe>",
        "<noscript>",
        "<plaintext>",
        "<svg><script><plaintext>",
        "<math><textarea><plaintext>",
        "<select><option>",
        "<template>",
        "<form><form>",
        '<div class="',
        "<div class='a>\n\nb",
        "<!-- a",
        "<!DOCTYPE html><html><body class=x>",
        "<frameset>",
        "&#60;b>",
        "<p><table><p>",
        "<svg><![CDATA[",
        "<math></script><script>[a](b.md)<![CDATA[<select>",
        "<base href='https://evil.example/'",
    ],
)
def test_the_frame_of_the_page_holds(read: Read, source: str) -> None:
    """Whatever raw HTML a text has, what stands around it stays around it (fault table, C13)."""
    for text in (source, f"a\n\n{source}\n\nb", f"> {source}\n\n- c", f"a {source} b"):
        html = body(read(text))
        page = LexborHTMLParser(f"<!doctype html><body><main><article>{html}</article></main><footer id=foot>end</footer></body>")
        foot = page.css_first("#foot")
        assert foot is not None
        assert foot.parent is not None
        assert (foot.parent.tag, foot.text()) == ("body", "end")


def test_raw_html_is_known(read: Read) -> None:
    """Whether a text has raw HTML is noted; comments alone are none."""
    assert read("a <b>c</b>").raw_html
    assert read("<div>\n</div>").raw_html
    assert not read("a <!-- b -->\n\n<!-- c -->\n\n`<d>` \\<e>").raw_html
    assert not read("<b>", html=False).raw_html


def test_without_raw_html_nothing_is_parsed_again(read: Read) -> None:
    """A text without raw HTML comes out as the renderer wrote it."""
    assert body(read("a &amp; \u00a0 “b”")) == "<p>a &amp; \u00a0 “b”</p>\n"


# Limits


@pytest.mark.parametrize("depth", [12, 60, 99])
def test_deep_lists(read: Read, depth: int) -> None:
    """The words of deep lists are all there (fault table, C11)."""
    text = read("".join("  " * level + f"- item{level}\n" for level in range(depth)))
    assert not text.diagnostics
    assert all(f"item{level}" in body(text) for level in range(depth))


def test_deep_quotes(read: Read) -> None:
    """So are those of deep quotes."""
    text = read(">" * 199 + " deep")
    assert not text.diagnostics
    assert "deep" in body(text)


@pytest.mark.parametrize(
    "source",
    [
        ">" * 200 + " a",
        ">" * 20_000 + " a",
        "".join("  " * level + "- a\n" for level in range(120)),
        "".join(f"[^{n}]: " for n in range(300)) + "a",
        "> - " * 80 + "a",
    ],
    ids=["quotes", "many quotes", "lists", "notes", "both"],
)
def test_too_deep(read: Read, source: str) -> None:
    """What is deeper than the limit is an error, never lost in silence."""
    text = read(f"a\n\n{source}", first_line=3)
    (found,) = text.diagnostics
    assert (found.code, found.severity) == ("markdown-nesting", "error")


def test_too_many_cells(read: Read) -> None:
    """Tables of over 100,000 cells are an error, typed out or filled in by the parser."""
    row = "|" + "a|" * 400
    typed = "\n".join([row, "|" + "-|" * 400, *[row] * 300])
    filled = "\n\n".join("\n".join([row, "|" + "-|" * 400, *["|b"] * 100]) for _ in range(4))
    for source in (typed, filled):
        (found,) = read(source).diagnostics
        assert (found.code, found.severity) == ("markdown-too-large", "error")


def test_too_large(read: Read) -> None:
    """HTML that is out of proportion to its source is an error, before it is made."""
    for source in (
        "[a]: https://example.org/" + "b" * 50_000 + "\n\n" + "[a] " * 50_000,
        "|" + "a|" * 256 + "\n|" + "-|" * 256 + "\n" + "|b\n" * 200,
    ):
        (found,) = read(source).diagnostics
        assert found.code == "markdown-too-large"


def test_small_texts_may_grow(read: Read) -> None:
    """The smallest texts are not out of proportion."""
    for source in ("#", "- [ ] a", "a[^1]\n\n[^1]: b", "```py\n((((\n```", "> [!note]"):
        assert not read(source).diagnostics


def endless(part: int) -> dict[str, str]:
    """Return texts that are made to be slow, of one part of the length that would show it best."""

    def n(number: int) -> int:
        return number // part

    return {
        "a line of 1 MB": "word " * n(200_000),
        "brackets": "[" * n(50_000),
        "images": "![" * n(20_000),
        "nested links": "[" * n(500) + "a" + "](b)" * n(500),
        "backticks": " ".join("`" * k for k in range(n(1_500))),
        "colons": ":" * n(500_000),
        "w": "w" * n(500_000),
        "schemes": "https://" * n(50_000),
        "brackets after an address": "https://example.org/" + ")" * n(100_000),
        "signs of mail": "a@" * n(50_000),
        "links": "[a](b.md) " * n(20_000),
        "stars": "*a " * n(50_000),
        "braces": "{" * n(50_000),
        "open braces": "{{ " * n(30_000),
        "open braces in lines": "{{ a\n# b\n" * n(5_000),
        "quoted braces": '{"' * n(30_000),
        "percent signs": "%% a\n\n" * n(10_000),
        "comments": "a <!-- " * n(30_000),
        "tags": '<div a="' * n(20_000),
        "closing tags": "</div>\n\n" * n(3_000),
        "open tags": "<div>\n\n" * n(3_000),
        "crossed tags": "<b>" * n(10_000) + "</i>" * n(10_000),
        "attributes in lines": "{:.x}\n" * n(10_000),
        "headings": "# a\n" * n(10_000),
        "notes": "".join(f"[^{k}]: {' '.join(f'[^{m}]' for m in range(k, k + 20))}\n" for k in range(n(800))) + "\n[^0]",
        "unknown notes": "[^a] " * n(20_000),
        "unknown languages": "```nope\na\n```\n" * n(2_000),
        "unknown callouts": "> [!nope] a\n\n" * n(2_000),
        "tables": "|a|b|\n|-|-|\n# h\n" * n(5_000),
        "marks": "==a " * n(10_000),
        "quotes": "\"a' " * n(50_000),
        "sub": "~a ^b " * n(10_000),
    }


@pytest.mark.parametrize("part", [8, pytest.param(1, marks=pytest.mark.long)])
def test_time_is_bounded(reader: Readers, part: int) -> None:
    """No text takes time out of proportion (fault table, C12); what does takes minutes, of which a part of its length takes a smaller part of a part."""
    readers = reader(), reader(smart_quotes=True, emoji=True, mark=True, sub_sup=True, obsidian_comments=True)
    with cases() as case:
        for name, text in endless(part).items():
            for number, given_reader in enumerate(readers):
                with case((name, number)):
                    began = time.process_time()
                    given_reader.read(text, key="a.md", title="")
                    assert time.process_time() - began < min(8, 32 / part)


# Any text at all

WORDS = st.lists(st.text(st.characters(categories=("Ll", "Lu", "Lo", "Nd")), min_size=1, max_size=8), min_size=1, max_size=30)
SHORT = """
# ## - * 1. > ``` ~~~ ` `` ** __ ~~ [ ] ( ) ![ [^a] {.x} {#i} {:.y} {{ }} {% %} %% <!-- --> <!--more--> <b> </b> <div> </div> </a> <script>
</script> <table> <td> <svg> <math> <textarea> <select> <plaintext> &amp; &#2; \\ | : --- === == ^ < <x word 日本 é www.a.b a@b.c http://x.y/
:tada: " ' <a name=q> <br/> <!x> <?p?> ]]> <![CDATA[ \x02 \x05 \ufffe \ud800
"""
LONG = (" ", "\n", "\n\n", "    ", "\t", "[^a]: ", "[a]: b\n", "a|b\n-|-\n", "<a href=x.md>", "<img src=y.png>", "[x](y.md)")
BLOCKS = ('![x](y.png "t")', "> [!note] ", "> [!mine w]+ T {#k}\n> ", "- [ ] ", "- [x] ", ": ", "===\n")
SCRAPS = st.lists(st.sampled_from((*SHORT.split(), *LONG, *BLOCKS)), max_size=40).map("".join)
SWITCHED = {"smart_quotes": True, "emoji": True, "mark": True, "sub_sup": True, "hard_breaks": True, "obsidian_comments": True}


def links_are_closed(parts: tuple[Part, ...]) -> bool:
    depth = 0
    for part in parts:
        depth += isinstance(part, Open) - isinstance(part, Close)
        if depth < 0:
            return False
    return depth == 0


@given(SCRAPS)
@settings(max_examples=300, deadline=None)
def test_never_raises(reader: Readers, source: str) -> None:
    """Any text is read; links are closed, and no placeholder is left."""
    for given_reader in (reader(own=("mine",)), reader(**SWITCHED), reader(html=False)):
        text = given_reader.read(source, key="a/b.md", title=None)
        assert links_are_closed(text.body.parts)
        assert links_are_closed(text.excerpt)
        html = body(text) + excerpt(text)
        assert not any(sign in html for sign in SIGNS)
        given_reader.inline(source)
        given_reader.block(source)


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
@example("\ufeff\x00\x85\u2028")
def test_any_characters(reader: Readers, source: str) -> None:
    """Any characters are read, and what XML forbids does not come out."""
    text = reader().read(source, key="a.md", title=None)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", body(text))


@given(
    st.lists(WORDS, min_size=1, max_size=6),
    st.sampled_from(["", "> ", "- ", "1. ", "# ", "    ", "| ", "> [!note] ", "[^a]: ", ": ", "<div>\n\n"]),
)
@settings(max_examples=300, deadline=None)
def test_never_loses_words(reader: Readers, paragraphs: list[list[str]], start: str) -> None:
    """The words of a text come out, all of them and in order."""
    source = "\n\n".join(start + " ".join(words) for words in paragraphs)
    text = reader().read(source, key="a.md", title="")
    page = LexborHTMLParser(f"<main>{body(text)}</main>").css_first("main")
    assert page is not None
    shown = iter(page.text().split())
    missing = [word for words in paragraphs for word in words if not any(word in other for other in shown)]
    assert not missing


@given(SCRAPS)
@settings(max_examples=200, deadline=None)
def test_reading_leaves_no_trace(reader: Readers, source: str) -> None:
    """The same text gives the same result, whatever was read before."""
    one = reader().read(source, key="a.md", title=None)
    reader().read("# x {#y}\n\n[a](b.md)[^1] {{ z }}\n\n[^1]: c", key="b.md", title=None)
    assert reader().read(source, key="a.md", title=None) == one


@given(
    st.text(st.sampled_from("ab \n\t(){}[]<>\"'#=:+-*/&;.,0é"), max_size=120),
    st.sampled_from(["python", "html", "c", "js", "yaml", "bash", "sql", "r"]),
)
@settings(max_examples=200, deadline=None)
def test_highlighting_keeps_the_code(reader: Readers, code: str, language: str) -> None:
    """Highlighted code is the code that was typed."""
    source = f"~~~~ {language}\n{code}\n~~~~"
    shown = LexborHTMLParser(body(reader().read(source, key="a.md", title="")), is_fragment=True).css_first("code")
    assert shown is not None
    assert shown.text() == f"{code}\n"


def test_count_words_is_simple() -> None:
    """Words are parted by spaces and hold a letter or digit."""
    assert count_words("a - b… «c» 漢字x 1,000 __") == 7
    assert limits.largest("") == limits.GROWTH * limits.SMALL
