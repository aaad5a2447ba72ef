"""Every shape in which something of a draft may show is found, and nothing that only looks like it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache

import pytest

from harness.leaking import leaking, leaks
from harness.site import Site
from wol.engine.unpublished import own_words
from wol.features.registry import load
from wol.leaks.excuses import excused
from wol.leaks.needles import HiddenWords, Needles
from wol.leaks.search import Search
from wol.leaks.text import folded as fold
from wol.leaks.text import words_of

DRAFT = HiddenWords.of(
    "",
    ("The rhubarb heist", "Überfall – “Nachts”", "rhubarb-heist", "/2026/11/rhubarb-heist/", "Baby"),
    "We planned it at Oberammergau, café Größenwahn, совершенно секретно, 秘密の計画, déjà. Shouldn't tell Zanzibar.\ndrafts/heist.md",
)
PUBLIC = ("posts/garden.md\n# A garden\n\nWe planted tulips behind the old house; the gardener's way.\n",)


def seen(output: str, *texts: str, path: str = "a.html", draft: HiddenWords = DRAFT) -> list[str]:
    """Return what of a draft is found in an artifact, where these texts are public."""
    needles = Needles.of_all([draft])
    for text in (*PUBLIC, *texts):
        needles = needles.without(excused(needles, text))
    found = Search(needles).found(path, output.encode())
    return sorted(set(found) - excused(Needles.told_apart(found), what_wol_writes()))


@cache
def what_wol_writes() -> str:
    """Return the texts that wol itself may write."""
    return "\n".join(own_words.texts("en", load))


LEAKS = (
    "Oberammergau",
    "oberammergau",
    "OBERAMMERGAU",
    "<p>at Oberammergau.</p>",
    "at&#32;&#79;berammergau",
    "&#x4f;berammergau",
    "at%20Oberammergau",
    "%4Fberammergau",
    "%254Fberammergau",
    "Ober&shy;ammergau",
    "Ober\u00adammergau",
    "Ober\u200bammergau",
    "Ober<wbr>ammergau",
    "<b>Ober</b>ammergau",
    'Ober<mark class="hit">amm</mark>ergau',
    "Ober<!-- here -->ammergau",
    "&lt;b&gt;Ober&lt;/b&gt;ammergau",
    "<img alt='Oberammergau'>",
    '<meta content="Oberammergau">',
    "<!-- Oberammergau -->",
    '{"a": "Oberammergau"}',
    '{"a": "\\u004fberammergau"}',
    '{"a": "caf\\u00e9 Gr\\u00f6\\u00dfenwahn"}',
    "Größenwahn",
    "GRÖSSENWAHN",
    "Gr&ouml;&szlig;enwahn",
    "Gr&amp;ouml;&amp;szlig;enwahn",
    "Gr%C3%B6%C3%9Fenwahn",
    unicodedata.normalize("NFD", "Größenwahn"),
    "СОВЕРШЕННО",
    "&#1089;&#1086;&#1074;&#1077;&#1088;&#1096;&#1077;&#1085;&#1085;&#1086;",
    '"\\u79d8\\u5bc6\\u306e\\u8a08\\u753b"',
    "秘密の計画",
    "the  RHUBARB\nheist",
    "The <em>rhubarb</em> heist",
    "The&nbsp;rhubarb&nbsp;heist",
    '<a href="/2026/11/rhubarb-heist/">x</a>',
    "https://example.org/2026/11/rhubarb-heist/",
    "https:\\/\\/example.org\\/2026\\/11\\/rhubarb-heist\\/",
    "#rhubarb-heist",
    'ÜBERFALL - "NACHTS"',
    "&Uuml;berfall &ndash; &ldquo;Nachts&rdquo;",
    "<li>Baby</li>",
    "BABY!",
    "x-Zanzibar",
    "Zanzibar2",
)


@pytest.mark.parametrize("shown", LEAKS)
def test_a_leak_in_any_shape(shown: str) -> None:
    """Letters, escapes, tags and case may be what they like."""
    assert seen(shown), shown


@pytest.mark.parametrize("path", ["oberammergau.html", "x/rhubarb-heist/index.html", "caf%C3%A9-gr%C3%B6%C3%9Fenwahn.txt", "Zanzibar.bin"])
def test_the_name_of_a_file_leaks(path: str) -> None:
    """What a file is called counts as what it says."""
    assert seen("Nothing.", path=path)


# Output, and a public text from which all of it may have come.
INNOCENT = (
    ("<p>We planted tulips.</p>", ""),
    ("<h2 id='rhubarb-heist'>Rhubarb heist</h2>", "## Rhubarb heist\n"),
    ("<h2 id='the-rhubarb-heist'>The “rhubarb” heist!</h2>", '## The "rhubarb" heist!\n'),
    ("<a href='#rhubarb-heist'>x</a>", "Rhubarb, heist: both."),
    ("<a href='/tags/rhubarb-heist/'>x</a>", "tags: [rhubarb heist]"),
    ("<b>The rhubarb heist</b>", "See [the rhubarb heist](drafts/heist.md)."),
    ("The rhubarb heist", "the-rhubarb-heist"),
    ("THE RHUBARB HEIST", "The *rhubarb* heist"),
    ("<em>Oberammergau</em>", "oberammergau"),
    ("Oberammergau", "Ober*amm*ergau"),
    ("Oberammergau", "Ober<b>amm</b>ergau"),
    ("Oberammergau", "Ober&shy;ammergau"),
    ("Ober<wbr>ammergau", "Oberammergau"),
    ("Oberammergau", "![x](Oberammergau.jpg)"),
    ("Oberammergau", "/2026/Oberammergau.md\n"),
    ("Größenwahn", "Gr&ouml;&szlig;enwahn"),
    ("Größenwahn", unicodedata.normalize("NFD", "Größenwahn")),
    (unicodedata.normalize("NFD", "Größenwahn"), "Größenwahn"),
    ("GRÖSSENWAHN", "größenwahn"),
    ('"Gr\\u00f6\\u00dfenwahn"', "Größenwahn"),
    ("Gr%C3%B6%C3%9Fenwahn", "Größenwahn"),
    ("Zanzibars", ""),
    ("<li>Babylon</li>", ""),
    ("/baby-steps/", ""),
    ("2026/11/rhubarb-heists/", ""),
    ("/tags/2026/11/rhubarb-heist/", "2026/11/ rhubarb heist"),
    ("x-rhubarb-heist-x", "A rhubarb. The heist."),
    ("Shouldnt", ""),
    ("zanzibar", "print('\\nZanzibar')"),
    ("Baby", "Babysitter"),
    ("Überfall – „Nachts“", 'Überfall - "Nachts"'),
    ("https://example.org/2026/11/rhubarb-heist/", "[x](/2026/11/rhubarb-heist/)"),
    ("秘密の計画", "秘密の計画"),
    ("совершенно", "СОВЕРШЕННО"),
)


@pytest.mark.parametrize(("shown", "text"), INNOCENT)
def test_what_may_have_come_from_a_public_text_is_no_leak(shown: str, text: str) -> None:
    """It is none in any form that a build may give it; and without the public text it would be one, unless it is another word."""
    assert seen(shown, text) == []
    assert bool(seen(shown)) == bool(text)


@pytest.mark.parametrize("shown", ['{"a": "x\\nOberammergau"}', '{"a": "x\\noberammergau"}', "<script>x = '\\tOberammergau'</script>"])
def test_a_word_at_the_beginning_of_a_line_in_a_string(shown: str) -> None:
    """The escape before it is no part of it."""
    assert seen(shown) == ["oberammergau"]


def test_an_escape_is_no_letter_of_a_word() -> None:
    """A hidden text that has `\\ntake` is not found in a feed in which a line begins with `take`."""
    draft = HiddenWords.of("", (), "print('\\ntake')")
    assert seen('{"a": "x\\ntake"}', "Take it.", draft=draft) == []


def test_a_class_of_highlighted_code_is_no_leak() -> None:
    """Pygments names kinds of code in classes, in some languages with whole words."""
    assert seen('<span class="p p-Indicator">-</span>', draft=HiddenWords.of("", (), "An indicator.")) == []


def test_a_key_of_front_matter_is_no_leak() -> None:
    """A page that says that something is private has not taken the word from `private: yes`."""
    assert seen("<p>This is private.</p>", draft=HiddenWords.of("", (), "private: yes")) == []


WORDS_OF_WOL = (
    "Permalink, archive, November, generator, published, stylesheet, viewport, canonical, alternate, footnote, blockquote, noindex, sitemap, "
    "urlset, language, authors, attachments, description, Wednesday, disallow, doctype, thead, checkbox, webmention, license"
)


@pytest.mark.parametrize("word", sorted(words_of(fold(WORDS_OF_WOL)) - {"webmention", "attachments"}))
def test_what_wol_writes_itself_is_no_leak(word: str) -> None:
    """A draft may have the words of markup, feeds and dates."""
    assert seen(f"<p>{word}</p>", draft=HiddenWords.of("", (), f"About {word}.")) == []


@pytest.mark.parametrize(
    "word", ["contraband", "journal", "candidate", "mixture", "writer", "directory", "canary", "careless", "accident", "promise", "stable"]
)
def test_a_word_of_the_source_of_wol_is_a_leak(word: str) -> None:
    """That somebody used it in a comment of wol explains nothing."""
    assert seen(f"<p>{word}</p>", draft=HiddenWords.of("", (), f"About {word}.")) == [word]


def test_the_list_of_what_wol_writes_is_small() -> None:
    """It has none of the words with which programs are written, but for the keys of front matter, and no letter of the site that it is made with."""
    words = {word for text in own_words.texts("en", load) for word in words_of(fold(text))}
    assert 100 < len(words) < 700
    assert words.isdisjoint({"import", "docstring", "journal", "writer", "secret", "canary", "builder", "process", "because"})


@pytest.mark.parametrize("path", ["a.css", "a.js", "a.svg", "a.csv", "a.ics", "a.webmanifest", "a.md", "a", "a.HTML"])
def test_any_file_of_text_is_looked_into(site: Callable[..., Site], path: str) -> None:
    """What a plugin writes may leak, whatever the file is called."""
    files, config = leaking(path, "/* Oberammergau */")
    draft = "---\ntitle: X\n---\nAt Oberammergau.\n"
    assert len(leaks(site({"content/about.md": "We.", **files, "content/drafts/x.md": draft}, config))) == 1


def test_a_draft_with_the_slug_of_a_public_heading(site: Callable[..., Site]) -> None:
    """Headings, tags and titles of public texts make the same slugs, and do not stop a deploy."""
    public: dict[str, str | bytes] = {
        "content/posts/a.md": "---\ntitle: A Café & Bar\ndate: 2026-11-01\ntags: [C++ Programming]\n---\n## Getting started\n\n### What's new? {#whats-on}\n",
    }
    for name in ("getting-started", "a-café-and-bar", "c-plus-plus-programming", "whats-on", "whats-new"):
        draft = f"---\ntitle: X\nslug: {name}\n---\nText.\n"
        assert leaks(site({**public, "content/drafts/x.md": draft})) == [], name
