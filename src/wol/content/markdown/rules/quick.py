"""Rules of markdown-it-py with the same outcome for less: what is asked first is what most often says no."""

from __future__ import annotations

from bisect import bisect_right

from markdown_it.rules_block import StateBlock, lheading
from markdown_it.rules_core import StateCore, normalize, text_join
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

from wol.content.markdown.lean_states import LeanBlock, make_token
from wol.model.markdown_syntax import begins_with


@begins_with("\n")
def newline(state: StateInline, silent: bool) -> bool:
    """Take the end of a line: a break, hard after two spaces, without the spaces around it."""
    source = state.src
    pos = state.pos
    if source[pos] != "\n":
        return False
    if not silent:
        kind = "softbreak"
        pending = state.pending
        if pending[-1:] == " ":
            if pending[-2:-1] == " ":
                kind = "hardbreak"
                state.pending = pending.rstrip(" ")
            else:
                state.pending = pending[:-1]
        state.push(kind, "br", 0)
    pos += 1
    end = state.posMax
    while pos < end and source[pos] in " \t":
        pos += 1
    state.pos = pos
    return True


@begins_with("*_")
def emphasis(state: StateInline, silent: bool) -> bool:
    """Take a run of signs of emphasis: a text for each, of which the later rules make tags."""
    start = state.pos
    marker = state.src[start]
    if silent or marker not in ("*", "_"):
        return False
    can_open, can_close, length = state.scanDelims(start, marker == "*")
    state.push("text", "", 0).content = marker
    tokens, level, code = state.tokens, state.level, ord(marker)
    last = len(tokens) - 1
    state.delimiters.append(Delimiter(code, length, last, -1, can_open, can_close))
    for place in range(last + 1, last + length):
        tokens.append(make_token("text", "", 0, level, marker))
        state.tokens_meta.append(None)
        state.delimiters.append(Delimiter(code, length, place, -1, can_open, can_close))
    state.pos = start + length
    return True


def underlined_heading(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take a heading that is underlined. The stock rule goes through each paragraph to its end; here only if some line can underline it."""
    if not isinstance(state, LeanBlock) or state.is_code_block(start):
        return lheading(state, start, end, silent)
    lines = state.underlines
    place = bisect_right(lines, start) if lines else 0
    if place < len(lines) and lines[place] < end:
        line = start + 1
        while line < lines[place] and not state.isEmpty(line):
            line += 1
        if line == lines[place]:
            return lheading(state, start, end, silent)
    state.parentType = "paragraph"  # as the stock rule leaves it
    return False


def normal_text(state: StateCore) -> None:
    """Make line ends and null characters normal where there are any to be made so."""
    if "\r" in state.src or "\0" in state.src:
        normalize(state)


def join_text(state: StateCore) -> None:
    """Join texts that stand side by side, where there are any."""
    for token in state.tokens:
        if token.type == "inline" and token.children:
            before = ""
            for child in token.children:
                kind = child.type
                if kind == "text_special" or child.children or (kind == "text" == before):
                    text_join(state)
                    return
                before = kind
