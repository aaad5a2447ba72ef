"""What commands print with `--format json`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from wol.errors import Diagnostic, Span


def diagnostic_data(one: Diagnostic) -> Mapping[str, Any]:
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
    }


def print_json(value: Any) -> None:
    """Print a value as JSON, in UTF-8 whatever the encoding of the terminal."""
    import json

    click.echo((json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace"), nl=False)
