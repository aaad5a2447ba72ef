"""Tables: the stock rule within limits, and without losing cells that a row has too many."""

from __future__ import annotations

from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock, table
from markdown_it.rules_block.table import escapedSplit, getLine
from markdown_it.token import Token

from wol.content.markdown import limits
from wol.content.markdown.findings import findings_of

_SECOND_LINE = ("|", "-", ":")
"""Signs with which the second line of a table begins."""


def bounded_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take a table, unless its cells are too many; a row's surplus cells join the last one, as typed."""
    at = state.bMarks[start + 1] + state.tShift[start + 1]
    if state.src[at : at + 1] not in _SECOND_LINE or not findings_of(state.env).pipes:
        return False
    if silent or not table(state, start, end, True):
        return table(state, start, end, silent)
    _look_ahead(state, start, end)
    index = len(state.tokens)
    table(state, start, end, False)
    made = state.tokens[index:]
    columns = sum(token.type == "th_open" for token in made)
    findings = findings_of(state.env)
    limits.count_cells(findings, columns * sum(token.type == "tr_open" for token in made), findings.first_line + start)
    for place, token in enumerate(made):
        if token.type == "tr_close" and made[place - 1].type == "td_close":
            _keep_surplus(state, made[place - 2], columns)
    return True


def _look_ahead(state: StateBlock, start: int, end: int) -> None:
    """Refuse a table that is far too large before the parser makes a token of each cell."""
    findings = findings_of(state.env)
    if start < findings.pipes_counted:
        return
    line, pipes = start, 0
    while line < end and not state.isEmpty(line):
        pipes += state.src.count("|", state.bMarks[line], state.eMarks[line])
        line += 1
    findings.pipes_counted = line
    if pipes > 2 * limits.CELLS:  # each cell has at most two
        limits.count_cells(findings, pipes, findings.first_line + start)


def _keep_surplus(state: StateBlock, last: Token, columns: int) -> None:
    text = mdTrim(getLine(state, last.map[0])) if last.map else ""
    if text.count("|") - text.startswith("|") - text.endswith("|") < columns:
        return
    cells = escapedSplit(text)
    if cells[0] == "":
        del cells[0]
    if cells and cells[-1] == "":
        del cells[-1]
    if len(cells) > columns:
        last.content = mdTrim("|".join(cells[columns - 1 :]))
