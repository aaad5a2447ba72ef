"""Definition lists: a term, and below it its definitions, each with `:` before it (Pandoc's `definition_lists` and PHP Markdown Extra).

Pandoc's other marker, `~`, begins too many lines of shell sessions and is text here. As in Pandoc, what goes on is indented by four columns; two after the marker
are enough too, as long as no line of that definition needs the four.
"""

from __future__ import annotations

from markdown_it.rules_block import StateBlock

from wol.model.markdown_syntax import begins_with

_COLUMNS = 4
"""Columns by which a definition goes on (a tab stop), and by which a line is indented code."""

_LEAST = 2
"""Columns after the marker that are enough."""


@begins_with(None, ends=":")
def definition_list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take a list: terms of one line each, and at least one definition below each, perhaps after an empty line."""
    if silent:
        return state.ddIndent >= 0 and _after_marker(state, start) >= 0
    if state.is_code_block(start) or _definition_of(state, start, end) < 0:
        return False
    first = len(state.tokens)
    opening = state.push("dl_open", "dl", 1)
    opening.map = [start, start]
    is_tight = True
    line = start
    while (definition := _definition_of(state, line, end)) >= 0:
        _push_term(state, line)
        line = definition
        after_blank = False
        while line < end and state.sCount[line] >= state.blkIndent and _after_marker(state, line) >= 0:
            is_tight = _push_definition(state, line, end) and not after_blank and is_tight
            after_blank = state.line - line > 1 and state.isEmpty(state.line - 1)
            line = state.line
        if line >= end or state.isEmpty(line) or state.sCount[line] < state.blkIndent:
            break
    state.push("dl_close", "dl", -1)
    opening.map[1] = state.line = line
    if is_tight:
        _hide_paragraphs(state, first)
    return True


def _after_marker(state: StateBlock, line: int) -> int:
    """Return the place after the `:` with which a line begins a definition, or -1."""
    start = state.bMarks[line] + state.tShift[line]
    if not state.src.startswith(":", start, state.eMarks[line]) or state.is_code_block(line):
        return -1
    text = state.skipSpaces(start + 1)
    return start + 1 if start + 1 < text < state.eMarks[line] else -1


def _definition_of(state: StateBlock, term: int, end: int) -> int:
    """Return the line of the first definition of a term, or -1 if it has none and so is no term."""
    line = term + 1
    if line < end and state.isEmpty(line):
        line += 1
    if line >= end or state.sCount[line] < state.blkIndent:
        return -1
    return line if _after_marker(state, line) >= 0 else -1


def _push_term(state: StateBlock, line: int) -> None:
    state.push("dt_open", "dt", 1).map = [line, line]
    inline = state.push("inline", "", 0)
    inline.map = [line, line]
    inline.content = state.getLines(line, line + 1, state.blkIndent, False).strip()
    inline.children = []
    state.push("dt_close", "dt", -1)


def _push_definition(state: StateBlock, line: int, end: int) -> bool:
    """Parse a definition; `state.line` is then the line after it. Returns whether it is tight."""
    opening = state.push("dd_open", "dd", 1)
    opening.map = [line, line]
    text = _after_marker(state, line)
    column = state.sCount[line] + 1
    while state.src[text] in " \t":
        column += _COLUMNS - column % _COLUMNS if state.src[text] == "\t" else 1
        text += 1
    before = state.tight, state.ddIndent, state.blkIndent, state.parentType
    shift, count = state.tShift[line], state.sCount[line]
    state.blkIndent = state.ddIndent = _content_column(state, line, end, column)
    state.tShift[line] = text - state.bMarks[line]
    state.sCount[line] = max(column, state.blkIndent)
    state.tight, state.parentType = True, "deflist"
    state.md.block.tokenize(state, line, end)
    is_tight = state.tight
    state.tShift[line], state.sCount[line] = shift, count
    state.tight, state.ddIndent, state.blkIndent, state.parentType = before
    state.push("dd_close", "dd", -1)
    opening.map[1] = state.line
    return is_tight


def _content_column(state: StateBlock, line: int, end: int, column: int) -> int:
    """Return the column from which the content of a definition is read, whose first line has its text at `column`."""
    least, usual = state.sCount[line] + _LEAST, state.blkIndent + _COLUMNS
    goes_on = column >= usual + _COLUMNS
    for following in range(line + 1, end):
        if state.isEmpty(following):
            continue
        if state.sCount[following] < least:
            break
        if state.sCount[following] < usual:
            return least
        goes_on = True
    return usual if goes_on else least


def _hide_paragraphs(state: StateBlock, first: int) -> None:
    """Show the definitions of a tight list without paragraphs."""
    level = state.level + 2
    for place in range(first + 2, len(state.tokens) - 2):
        if state.tokens[place].level == level and state.tokens[place].type == "paragraph_open":
            state.tokens[place].hidden = state.tokens[place + 2].hidden = True
