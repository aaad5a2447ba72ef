"""Applying a fix: what the file holds then, and which part of it changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

import msgspec

from wol.config.setting_lines import with_line
from wol.content.amend import LINE, amend
from wol.errors import Span, WolError
from wol.fixes import AddField, AddSetting, Fix, RemoveLine, Replace, SetLine

FURTHER = 200
"""Lines after that of a finding in which what it is about is looked for: that of a link is the first of its paragraph."""

_KEY = re.compile(r"""\s*(?:- )?["']?[\w. -]+["']?\s*[:=]""")
_OPEN = re.compile(r"""[\[{(|>,\\]\s*\Z|\"\"\"|'''""")


_NO_LETTER_BEFORE, _NO_LETTER_AFTER = r"(?<![^\W_])", r"(?![^\W_])"


class TextEdit(msgspec.Struct, frozen=True):
    """A part of a file that gets another text. Lines and columns count from 1, columns in characters; the end is not included."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    text: str


def fix_edit(fix: Fix, span: Span, text: str) -> TextEdit | None:
    """Return the edit that a fix means in the file of a finding; None where the file does not have what is to be edited."""
    after = fixed(fix, span, text)
    if after is None or after == text:
        return None
    start = next((n for n, (one, other) in enumerate(zip(text, after, strict=False)) if one != other), min(len(text), len(after)))
    rest = min(len(text), len(after)) - start
    end = next((n for n in range(rest) if text[-1 - n] != after[-1 - n]), rest)
    return TextEdit(span.path, *_position(text, start), *_position(text, len(text) - end), after[start : len(after) - end])


def fixed(fix: Fix, span: Span, text: str) -> str | None:
    """Return the text of a file with a fix applied; None where it does not have what is to be edited, or the fix is no edit."""
    match fix:
        case Replace():
            return _replaced(fix, span, text)
        case SetLine() | RemoveLine():
            return _line_set(fix.text if isinstance(fix, SetLine) else None, span, text)
        case AddField():
            try:
                return amend(text.encode("utf-8"), span.path, {fix.name: fix.value}).decode("utf-8")
            except (WolError, UnicodeEncodeError):
                return None
        case AddSetting():
            return with_line(text, fix.table, fix.line)
        case _:
            return None


def _replaced(fix: Replace, span: Span, text: str) -> str | None:
    starts = _line_starts(text)
    line = starts[span.line - 1] if 0 < span.line <= len(starts) else 0
    begin = line + max(0, span.column - 1)
    last = span.line + FURTHER
    stop = starts[last] if span.line and last < len(starts) else len(text)
    likely, *others = _patterns(fix.old)
    for pattern, start in (*((pattern, start) for pattern in (likely, *others) for start in (begin, line)), (likely, 0)):
        found = pattern.search(text, start, stop)
        if found is not None:
            return text[: found.start()] + fix.new + text[found.end() :]
    return None


def _patterns(old: str) -> Iterator[re.Pattern[str]]:
    """Return how a text may be typed, the likeliest first: as a word of its own, within one, in another case, or as a reference before it was encoded."""
    words = re.escape(old)
    whole = f"{_NO_LETTER_BEFORE if old[:1].isalnum() else ''}{words}{_NO_LETTER_AFTER if old[-1:].isalnum() else ''}"
    yield re.compile(whole)
    yield re.compile(words)
    yield re.compile(whole, re.IGNORECASE)
    if "%" in old:
        yield re.compile(re.escape(unquote(old)))


def _line_set(new: str | None, span: Span, text: str) -> str | None:
    """Replace or remove the line of a finding, if it is one with a key and a value that ends there."""
    lines = LINE.findall(text)
    if not 0 < span.line <= len(lines):
        return None
    line = lines[span.line - 1]
    content = line.rstrip("\r\n")
    if not _KEY.match(content) or _OPEN.search(content):
        return None
    indent = content[: len(content) - len(content.lstrip())]
    lines[span.line - 1] = "" if new is None else f"{indent}{new}{line[len(content) :]}"
    return "".join(lines)


def _line_starts(text: str) -> list[int]:
    return [0, *(found.end() for found in re.finditer(r"\r\n|\r|\n", text))]


def _position(text: str, offset: int) -> tuple[int, int]:
    starts = [start for start in _line_starts(text) if start <= offset]
    return len(starts), offset - starts[-1] + 1
