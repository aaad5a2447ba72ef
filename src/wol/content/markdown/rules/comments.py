"""Comments: `<!-- … -->` is left out of all output; `<!--more-->` ends the excerpt.

They are comments even where raw HTML is switched off. What is never closed is an error: the rest of the text would be lost, or shown.
"""

from __future__ import annotations

from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from wol.content.markdown.findings import Findings, findings_of
from wol.content.markdown.tags import comment_end, is_more, pieces
from wol.model.markdown_syntax import begins_with

UNCLOSED = "The comment `<!--` is not closed"


@begins_with("<")
def comment_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take a block that begins with `<!--`, up to the line with `-->` (CommonMark 0.31, section 4.6, condition 2)."""
    at = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("<!--", at, state.eMarks[start]) or state.is_code_block(start):
        return False
    if silent:
        return True
    line = start
    while "-->" not in state.src[at : state.eMarks[line]]:
        line += 1
        if line >= end or (state.sCount[line] < state.blkIndent and not state.isEmpty(line)):
            line -= 1
            break
        at = state.bMarks[line] + state.tShift[line]
    state.line = line + 1
    token = state.push("html_block", "", 0)
    token.map = [start, state.line]
    token.content = state.getLines(start, state.line, state.blkIndent, True)
    return True


def comment_inline(state: StateInline, silent: bool) -> bool:
    """Take a comment inside a paragraph."""
    start = state.pos
    if not state.src.startswith("<!--", start):
        return False
    end = comment_end(state.src, start) if state.html_terminator_last("-->") > start else -1
    if not 0 < end <= state.posMax:
        if silent:
            return False
        token = state.push("comment_unclosed", "", 0)
        token.content = "<!--"
        token.meta["at"] = start
        state.pos = start + 4
        return True
    if not silent:
        token = state.push("comment", "", 0)
        if is_more(state.src[start:end]):
            token.meta["more"] = findings_of(state.env).more = True
    state.pos = end
    return True


def split_comments(state: StateCore) -> None:
    """Cut comments out of blocks of raw HTML, but not out of scripts and the like."""
    if "<!--" not in state.src:
        return
    tokens: list[Token] = []
    for token in state.tokens:
        if token.type == "html_block" and "<!--" in token.content:
            tokens += _cut(token, findings_of(state.env), html=bool(state.md.options.html))
        else:
            tokens.append(token)
    state.tokens = tokens


def _cut(block: Token, findings: Findings, *, html: bool) -> list[Token]:
    """Cut a block at its comments; what stands beside them is raw HTML, or a paragraph where that is switched off."""
    tokens: list[Token] = []
    text = ""
    start = line = block.map[0] if block.map else 0

    def flush() -> None:
        nonlocal text
        lines = [start, line + 1]
        if html and text.strip():
            tokens.append(block.copy(content=text, map=lines))
        elif text.strip():
            level = block.level
            tokens.append(Token("paragraph_open", "p", 1, level=level, map=lines, block=True))
            tokens.append(Token("inline", "", 0, level=level + 1, content=text.strip(), map=lines, children=[], block=True))
            tokens.append(Token("paragraph_close", "p", -1, level=level, block=True))
        text = ""

    for piece in pieces(block.content):
        content = block.content[piece.start : piece.end]
        if piece.kind == "comment" and is_more(content):
            flush()
            findings.more = True
            tokens.append(Token("comment", "", 0, level=block.level, block=True, map=[line, line + 1], meta={"more": True}))
        elif piece.kind == "unclosed":
            findings.report("comment-unclosed", UNCLOSED, findings.first_line + line)
        elif piece.kind != "comment":
            if not text:
                start = line
            text += content
        line += content.count("\n")
    flush()
    return tokens
