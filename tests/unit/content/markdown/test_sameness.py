"""The parser with its quick rules and short loops makes the tokens that markdown-it-py's own loops and rules make, for any text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt, rules_block, rules_core, rules_inline
from markdown_it.common import normalize_url
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.fragments_join import fragments_join
from msgspec.structs import fields

from wol.content.front_matter import split
from wol.content.markdown import limits, parsers
from wol.content.markdown.findings import Findings
from wol.content.markdown.lean_states import LeanBlock, LeanInline
from wol.content.markdown.parser import make_parser
from wol.content.markdown.parsers import BlockParser, InlineParser
from wol.model.config import MarkdownConfig

FIXTURES = Path(__file__).parents[3] / "fixtures"
SWITCHES = [field.name for field in fields(MarkdownConfig) if field.type is bool]
DIALECTS = {
    "default": MarkdownConfig(),
    "all on": MarkdownConfig(**dict.fromkeys(SWITCHES, True)),  # type: ignore[arg-type]
    "all off": MarkdownConfig(**dict.fromkeys(SWITCHES, False)),  # type: ignore[arg-type]
}


@cache
def quick_parser(dialect: str) -> MarkdownIt:
    return make_parser(DIALECTS[dialect])


@cache
def stock_parser(dialect: str) -> MarkdownIt:
    """Make the parser with all that markdown-it-py brings along: its loops, its states, its rules."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parsers, "KNOWN_VERSIONS", ("none",))
        md = make_parser(DIALECTS[dialect])
    inline = md.inline.ruler
    inline.at("newline", rules_inline.newline)
    inline.at("emphasis", rules_inline.emphasis.tokenize)
    md.inline.ruler2.at("fragments_join", fragments_join)
    md.block.ruler.at("lheading", rules_block.lheading)
    md.core.ruler.at("normalize", rules_core.normalize)
    md.core.ruler.at("text_join", rules_core.text_join)
    return md


def outcome(md: MarkdownIt, text: str) -> dict[str, Any]:
    """Give all that parsing a text leaves behind."""
    findings = Findings("content/a.md", "", 1)
    findings.pipes = "|" in text
    env: dict[str, Any] = {"findings": findings}
    try:
        tokens = [token.as_dict() for token in md.parse(text, env)]
    except (limits.TextRefusedError, RecursionError) as error:
        tokens = [{"refused": type(error)}]
    env.pop("unmarked", None)  # it names a state
    return {"tokens": tokens, **env}


def assert_same(text: str) -> None:
    for dialect in DIALECTS:
        assert outcome(quick_parser(dialect), text) == outcome(stock_parser(dialect), text), dialect


def test_the_installed_version_is_known() -> None:
    """The parser works with its short loops here, and with the stock ones under a version that is not known."""
    assert isinstance(quick_parser("default").inline, InlineParser)
    assert isinstance(quick_parser("default").block, BlockParser)
    assert not isinstance(stock_parser("default").inline, InlineParser)
    assert not isinstance(stock_parser("default").block, BlockParser)


@pytest.mark.parametrize("number", range(0, 652, 50))
def test_commonmark(number: int) -> None:
    """The examples of the specification."""
    for case in json.loads((FIXTURES / "commonmark" / "spec-0.31.2.json").read_text("utf-8"))[number : number + 50]:
        assert_same(case["markdown"])


@pytest.mark.parametrize("file", sorted((FIXTURES / "markdown").glob("*.md")), ids=lambda file: file.stem)
def test_fixtures(file: Path) -> None:
    """The fixtures of the dialect, whole and block by block."""
    text = file.read_text("utf-8")
    assert_same(text)
    for block in text.split("\n\n"):
        assert_same(block)


def bodies(blog: Path) -> Iterator[str]:
    for file in sorted(blog.rglob("*")):
        if file.suffix in (".md", ".markdown"):
            yield split(file.read_bytes(), file.name).body


@pytest.mark.corpora
@pytest.mark.parametrize("blog", ["18f", "mehdix", "scientific-python-blog"])
def test_real_blogs(corpora: Path, blog: str) -> None:
    """The posts of real blogs, in the dialect as it is by default."""
    for text in bodies(corpora / blog):
        assert outcome(quick_parser("default"), text) == outcome(stock_parser("default"), text)


PIECES = st.one_of(
    st.sampled_from("\n\n\n    \t\t*_`[]()<>!&#-+=~^|:;\\\"'{}%@/.,$1ah "),
    st.sampled_from(
        [
            *(
                "**",
                "__",
                "~~",
                "==",
                "``",
                "```",
                "~~~",
                "---",
                "===",
                "***",
                "- ",
                "1. ",
                "2) ",
                "> ",
                "# ",
                "## ",
                "    ",
                "  \n",
                "\\\n",
            ),
            *("[a](b.md)", "![x](y.png 't')", "[^1]", "[^1]: note\n", "[r]: /u 'T'\n", "[r]", "<b>", "</b>", "<div>\n", "<!-- c -->"),
            *("| a | b |\n|---|---|\n| 1 | 2 |\n", "term\n: what\n", "{.c #i}", "{{ x }}", "{% y", "%%c%%", "> [!note] T\n", "- [ ] t\n"),
            *(
                "http://a.b/c",
                "www.x.org",
                "me@x.org",
                "<https://x.org>",
                "&amp;",
                "&#35;",
                ":tada:",
                ":::circle",
                "word",
                "two words",
                "ü",
                "日本",
            ),
            *("\u00a0", "“", "…", "a_b_", "x**y**", "\n\n"),
        ]
    ),
)


@settings(max_examples=400)
@given(st.lists(PIECES, max_size=40).map("".join))
@example("> a\n- b\n===\n")
@example("a\n\n\n---\nb\n---\n")
@example("\t\n \n\t a\n   ")
@example("***a** b***c*")
@example("- a\n\n  \tb\n")
def test_random_texts(text: str) -> None:
    """Texts made of the signs that mean something, in any order."""
    assert_same(text)


@settings(max_examples=200)
@given(st.one_of(st.text(max_size=30), st.text("abz09/?#.:;@&=+$,-_!~*'()%HTtps", max_size=60).map(lambda end: f"http{end}")))
@example("https://example.org/a?b=c#d")
@example("http://EXAMPLE.org:/")
@example("//host/path")
@example("javascript:alert(1)")
@example("https://a.b-c.de@f.org/")
def test_addresses(url: str) -> None:
    """Addresses are made normal, and refused, as markdown-it-py does it."""
    md = quick_parser("default")
    assert md.normalizeLink(url) == normalize_url.normalizeLink(url)
    assert md.validateLink(url) == normalize_url.validateLink(url)


@settings(max_examples=200)
@given(st.text("ab/.#?=()<>\\&; \n*é", max_size=20), st.sampled_from(["[a](%s)", "![a](%s 't')", "[a]: %s\n\n[a]"]))
@example("a(b)c", "[a](%s)")
@example("a&amp;b", "[a](%s)")
def test_destinations(typed: str, form: str) -> None:
    """What links and images lead to is read as by the stock helper."""
    assert_same(form % typed)


@settings(max_examples=200)
@given(st.text(" \t\na>-=", max_size=30))
def test_lines(text: str) -> None:
    """Lines begin, end and are indented as the stock state says."""
    md = quick_parser("default")
    quick, stock = LeanBlock(text, md, {}, []), StateBlock(text, md, {}, [])
    for name in ("bMarks", "eMarks", "tShift", "sCount", "bsCount", "lineMax"):
        assert getattr(quick, name) == getattr(stock, name), name
    lines = text.split("\n")
    assert quick.underlines == [number for number in range(stock.lineMax) if lines[number].rstrip(" \t").endswith(("-", "="))]


@settings(max_examples=100)
@given(st.lists(PIECES, max_size=20).map("".join))
def test_unknown_rules_are_always_tried(text: str) -> None:
    """A rule of which it is not known with what it begins is tried wherever it would be tried by the stock loops."""
    seen: list[list[tuple[object, ...]]] = []
    for md in (make_parser(DIALECTS["default"]), stock_parser.__wrapped__("default")):
        tried: list[tuple[object, ...]] = []

        def inline(state: StateInline, silent: bool, tried: list[tuple[object, ...]] = tried) -> bool:
            tried.append((state.src, state.pos, silent))
            return False

        def block(state: StateBlock, start: int, end: int, silent: bool, tried: list[tuple[object, ...]] = tried) -> bool:
            if not silent:  # the stock rule of underlined headings looks ahead at more lines
                tried.append((start, end))
            return False

        md.inline.ruler.before("escape", "unknown", inline)
        md.block.ruler.before("fence", "unknown", block, {"alt": ["paragraph"]})
        outcome(md, text)
        seen.append(tried)
    assert seen[0] == seen[1]


@settings(max_examples=200)
@given(st.text("*_ a.\u00a0“ü\n", min_size=1, max_size=8), st.booleans(), st.data())
def test_flanking(text: str, split_words: bool, data: st.DataObject) -> None:
    """Runs of signs open and close emphasis as the stock state says."""
    md = quick_parser("default")
    start = data.draw(st.integers(0, len(text) - 1))
    quick, stock = LeanInline(text, md, {}, []), StateInline(text, md, {}, [])
    assert quick.scanDelims(start, split_words) == stock.scanDelims(start, split_words)
