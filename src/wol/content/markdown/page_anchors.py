"""Anchors of the page around a text, which nothing in the text may have as well (HTML standard, section 3.2.6: an id stands once)."""

from __future__ import annotations

import re

from wol.content.markdown.findings import Findings

OF_THE_THEME = frozenset({"main", "linked-from"})
"""Ids in the templates of wol's own theme; a test compares them."""

_OF_FOOTNOTES = re.compile(r"fn-([1-9]\d{0,8})|fnref-([1-9]\d{0,8})(?:-([1-9]\d{0,8}))?")


def is_taken(anchor: str, findings: Findings) -> bool:
    """Whether an anchor is one of the page: of the theme, or of footnotes where the text has any."""
    if anchor in OF_THE_THEME:
        return True
    found = _OF_FOOTNOTES.fullmatch(anchor) if findings.used_footnotes else None
    if found is None or int(found[1] or found[2]) > len(findings.used_footnotes):
        return False
    uses = findings.used_footnotes[int(found[1] or found[2]) - 1].uses
    return bool(found[1]) or (uses > 0 if found[3] is None else 2 <= int(found[3]) <= uses)


def freed(anchor: str, line: int, findings: Findings) -> str:
    """Return an anchor that a writer gave, or another one if it is taken, which is reported."""
    if not is_taken(anchor, findings):
        return anchor
    number = findings.repeated.get(anchor, 1) + 1
    while f"{anchor}-{number}" in findings.anchors or is_taken(f"{anchor}-{number}", findings):
        number += 1
    findings.repeated[anchor] = number
    other = f"{anchor}-{number}"
    findings.report("anchor-taken", f"The page already has the id `{anchor}`, so this one becomes `{other}`", line)
    return other
