"""What can be wrong, as data: a place, a code, a sentence and a way out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from wol.codes import CODES
from wol.fixes import Fix, Hint, Replace, fix_of

Severity = Literal["error", "warning"]

NAMED = 3
"""Further places that are named of findings with one cause."""


class Span(msgspec.Struct, frozen=True, array_like=True, order=True):
    """A place in a file: path from the site's root, line and column from 1 (0: the whole file or line)."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.path]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


class Diagnostic(msgspec.Struct, frozen=True, array_like=True):
    """One finding for the writer: what is wrong, where, and what to do about it.

    `code` is one of `wol.codes.CODES` or a plugin's own with its prefix; `notes` are further sentences,
    such as the page that was being rendered. Findings with the same `cause` are one mistake seen in several places (see `fold`). `fix` is what the
    hint says, as data.
    """

    code: str
    severity: Severity
    message: str
    span: Span | None = None
    hint: str = ""
    notes: tuple[str, ...] = ()
    cause: str = ""
    fix: Fix | None = None


def diagnostic(
    code: str,
    message: str,
    path: str = "",
    line: int = 0,
    column: int = 0,
    *,
    hint: str = "",
    notes: Iterable[str] = (),
    cause: str = "",
) -> Diagnostic:
    """Make a diagnostic of a documented code, with the severity that the code has.

    A `Hint` brings its fix along. Raises KeyError for an unknown code, so that none exists without its documentation.
    """
    span = Span(path, line, column) if path else None
    hint = hint or CODES[code].way_out
    return Diagnostic(code, CODES[code].severity, message, span, str(hint), tuple(notes), cause, fix_of(hint))


def fold(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Keep one finding of each cause, the first in the order of files, with a note that counts the others and names some of them."""
    causes: dict[tuple[str, str, str], list[Diagnostic]] = {}
    kept: list[Diagnostic | list[Diagnostic]] = []
    for one in diagnostics:
        if not one.cause:
            kept.append(one)
            continue
        known = causes.get(key := (one.cause, one.code, one.severity))
        if known is None:
            kept.append(causes.setdefault(key, [one]))
        else:
            known.append(one)
    return tuple(one if isinstance(one, Diagnostic) else _counted(one) for one in kept)


def _counted(group: list[Diagnostic]) -> Diagnostic:
    if len(group) == 1:
        return group[0]
    first, *others = sorted(group, key=lambda one: one.span or Span(""))
    named = [f"`{one.span}`" for one in others[:NAMED] if one.span is not None]
    rest = len(others) - len(named)
    places = ", ".join(named) + (f" and {rest:,} more" if rest and named else "")
    note = f"{len(group):,} times in all{f'; also at {places}' if places else ''}"
    return msgspec.structs.replace(first, notes=(*first.notes, note))


class WolError(Exception):
    """The only exception that reaches the command line: one or more diagnostics.

    Anything else that gets there is a defect of wol.
    """

    def __init__(self, diagnostics: Diagnostic | Iterable[Diagnostic]) -> None:
        self.diagnostics = (diagnostics,) if isinstance(diagnostics, Diagnostic) else tuple(diagnostics)
        super().__init__("; ".join(f"{d.span or '?'}: {d.code}: {d.message}" for d in self.diagnostics))

    def __reduce__(self) -> tuple[type[WolError], tuple[tuple[Diagnostic, ...]]]:
        return (WolError, (self.diagnostics,))


def near(word: str, known: Iterable[str], limit: int = 1) -> tuple[str, ...]:
    """Give the names most like `word`, for "did you mean"."""
    import difflib

    return tuple(difflib.get_close_matches(word, list(known), n=limit, cutoff=0.6))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Give the sentence "did you mean …?" or nothing."""
    found = near(word, known)
    return suggestion(word, found[0]) if found else ""


def shown(typed: str) -> str:
    """Return what was typed as it is quoted in a message: on one line, and not too long."""
    line = " ".join(typed.split())
    return line if len(line) <= 80 else f"{line[:77]}…"


def suggestion(typed: str, right: str) -> Hint:
    """Return the hint that another word was meant than was typed."""
    return Hint(f"did you mean `{right}`?", Replace(typed, right))


def listed(names: Iterable[str], joint: str = "or") -> str:
    """Return names as a list in a sentence: "`a`, `b` or `c`"."""
    marked = [f"`{name}`" for name in names]
    return f" {joint} ".join([", ".join(marked[:-1]), marked[-1]]) if len(marked) > 1 else "".join(marked)
