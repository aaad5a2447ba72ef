"""CommonMark 0.31.2: the examples of its specification, read by wol's own pipeline."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from harness.cases import cases
from harness.settings import settings
from wol.config.classes import fields
from wol.content.markdown.parts import as_typed
from wol.content.markdown.reader import Reader
from wol.content.markdown.tags import closed_names, is_no_element, pieces
from wol.content.settings import read_settings
from wol.model.config import MarkdownConfig

EXAMPLES = json.loads((Path(__file__).parents[3] / "fixtures" / "commonmark" / "spec-0.31.2.json").read_text(encoding="utf-8"))
OFF: Any = {field.name: field.name == "html" for field in fields(MarkdownConfig) if field.type is bool}
PLAIN = MarkdownConfig(**OFF)

BLOCKS = "p|div|ul|ol|li|blockquote|h[1-6]|hr|pre|table|tr|td|section|article|center|script|style|del"

FIGURE = "an image alone in its paragraph with a title is a figure"
DIFFERENT: dict[int, str] = {
    572: f"inline: {FIGURE}",
    573: f"reference with emphasis: {FIGURE}",
    576: f"collapsed reference with emphasis: {FIGURE}",
    577: f"full reference: {FIGURE}",
    584: f"collapsed reference: {FIGURE}",
    585: f"collapsed reference with inner emphasis: {FIGURE}",
    586: f"collapsed reference in another case: {FIGURE}",
    588: f"shortcut reference: {FIGURE}",
    589: f"shortcut reference with emphasis: {FIGURE}",
    591: f"shortcut reference in another case: {FIGURE}",
    602: "a bare address is a link, also after a `<` that begins no autolink",
    608: "a bare address is a link, also between `< ` and ` >`",
    611: "a bare address is a link",
    612: "a bare mail address is a link",
}


def broken_tags_are_text(html: str) -> str:
    """Rule 1: a `<` that begins a tag without an end is text; browsers would swallow all that follows."""
    return "".join("&lt;" if piece.kind == "broken" else html[piece.start : piece.end] for piece in pieces(html))


def unseen_is_left_out(html: str) -> str:
    """Rule 2: comments, processing instructions, declarations and CDATA sections are left out."""
    return "".join(html[piece.start : piece.end] for piece in pieces(html) if piece.kind not in ("comment", "declaration"))


def as_browsers_read(html: str) -> str:
    """Rule 3: HTML is what an HTML5 parser makes of it: quotes, `<br />`, entities, and tags that are left open do not count."""
    return LexborHTMLParser(html, is_fragment=True).html or ""


def words_in_angle_brackets_are_text(html: str) -> str:
    """Rule 8: a bare tag that is no HTML element and is never closed is a word in angle brackets."""
    closed = closed_names(html)
    return "".join(
        text.replace("<", "&lt;") if piece.kind == "open" and is_no_element(piece, closed) else text
        for piece in pieces(html)
        for text in [html[piece.start : piece.end]]
    )


def without_heading_ids(html: str) -> str:
    """Rule 4: headings have anchors."""
    return re.sub(r'(<h[1-6]) id="[^"]*"', r"\1", html)


def without_code_dress(html: str) -> str:
    """Rule 5: code has a class and can be scrolled by keys."""
    return html.replace('<pre class="hl" tabindex="0">', "<pre>")


def without_highlighting(html: str) -> str:
    """Rule 6: code in a language that Pygments knows is highlighted."""

    def bare(found: re.Match[str]) -> str:
        return re.sub(r"</?span[^>]*>", "", found[0])

    return re.sub(r"<pre><code.*?</pre>", bare, html, flags=re.DOTALL)


def without_blank_lines(html: str) -> str:
    """Rule 7: white space between the tags of blocks does not count."""
    return re.sub(rf"\s*(</?(?:{BLOCKS})(?: [^>]*)?>)\s*", r"\1", html).strip()


RULES = (
    broken_tags_are_text,
    unseen_is_left_out,
    words_in_angle_brackets_are_text,
    as_browsers_read,
    without_heading_ids,
    without_code_dress,
    without_highlighting,
    without_blank_lines,
)


def normal(html: str) -> str:
    for rule in RULES:
        html = rule(html)
    return html


def read(reader: Reader, markdown: str) -> str:
    text = reader.read(markdown, key="a.md", title="")
    return as_typed(text.body.parts, text.links)


def reader(switches: MarkdownConfig) -> Reader:
    return Reader(read_settings(settings(markdown=switches)))


DIALECT = reader(MarkdownConfig())
COMMONMARK = reader(PLAIN)


def test_the_rules_are_few() -> None:
    """At most ten rules make both sides alike, and at most fifteen examples differ by intent."""
    assert len(EXAMPLES) == 652
    assert len(RULES) <= 10
    assert len(DIFFERENT) <= 15


def test_dialect() -> None:
    """The dialect reads CommonMark as the specification says, but for the named examples."""
    with cases() as case:
        for example in EXAMPLES:
            with case(example["example"]):
                same = normal(read(DIALECT, example["markdown"])) == normal(example["html"])
                assert same == (example["example"] not in DIFFERENT), DIFFERENT.get(example["example"])


def test_commonmark() -> None:
    """With the dialect's switches off, all examples come out as the specification says."""
    with cases() as case:
        for example in EXAMPLES:
            with case(example["example"]):
                assert normal(read(COMMONMARK, example["markdown"])) == normal(example["html"])
