"""Markdown inside elements of HTML that ask for it: `<div markdown="1">` (PHP Markdown Extra and kramdown).

`1` reads the content as the element has it: blocks in a `div`, one text in a `p` or a heading. `block` and `span` say which; `0` (kramdown) keeps all as it stands.
The attribute shows in no output.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from textwrap import dedent

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from wol.content.markdown.findings import findings_of
from wol.content.markdown.tags import VOID, Piece, pieces
from wol.model.markdown_syntax import begins_with

ATTRIBUTE = "markdown"

IN_FIGURE = "in_figure"
"""Key in the `meta` of paragraphs whose image is not to be a figure of its own."""

_SPANS = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "th", "caption", "summary", "legend", "address"])
"""Elements that hold one text."""
_EITHER = frozenset(["li", "dd", "td", "figcaption"])
"""Elements that hold blocks if what is in them looks like some: the two tools differ in these."""
_BLOCKS = frozenset(
    [
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "details",
        "div",
        "dl",
        "fieldset",
        "figure",
        "footer",
        "form",
        "header",
        "main",
        "menu",
        "nav",
        "ol",
        "section",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
_START = re.compile(r"<([A-Za-z][A-Za-z0-9]*)(?=[\s>])")
_LOOKS_LIKE_BLOCKS = re.compile(r"\n[ \t]*\n|^[ \t]*(?:[-*+]|\d+[.)]|#{1,6}|>|```|~~~)[ \t]", re.MULTILINE)
_LINES = 20_000
"""Lines of a text that are looked through for the ends of such elements, so that the time stays in proportion."""


@begins_with("<")
def markdown_in_html(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take an element at the beginning of a line, if it or one within it has the attribute."""
    findings = findings_of(state.env)
    if silent or not findings.markdown_in_html or state.is_code_block(start):
        return False
    found = _START.match(state.src, state.bMarks[start] + state.tShift[start])
    if found is None or found[1].lower() not in _BLOCKS | _SPANS | _EITHER:
        return False
    stop = _end(state, start, end, found[1])
    if stop < 0:
        return False
    html = state.getLines(start, stop, state.blkIndent, True)
    parts = list(pieces(html))
    if not any(_mode(piece) for piece in parts):
        return False
    _Writer(state, html, start).write(parts)
    state.line = stop
    return True


def _end(state: StateBlock, start: int, end: int, name: str) -> int:
    """Return the line after the one in which an element ends, or -1."""
    findings = findings_of(state.env)
    tag = re.compile(rf"<(/?){re.escape(name)}(?=[\s/>])", re.IGNORECASE)
    depth = 0
    for line in range(start, end):
        findings.lines_of_html += 1
        if findings.lines_of_html > _LINES or (state.sCount[line] < state.blkIndent and not state.isEmpty(line)):
            return -1
        for found in tag.finditer(state.src, state.bMarks[line], state.eMarks[line]):
            depth += -1 if found[1] else 1
        if depth <= 0:
            return line + 1
    return -1


def _mode(piece: Piece) -> str:
    """Return how the content of an element is to be read: `block`, `span`, `raw`, or nothing where it does not say."""
    if piece.kind != "open" or piece.name in VOID:
        return ""
    value = next((attribute.value.strip().lower() for attribute in piece.attributes if attribute.name == ATTRIBUTE), "")
    if value == "1":
        return "span" if piece.name in _SPANS else "either" if piece.name in _EITHER else "block" if piece.name in _BLOCKS else ""
    return {"block": "block", "span": "span", "0": "raw"}.get(value, "")


def _closing(parts: Sequence[Piece], opening: int) -> int:
    """Return the number of the piece that closes an element, or -1."""
    name, depth = parts[opening].name, 0
    for number in range(opening, len(parts)):
        piece = parts[number]
        if piece.name == name and piece.kind in ("open", "close"):
            depth += 1 if piece.kind == "open" else -1
            if depth == 0:
                return number
    return -1


class _Writer:
    """Writes the tokens of one element: raw HTML, and what is Markdown in it."""

    def __init__(self, state: StateBlock, html: str, line: int) -> None:
        self._state = state
        self._html = html
        self._line = line
        self._raw_from = 0

    def write(self, parts: Sequence[Piece]) -> None:
        number = 0
        while number < len(parts):
            piece = parts[number]
            mode = _mode(piece)
            closing = _closing(parts, number) if mode else -1
            if closing < 0:
                number += 1
                continue
            if mode != "raw":
                text = self._html[piece.end : parts[closing].start]
                is_blocks = mode == "block" or (mode == "either" and _LOOKS_LIKE_BLOCKS.search(text) is not None)
                self._flush(piece.end, ends_line=is_blocks)
                if is_blocks:
                    self._push_blocks(text, self._at(piece.end), in_figure=piece.name == "figure")
                elif text.strip():
                    self._push_text(text, self._at(piece.end))
                self._raw_from = parts[closing].start
            number = closing + 1
        self._flush(len(self._html), ends_line=True)

    def _flush(self, stop: int, *, ends_line: bool) -> None:
        """Push what stands before a place as raw HTML."""
        raw = self._html[self._raw_from : stop]
        if raw.strip():
            token = self._state.push("html_block", "", 0)
            line = self._at(self._raw_from)
            token.map = [line, line + raw.count("\n") + 1]
            token.content = f"{raw}\n" if ends_line and not raw.endswith("\n") else raw
        self._raw_from = stop

    def _push_blocks(self, text: str, line: int, *, in_figure: bool) -> None:
        first, newline, rest = text.partition("\n")
        inner: list[Token] = []
        self._state.md.block.parse(f"{first.strip()}{newline}{dedent(rest)}", self._state.md, self._state.env, inner)
        for token in inner:
            token.level += self._state.level
            token.map = [token.map[0] + line, token.map[1] + line] if token.map else None
            if in_figure and token.tag == "p":
                token.hidden = True
                token.meta[IN_FIGURE] = True
        self._state.tokens += inner

    def _push_text(self, text: str, line: int) -> None:
        line += text[: len(text) - len(text.lstrip())].count("\n")
        paragraph = self._state.push("paragraph_open", "p", 1)
        inline = self._state.push("inline", "", 0)
        inline.content, inline.children = text.strip(), []
        paragraph.map = inline.map = [line, line + inline.content.count("\n") + 1]
        paragraph.hidden = True
        self._state.push("paragraph_close", "p", -1).hidden = True

    def _at(self, place: int) -> int:
        """Return the line of the text at a place of the element."""
        return self._line + self._html.count("\n", 0, place)
