"""How findings look: the place, the sentence, the line with a caret, the way out. As text for people and as data for programs."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, TextIO

import click

from wol.engine.source_lines import Lines
from wol.errors import Diagnostic, Span

FEW = 8
"""Warnings that are shown in full; more are grouped by code."""

MANY = 50
"""Errors that are shown in full; more are grouped too."""

PLACES = 3
"""Places that are shown of each group."""

WIDTH = 100
"""Columns of a source line that are shown."""

_INVISIBLE = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
_COLOURS = {"error": "red", "warning": "yellow"}


class Ink:
    """Colours of one stream: none where it is no terminal, where NO_COLOR is set, or on a dumb terminal."""

    def __init__(self, stream: TextIO | None) -> None:
        self.on = terminal(stream) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"

    def __call__(self, text: str, colour: str = "", *, bold: bool = False, dim: bool = False) -> str:
        return click.style(text, fg=colour or None, bold=bold or None, dim=dim or None) if self.on else text


def terminal(stream: TextIO | None) -> bool:
    """Whether a stream is read by a person at this moment."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # it is closed
        return False


def printable(text: str) -> str:
    """Show signs that would steer the terminal as what they are: `\\x1b`."""
    return _INVISIBLE.sub(lambda sign: sign[0].encode("unicode_escape").decode("ascii"), text)


def present(diagnostics: Iterable[Diagnostic], lines: Lines, ink: Ink, *, quiet: bool = False, verbose: bool = False) -> Iterator[str]:
    """Give the lines to print: warnings first, so that errors stand next to the prompt.

    Each is shown in full where there are few (warnings) or no great many (errors), or if `verbose`; else grouped by code. Warnings are not shown if `quiet`.
    """
    ordered = sorted(diagnostics, key=lambda d: d.span or Span(""))
    errors = [d for d in ordered if d.severity == "error"]
    warnings = [] if quiet else [d for d in ordered if d.severity == "warning"]
    for found, most in ((warnings, FEW), (errors, MANY)):
        if len(found) <= most or verbose:
            for one in found:
                yield from _in_full(one, lines, ink)
        else:
            for _, group in groupby(sorted(found, key=lambda d: d.code), key=lambda d: d.code):
                yield from _grouped(list(group), ink)


def _in_full(one: Diagnostic, lines: Lines, ink: Ink) -> Iterator[str]:
    place = f"{one.span}: " if one.span is not None else ""
    yield f"{printable(place)}{_label(one, ink)}: {printable(one.message)}"
    line = lines.line(one.span) if one.span is not None else None
    if line is not None and one.span is not None:
        yield from _excerpt(line, one.span.column, ink)
    for note in one.notes:
        yield f"  {ink('note:', 'cyan')} {printable(note)}"
    if one.hint:
        yield f"  {ink('hint:', 'cyan')} {printable(one.hint)}"


def _label(one: Diagnostic, ink: Ink) -> str:
    return ink(f"{one.severity}[{one.code}]", _COLOURS[one.severity], bold=True)


def _excerpt(line: str, column: int, ink: Ink) -> Iterator[str]:
    """Show a line of a source, and a caret below the column (from 1; 0: none)."""
    start = max(0, column - WIDTH * 3 // 4)
    shown = line[start : start + WIDTH]
    before, after = ("…" if start else ""), ("…" if len(line) > start + WIDTH else "")
    bar = ink("  |", dim=True)
    if shown.strip():
        yield f"{bar} {before}{_plain(shown)}{after}".rstrip()
        if column:
            gap = before + _plain(shown[: column - 1 - start])
            yield f"{bar} {' ' * _columns(gap)}{ink('^', 'red', bold=True)}"


def _plain(text: str) -> str:
    return printable(text.replace("\t", "    "))


def _columns(text: str) -> int:
    """Count the columns that a text takes in a terminal."""
    return sum(
        0 if unicodedata.combining(s) or s in "\u200b\u200c\u200d\ufe0f" else 2 if unicodedata.east_asian_width(s) in "WF" else 1
        for s in text
    )


def _grouped(group: Sequence[Diagnostic], ink: Ink) -> Iterator[str]:
    """Show findings of one code by their first places and their number."""
    from wol.codes import CODES

    code = CODES.get(group[0].code)
    count = f"{len(group):,} times" if len(group) > 1 else "once"
    yield f"{_label(group[0], ink)}: {count}{f'. {code.meaning}' if code is not None else ''}"
    for one in group[:PLACES]:
        yield f"  {printable(f'{one.span}: ' if one.span is not None else '')}{printable(one.message)}"
    if len(group) > PLACES:
        yield ink(f"  … and {len(group) - PLACES:,} more; -v shows them all", dim=True)
    hints = {one.hint for one in group}
    hint = hints.pop() if len(hints) == 1 else code.way_out if code is not None else ""
    if hint:
        yield f"  {ink('hint:', 'cyan')} {printable(hint)}"


def counted(number: int, noun: str, plural: str = "") -> str:
    """Give a number with its noun: "1 page", "1,300 pages"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def tally(diagnostics: Iterable[Diagnostic]) -> str:
    """Count errors and warnings: "2 errors, 14 warnings"; nothing where there are none."""
    found = [d.severity for d in diagnostics]
    numbers = [(found.count("error"), "error"), (found.count("warning"), "warning")]
    return ", ".join(counted(number, noun) for number, noun in numbers if number)


def as_data(one: Diagnostic) -> Mapping[str, Any]:
    """Give a diagnostic for `--format json`: what it has no place for is null."""
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
    """Print a value as JSON, in UTF-8 whatever the terminal has."""
    import json

    click.echo((json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace"), nl=False)
