"""The stable codes of all diagnostics, each with its severity, meaning and way out.

These tables are the reference: the documentation pages are made of them, and a test asks for a fixture of each.
Source: the authoring format, section 9.
"""

from __future__ import annotations

from wol.codes.diagnostic_code import DiagnosticCode
from wol.codes.of_output import OF_OUTPUT
from wol.codes.of_sites import OF_SITES

CODES: dict[str, DiagnosticCode] = {**OF_SITES, **OF_OUTPUT}
