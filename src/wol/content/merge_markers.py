"""Merge conflicts that nobody resolved: a post with both versions in it must not be published."""

from __future__ import annotations

import re

from wol.errors import Diagnostic, diagnostic

_BEGIN, _MIDDLE, _END = (re.compile(rf"{char}{{7}}(?: .*)?") for char in "<=>")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")


def unresolved(data: bytes, path: str) -> Diagnostic | None:
    """Report the first conflict of a source: its three markers, as git and most other tools write them, in order and outside fenced code."""
    if b"<<<<<<<" not in data or b">>>>>>>" not in data:
        return None
    begun, has_middle, fence = 0, False, ""
    for number, line in enumerate(data.decode("utf-8-sig", "replace").splitlines(), 1):
        marks = _FENCE.fullmatch(line)
        if marks is not None and (not fence or (marks[1].startswith(fence) and not marks[2].strip())):
            fence = "" if fence else marks[1]
        elif fence:
            continue
        elif _BEGIN.fullmatch(line):
            begun, has_middle = number, False
        elif begun and _MIDDLE.fullmatch(line):
            has_middle = True
        elif has_middle and _END.fullmatch(line):
            return diagnostic("merge-conflict", f"Lines {begun} to {number} are a merge conflict that is not resolved", path, begun)
    return None
