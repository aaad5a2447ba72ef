"""Findings as workflow commands of GitHub Actions, which shows them at their lines in a pull request.

Source: docs.github.com, "Workflow commands for GitHub Actions"; the escapes are those of its own toolkit (`packages/core/src/command.ts`).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from wol.errors import Diagnostic

_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_DATA, ":": "%3A", ",": "%2C"}


def commands(diagnostics: Iterable[Diagnostic], root: Path | None) -> Iterator[str]:
    """Return a line for each finding. Paths are from the checkout, where GitHub tells of one, since a site may lie in a folder of it."""
    top = _from_checkout(root)
    for one in diagnostics:
        properties = {}
        if one.span is not None and not one.span.path.startswith("<"):
            properties["file"] = top + one.span.path
            properties |= {name: str(number) for name, number in (("line", one.span.line), ("col", one.span.column)) if number}
        properties["title"] = one.code
        written = ",".join(f"{name}={_escaped(value, _PROPERTY)}" for name, value in properties.items())
        words = "\n".join([one.message, *one.notes, *([f"hint: {one.hint}"] if one.hint else [])])
        yield f"::{one.severity} {written}::{_escaped(words, _DATA)}"


def _from_checkout(root: Path | None) -> str:
    checkout = os.environ.get("GITHUB_WORKSPACE")
    if not checkout or root is None:
        return ""
    place, top = Path(os.path.realpath(root)), Path(os.path.realpath(checkout))
    return f"{place.relative_to(top).as_posix()}/" if top in place.parents else ""


def _escaped(text: str, escapes: dict[str, str]) -> str:
    return "".join(escapes.get(char, char) for char in text)
