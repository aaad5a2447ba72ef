"""Fixes of findings as data for other programs: for editors, and for the preview to copy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from wol.engine.fix_edits import TextEdit, fix_edit
from wol.engine.source_lines import SourceLines
from wol.errors import Diagnostic, Span
from wol.fixes import AddSetting, Rename, RunCommand

SETTINGS = "site.toml"


def fix_data(one: Diagnostic, sources: SourceLines) -> Mapping[str, Any] | None:
    """Return the fix of a finding as JSON data: a `command`, a `rename` with `from` and `to`, or an `edit`; None where there is none.

    An edit has `path`, `line` and `column`, `end_line` and `end_column`, which count from 1 and in characters, and the `text` that is written there instead.
    """
    if isinstance(one.fix, RunCommand):
        return {"command": one.fix.text}
    if isinstance(one.fix, Rename):
        return {"rename": {"from": one.fix.old, "to": one.fix.new}}
    edit = _edit(one, sources)
    return None if edit is None else {"edit": msgspec.to_builtins(edit)}


def text_to_copy(one: Diagnostic, sources: SourceLines) -> str:
    """Return what a writer would type to fix a finding: the command, or the lines as they should be; empty where there is no fix."""
    if isinstance(one.fix, RunCommand):
        return one.fix.text
    edit = _edit(one, sources)
    if edit is None:
        return ""
    if edit.text.strip("\r\n") and (edit.text.endswith("\n") or edit.column == 1):
        return edit.text.strip("\r\n")
    first, last = (sources.line(Span(edit.path, line)) or "" for line in (edit.line, edit.end_line))
    return f"{first[: edit.column - 1]}{edit.text}{last[edit.end_column - 1 :]}".strip()


def _edit(one: Diagnostic, sources: SourceLines) -> TextEdit | None:
    if one.fix is None:
        return None
    span = Span(SETTINGS) if isinstance(one.fix, AddSetting) else one.span
    text = None if span is None else sources.text(span.path)
    return None if span is None or text is None else fix_edit(one.fix, span, text)
