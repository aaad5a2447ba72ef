"""What is wrong with a file that is no TOML, in plain words and with its place."""

from __future__ import annotations

import re
import tomllib

from wol.config.problems import quoted, text
from wol.errors import Diagnostic, diagnostic
from wol.fixes import Hint, Replace, SetLine

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_BARE_VALUE = re.compile(r"""\s*([A-Za-z0-9_.-]+)\s*[=:]\s*([^\s"'\[{#][^#]*?)\s*(?:#.*)?""")
_CURLY = re.compile("[“”„‟‘’‚″]")
_TEXT = re.compile(r""""(?:\\.|[^"\\])*"|'[^']*'""")
_TEXT_OR_COMMENT = re.compile(rf"{_TEXT.pattern}|#.*")
_LONGEST = 200
"""Lines of the longest table in braces for which a hint is made."""

_HEADER = re.compile(r"""\s*\[\[?[\w."' -]+\]\]?\s*(?:#.*)?""")
_CONFLICT = re.compile(r"(?:<{7}|={7}|>{7})(?:\s|$)")

_WORDS: tuple[tuple[str, str, str], ...] = (
    (r"Cannot overwrite a value|Duplicate inline table key", "A key stands twice in one table", "keep one of the two"),
    (r"Cannot declare .* twice", "A table stands twice", "move the keys of the second under the first"),
    (r"Cannot (?:mutate immutable|redefine) namespace", "A table that is complete is added to", "move all its keys to one place"),
    (r"Expected '=' after a key", "There is no `=` after the key", 'write `key = "value"`'),
    (r"Expected '\]\]?' at the end", "The name of the table has no closing bracket", "close it with `]`"),
    (
        r"Expected newline or end of doc",
        "Something stands after the value",
        'write one `key = value` on a line, with `\\"` for a quote in a text',
    ),
    (r"Unclosed array", "A list is not closed, or lacks a comma", "put a comma between the entries, and `]` at the end"),
    (r"Unclosed inline table", "A table in `{ }` is not closed or lacks a comma", "write it on one line, with commas and `}`"),
    (r"Unterminated string|Illegal character '\\n'", "A text is not closed", "close it with the sign that it begins with"),
    (r"Unescaped '\\+'|Invalid hex|Escaped", "A backslash has a meaning in a text", "write `\\\\`, or put the text in single quotes"),
    (r"(?:Illegal|Found invalid) character", "There is a character that TOML does not allow", "remove it"),
    (r"Invalid initial character for a key", "A key begins with a sign that needs quotes", 'write `"key" = "value"`'),
    (r"Invalid date or datetime", "There is no such day or time", "write it as `2026-11-20`, or in quotes"),
    (r"Invalid value", "The value is none that TOML knows", "texts stand in quotes, lists in brackets; yes and no are `true` and `false`"),
    (r"Invalid statement", "The line is neither `key = value` nor `[table]`", "mend the line, or make it a comment with `#`"),
)
"""What `tomllib` says, what that means, and a way out."""

_BEHIND = r"Cannot (?:overwrite|declare)"
"""Faults that it finds only behind them: the line is right, the column is not."""


def decode(data: bytes) -> str:
    """Return the text of a settings file: UTF-8, with or without BOM, any line ends.

    Raises UnicodeDecodeError.
    """
    return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def encoding_problem(data: bytes, error: UnicodeDecodeError, path: str) -> Diagnostic:
    """Report at which line and byte a file is not UTF-8."""
    line = data.count(b"\n", 0, error.start) + 1
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return diagnostic("config-syntax", f"`{path}` is UTF-16, not UTF-8", path, 1, hint="save the file as UTF-8")
    message = f"`{path}` is not UTF-8: byte {error.start + 1} is 0x{data[error.start]:02X}"
    return diagnostic("config-syntax", message, path, line, hint="save the file as UTF-8")


def syntax_problem(source: str, error: tomllib.TOMLDecodeError, path: str) -> Diagnostic:
    """Make a diagnostic of an error of `tomllib`, which until Python 3.14 tells the place only in its words."""
    words = str(error)
    place = _PLACE.search(words)
    lines = source.split("\n")
    if place and place[1]:
        line, column = int(place[1]), int(place[2])
    else:
        line = max((n for n, typed in enumerate(lines, 1) if typed.strip()), default=1)
        column = len(lines[line - 1].rstrip()) + 1
    typed = lines[line - 1] if line <= len(lines) else ""
    words = _PLACE.sub("", words)
    message, hint = next(((m, h) for pattern, m, h in _WORDS if re.match(pattern, words)), (words, ""))
    if re.match(_BEHIND, words):
        column = len(typed) - len(typed.lstrip()) + 1
    if _CURLY.search(typed[max(0, column - 2) :]) and not _CONFLICT.match(typed):
        message = "TOML does not know curly quotes"
    elif _HEADER.fullmatch(typed) and "value" in words and (opened := _open_list(lines, line - 1)):
        message, hint = f"The list that begins on line {opened} is not closed", "put `]` at its end"
    elif not _closer(typed) and (whole := _braces_over_lines(lines, line - 1)) is not None:
        message = "A table in `{ }` must be on one line" if whole else "A table in `{ }` is not closed"
        hint = _on_one_line(whole) if whole else "write it on one line, and close it with `}`"
    return diagnostic("config-syntax", message, path, line, column, hint=_closer(typed) or hint)


def _open_list(lines: list[str], last: int) -> int:
    """Return the line, from 1, of a list that begins above a line and is not closed there; 0 where there is none."""
    opened: list[int] = []
    for number, line in enumerate(lines[:last], 1):
        if _HEADER.fullmatch(line):
            opened.clear()
            continue
        for char in _TEXT_OR_COMMENT.sub("", line):
            if char == "[":
                opened.append(number)
            elif char == "]" and opened:
                opened.pop()
    return opened[0] if opened else 0


def _braces_over_lines(lines: list[str], first: int) -> str | None:
    """Return the lines of a table in braces that begins on a line and does not end there: nothing where it never ends, None where there is no such table."""
    depth = 0
    for number in range(first, min(len(lines), first + _LONGEST)):
        bare = _TEXT_OR_COMMENT.sub("", lines[number])
        depth += bare.count("{") - bare.count("}")
        if number == first and depth <= 0:
            return None
        if depth <= 0:
            return "\n".join(lines[first : number + 1])
    return ""


def _on_one_line(typed: str) -> Hint:
    """Return the hint to write a table on one line, with the line where it has no comments."""
    words = "write it on one line"
    if any("#" in _TEXT.sub("", line) for line in typed.split("\n")):
        return Hint(f"{words}, with commas between its values")
    joined = " ".join(line.strip() for line in typed.split("\n"))
    joined = re.sub(r"\{ +", "{", re.sub(r",? *\}", "}", joined))
    return Hint(f"{words}: `{joined}`", Replace(typed.lstrip(), joined))


def _closer(typed: str) -> str:
    """Return a hint for a line that shows what was meant."""
    if _CONFLICT.match(typed):
        return "this is the mark of a merge conflict: keep one of the two sides"
    if _CURLY.search(typed):
        straight = re.sub("[‘’‚]", "'", re.sub("[“”„‟″]", '"', typed)).strip()
        return Hint(f"write `{straight}`", SetLine(straight))
    found = _BARE_VALUE.fullmatch(typed)
    if not found:
        return ""
    key, value = ".".join(quoted(part) for part in found[1].split(".")), found[2]
    if value.lower() in ("true", "yes", "on", "false", "no", "off"):
        return _written(f"{key} = {'true' if value.lower() in ('true', 'yes', 'on') else 'false'}")
    if value.endswith(("'", '"', "]", "}")) or re.fullmatch(r"[\d.:_+-]+", value):
        return ""
    return _written(f"{key} = {text(value)}")


def _written(line: str) -> Hint:
    return Hint(f"write `{line}`", SetLine(line))
