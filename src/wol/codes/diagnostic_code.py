"""What is known of a diagnostic by its code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple


class DiagnosticCode(NamedTuple):
    """What a code means, and what a writer does about it."""

    group: str
    severity: Literal["error", "warning"]
    meaning: str
    way_out: str


def errors(group: str, rows: Mapping[str, tuple[str, str]]) -> dict[str, DiagnosticCode]:
    """Return codes of errors; `rows` have the meaning and the way out of each."""
    return {code: DiagnosticCode(group, "error", meaning, way_out) for code, (meaning, way_out) in rows.items()}


def warnings(group: str, rows: Mapping[str, tuple[str, str]]) -> dict[str, DiagnosticCode]:
    """Return codes of warnings, in the same way."""
    return {code: DiagnosticCode(group, "warning", meaning, way_out) for code, (meaning, way_out) in rows.items()}
