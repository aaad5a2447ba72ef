"""The stable codes of all diagnostics, each with its severity, meaning and way out.

These tables are the reference: the documentation pages are made of them, and a test asks for a fixture of each.
Source: the authoring format, section 9.
"""

from __future__ import annotations

from collections.abc import Mapping

from wol.codes.diagnostic_code import DiagnosticCode
from wol.codes.of_output import OF_OUTPUT
from wol.codes.of_sites import OF_SITES

CODES: dict[str, DiagnosticCode] = {**OF_SITES, **OF_OUTPUT}

OWN = frozenset(CODES)
"""The codes of wol itself, which no feature may define again."""


def register(codes: Mapping[str, DiagnosticCode]) -> None:
    """Add the codes that a feature declares. Features do so wherever they exist, so that a code is known in every process that may report it; what cannot be a code
    is refused when the plugin is loaded."""
    CODES.update({name: code for name, code in codes.items() if name not in OWN and isinstance(code, DiagnosticCode)})
