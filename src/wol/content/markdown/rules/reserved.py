"""Directives whose names are reserved: as text they would publish what was meant for few."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

from wol.content.markdown.findings import findings_of
from wol.model.markdown_syntax import begins_with

_RESERVED = re.compile(r":{3,}[ \t]*\{?[ \t]*\.?(circle|private)\b", re.IGNORECASE)


@begins_with(":")
def reserved_directive(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """Refuse a line that begins with `:::circle` or `:::private` outside of code. It never becomes a block: the text is refused whole."""
    at = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith(":::", at) or state.is_code_block(start):
        return False
    found = _RESERVED.match(state.src, at, state.eMarks[start])
    if found is None:
        return False
    if not silent:
        findings = findings_of(state.env)
        message = f"The directive `:::{found[1].lower()}` is reserved for a later version of wol"
        findings.report("name-reserved", message, findings.first_line + start)
    return silent
