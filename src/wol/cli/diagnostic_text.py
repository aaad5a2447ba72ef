"""Diagnostics as lines of text for people: place, message, source line with a caret, notes and hint. Many of one code are grouped."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from wol.cli.terminal import Styler, printable
from wol.engine.source_lines import SourceLines
from wol.errors import Diagnostic, Span

FEW = 8
"""Warnings that are shown in full; more are grouped by code."""

MANY = 50
"""Errors that are shown in full; more are grouped too."""

PLACES = 3
"""Places that are shown of each group."""

WIDTH = 100
"""Columns of a source line that are shown."""

_COLOURS = {"error": "red", "warning": "yellow"}


def diagnostic_lines(
    diagnostics: Iterable[Diagnostic], lines: SourceLines, style: Styler, *, quiet: bool = False, verbose: bool = False
) -> Iterator[str]:
    """Return the lines to print: warnings first, so that errors are next to the prompt.

    All are shown in full if there are up to `FEW` warnings or `MANY` errors, or if `verbose`; more are grouped by code. `quiet` leaves out warnings.
    """
    ordered = sorted(diagnostics, key=lambda d: d.span or Span(""))
    errors = [d for d in ordered if d.severity == "error"]
    warnings = [] if quiet else [d for d in ordered if d.severity == "warning"]
    for group, limit in ((warnings, FEW), (errors, MANY)):
        if len(group) <= limit or verbose:
            for diagnostic in group:
                yield from _in_full(diagnostic, lines, style)
        else:
            for _, of_code in groupby(sorted(group, key=lambda d: d.code), key=lambda d: d.code):
                yield from _grouped(list(of_code), style)


def _in_full(one: Diagnostic, lines: SourceLines, style: Styler) -> Iterator[str]:
    place = f"{one.span}: " if one.span is not None else ""
    yield f"{printable(place)}{_label(one, style)}: {printable(one.message)}"
    line = lines.line(one.span) if one.span is not None else None
    if line is not None and one.span is not None:
        yield from _excerpt(line, one.span.column, style)
    for note in one.notes:
        yield f"  {style('note:', 'cyan')} {printable(note)}"
    if one.hint:
        yield f"  {style('hint:', 'cyan')} {printable(one.hint)}"


def _label(one: Diagnostic, style: Styler) -> str:
    return style(f"{one.severity}[{one.code}]", _COLOURS[one.severity], bold=True)


def _excerpt(line: str, column: int, style: Styler) -> Iterator[str]:
    """Show a line of a source, and a caret below the column (from 1; 0: none)."""
    start = max(0, column - WIDTH * 3 // 4)
    shown = line[start : start + WIDTH]
    before, after = ("…" if start else ""), ("…" if len(line) > start + WIDTH else "")
    bar = style("  |", dim=True)
    if shown.strip():
        yield f"{bar} {before}{_plain(shown)}{after}".rstrip()
        if column:
            gap = before + _plain(shown[: column - 1 - start])
            yield f"{bar} {' ' * _columns(gap)}{style('^', 'red', bold=True)}"


def _plain(text: str) -> str:
    return printable(text.replace("\t", "    "))


def _columns(text: str) -> int:
    """Count the columns that a text takes in a terminal."""
    return sum(
        0 if unicodedata.combining(s) or s in "\u200b\u200c\u200d\ufe0f" else 2 if unicodedata.east_asian_width(s) in "WF" else 1
        for s in text
    )


def _grouped(group: Sequence[Diagnostic], style: Styler) -> Iterator[str]:
    """Show findings of one code by their first places and their number."""
    from wol.codes import CODES

    code = CODES.get(group[0].code)
    count = f"{len(group):,} times" if len(group) > 1 else "once"
    yield f"{_label(group[0], style)}: {count}{f'. {code.meaning}' if code is not None else ''}"
    for one in group[:PLACES]:
        yield f"  {printable(f'{one.span}: ' if one.span is not None else '')}{printable(one.message)}"
    if len(group) > PLACES:
        yield style(f"  … and {len(group) - PLACES:,} more; -v shows them all", dim=True)
    hints = {one.hint for one in group}
    hint = hints.pop() if len(hints) == 1 else code.way_out if code is not None else ""
    if hint:
        yield f"  {style('hint:', 'cyan')} {printable(hint)}"
