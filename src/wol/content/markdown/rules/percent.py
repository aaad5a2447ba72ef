"""Obsidian's comments `%%…%%`: left out where the site says so, an error where they would be published as text."""

from __future__ import annotations

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from wol.content.markdown.findings import findings_of
from wol.model.markdown_syntax import begins_with

UNCLOSED_WAY_OUT = "close it with `%%`, or write `\\%%` for text"


@begins_with("%")
def percent_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take a comment that begins a line with `%%` and goes on over lines and blank lines to the next `%%`."""
    if state.is_code_block(start):
        return False
    at = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("%%", at, state.eMarks[start]) or state.src.find("%%", at + 2, state.eMarks[start]) >= 0:
        return False
    if silent:
        return True
    line = start + 1
    while line < end and (close := state.src.find("%%", state.bMarks[line], state.eMarks[line])) < 0:
        line += 1
    if line < end:
        rest = close + 2
        state.line = line + 1
        if state.src[rest : state.eMarks[line]].strip():
            state.bMarks[line] = rest
            state.tShift[line] = state.skipSpaces(rest) - rest
            state.sCount[line] = state.blkIndent
            state.line = line
    else:
        findings = findings_of(state.env)
        findings.report("comment-unclosed", "The comment `%%` is not closed", findings.first_line + start, UNCLOSED_WAY_OUT)
        state.line = end
    return True


def percent_comment(state: StateInline, silent: bool) -> bool:
    """Take a comment inside a paragraph."""
    start = state.pos
    if not state.src.startswith("%%", start):
        return False
    end = state.src.find("%%", start + 2, state.posMax) if state.html_terminator_last("%%") > start + 1 else -1
    if not silent:
        token = state.push("comment" if end >= 0 else "percent_unclosed", "", 0)
        token.content = "%%"
        token.meta["at"] = start
    state.pos = end + 2 if end >= 0 else start + 2
    return True


def percent_text(state: StateInline, silent: bool) -> bool:
    """Note a `%%` that is text here but could be meant as a comment."""
    start = state.pos
    if not state.src.startswith("%%", start):
        return False
    if not silent:
        token = state.push("percent", "", 0)
        token.content = "%%"
        token.meta["at"] = start
    state.pos = start + 2
    return True


def begins_line(text: str, at: int) -> bool:
    """Tell whether only spaces stand before a position in its line."""
    return not text[text.rfind("\n", 0, at) + 1 : at].strip()
