"""Template syntax of other generators: it is text, to the letter, and the writer is told once."""

from __future__ import annotations

import re

from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from wol.model.markdown_syntax import begins_with

ENDS = {"{{": "}}", "{%": "%}"}

_LINES = 100
"""How many lines are looked through for the end, so that time stays in proportion."""

_FORMULA = re.compile(r"[\w^}{\\)\]]")


@begins_with("{")
def foreign_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take template syntax that begins a paragraph and goes on over lines, which may look like other blocks."""
    at = state.bMarks[start] + state.tShift[start]
    close = ENDS.get(state.src[at : at + 2]) if state.src.startswith("{", at) else None
    if close is None or silent or state.is_code_block(start) or state.src.find(close, at + 2, state.eMarks[start]) >= 0:
        return False
    line = start + 1
    while line < min(end, start + _LINES) and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
        line += 1
        if state.src.find(close, state.bMarks[line - 1], state.eMarks[line - 1]) >= 0:
            break
    else:
        return False
    state.line = line
    state.push("paragraph_open", "p", 1).map = [start, line]
    inline = state.push("inline", "", 0)
    inline.content = mdTrim(state.getLines(start, line, state.blkIndent, False))
    inline.map = [start, line]
    state.push("paragraph_close", "p", -1)
    return True


def foreign(state: StateInline, silent: bool) -> bool:
    """Take `{{ … }}` or `{% … %}` as text in which no Markdown is looked for."""
    start = state.pos
    end = ENDS.get(state.src[start : start + 2])
    if end is None or state.html_terminator_last(end) < start + 2:
        return False
    stop = state.src.find(end, start + 2, state.posMax)
    if stop < 0:
        return False
    if not silent:
        token = state.push("foreign", "", 0)
        token.content = state.src[start : stop + 2]
        token.meta["at"] = start
        token.meta["formula"] = start > 0 and _FORMULA.match(state.src[start - 1]) is not None
    state.pos = stop + 2
    return True


def is_only_foreign(text: str) -> bool:
    """Tell whether a text is nothing but template syntax."""
    text = text.strip()
    while text:
        end = ENDS.get(text[:2])
        stop = text.find(end, 2) if end else -1
        if stop < 0:
            return False
        text = text[stop + 2 :].lstrip()
    return True
