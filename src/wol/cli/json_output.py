"""What commands print with `--format json`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from wol.engine.fix_data import fix_data
from wol.engine.source_lines import SourceLines
from wol.errors import Diagnostic, Span


def diagnostics_data(diagnostics: Iterable[Diagnostic], root: Path | None) -> list[Mapping[str, Any]]:
    """Return diagnostics as JSON data, with the edits that fix them in the files as they are now."""
    sources = SourceLines(root)
    return [_data(one, sources) for one in diagnostics]


def _data(one: Diagnostic, sources: SourceLines) -> Mapping[str, Any]:
    """Return a diagnostic as JSON data; what it lacks is null."""
    span = one.span or Span("")
    return {
        "code": one.code,
        "severity": one.severity,
        "path": span.path or None,
        "line": span.line or None,
        "column": span.column or None,
        "message": one.message,
        "hint": one.hint,
        "notes": list(one.notes),
        "fix": fix_data(one, sources),
    }


def print_json(value: Any) -> None:
    """Print a value as JSON, in UTF-8 whatever the encoding of the terminal."""
    import json

    click.echo((json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace"), nl=False)
