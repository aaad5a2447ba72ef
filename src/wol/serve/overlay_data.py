"""Diagnostics as JSON data for the overlay in the browser, which shows all of it as text."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

from wol.config import editors
from wol.watch.messages import QuotedDiagnostic

WIDTH = 160
"""Characters of a source line that are sent."""

_PACKAGED = "<default>/"


def overlay_data(findings: Iterable[QuotedDiagnostic], root: str, editor: str) -> list[dict[str, Any]]:
    """Return diagnostics sorted by position, those without one last; `editor` is that of the settings, which may be empty or invalid."""
    ordered = sorted(findings, key=lambda f: (f.diagnostic.span is None, f.diagnostic.span or ()))
    return [_one(finding, root, editor) for finding in ordered]


def _one(finding: QuotedDiagnostic, root: str, editor: str) -> dict[str, Any]:
    one, span = finding.diagnostic, finding.diagnostic.span
    excerpt, caret = _window(finding.line, span.column if span is not None else 0)
    return {
        "path": span.path if span is not None else None,
        "line": (span.line or None) if span is not None else None,
        "column": (span.column or None) if span is not None else None,
        "code": one.code,
        "severity": one.severity,
        "message": one.message,
        "hint": one.hint,
        "notes": list(one.notes),
        "fix": finding.fix or None,
        "excerpt": excerpt,
        "caret": caret,
        "open": editors.link(editor, _place(root, span.path), span.line, span.column) if span is not None else None,
    }


def _window(line: str, column: int) -> tuple[str, int | None]:
    """Cut a long line around a column (from 1; 0: none); returns it with the place of a caret in it, as JavaScript counts: in UTF-16 units."""
    if not line.strip():
        return "", None
    start = max(0, column - WIDTH * 3 // 4)
    before = "…" if start else ""
    shown = before + line[start : start + WIDTH] + ("…" if len(line) > start + WIDTH else "")
    if not column:
        return shown, None
    return shown, len((before + line[start : column - 1]).encode("utf-16-le", "surrogatepass")) // 2


def _place(root: str, path: str) -> str:
    if path.startswith(_PACKAGED):
        from wol.theme.folders import default_theme_folder

        return os.path.join(default_theme_folder(), path.removeprefix(_PACKAGED))
    return os.path.join(root, path)
