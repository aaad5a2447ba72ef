"""JSON with positions: a small reader, since `json` says where a mistake is but not where a value is."""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from wol.content.raw import MAX_BYTES, MAX_LEVELS, Native, Raw
from wol.content.source_text import FORBIDDEN
from wol.errors import Diagnostic, diagnostic

_SPACE = re.compile(r"[ \t\r\n]*+")
_STRING = re.compile(r'"(?:[^"\\\n]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*+"')
_NUMBER = re.compile(r"(-?(?:0|[1-9][0-9]*+))(\.[0-9]++)?([eE][+-]?[0-9]++)?(?![\w.+-])")
_BARE = re.compile(r"[\w.+-]+")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
_MAX_DIGITS = 300
"""Digits of the longest number that is read as one; a longer one is text, as typed."""


class Loaded(NamedTuple):
    """The values of a JSON object, or None where it cannot be read; the keys of its top level so far; its end; and findings."""

    values: dict[str, Raw] | None
    keys: tuple[str, ...]
    end: int
    diagnostics: tuple[Diagnostic, ...]


def load(text: str, at: int, path: str, first_line: int) -> Loaded:
    """Read the JSON object that begins at an offset of `text`, whose first line is line `first_line` of the file `path`.

    Errors: `front-matter-syntax`, `front-matter-duplicate`, `front-matter-too-large` (over 64 levels or 256 kB).
    """
    reader = _Reader(text, at, path, first_line)
    try:
        values = reader.map(1)
    except _RefusedError as refused:
        return Loaded(None, tuple(reader.keys), reader.at, (*reader.diagnostics, refused.found))
    return Loaded(values, tuple(reader.keys), reader.at, tuple(reader.diagnostics))


class _RefusedError(Exception):
    """Something that is not JSON, or too much of it; reading stops."""

    def __init__(self, found: Diagnostic) -> None:
        super().__init__(found.message)
        self.found = found


class _Reader:
    """One reading of one object."""

    def __init__(self, text: str, at: int, path: str, first_line: int) -> None:
        self.text = text
        self.at = at
        self.limit = at + MAX_BYTES
        self.path = path
        self.line = first_line + text.count("\n", 0, at)
        self.counted = at
        self.keys: list[str] = []
        self.diagnostics: list[Diagnostic] = []

    def next(self) -> str:
        """Skip white space and return the next character, empty at the end of the text."""
        space = _SPACE.match(self.text, self.at)
        self.at = space.end() if space else self.at
        if self.at > self.limit:
            raise self.refused("front-matter-too-large", "The front matter is over 256 kB")
        return self.text[self.at : self.at + 1]

    def place(self) -> tuple[int, int]:
        """Return the line and column of the present position; positions only ever grow."""
        self.line += self.text.count("\n", self.counted, self.at)
        self.counted = self.at
        return self.line, self.at - self.text.rfind("\n", 0, self.at)

    def map(self, level: int) -> dict[str, Raw]:
        values: dict[str, Raw] = {}
        self.at += 1
        if self.next() == "}":
            self.at += 1
            return values
        while True:
            char = self.next()
            line, column = self.place()
            if char != '"':
                raise self.refused_key(char)
            key = self.string()
            if self.next() != ":":
                raise self.refused("front-matter-syntax", f"A colon is missing after `{key}`", "write `:` between a key and its value")
            self.at += 1
            if level == 1:
                self.keys.append(key)
            raw = self.value(level, line, column)
            if key in values:
                message = f"`{key}` stands twice, on lines {values[key].key_line} and {line}"
                self.diagnostics.append(diagnostic("front-matter-duplicate", message, self.path, line, column))
            else:
                values[key] = raw
            if self.is_closed("}"):
                return values

    def list(self, level: int) -> list[Raw]:
        elements: list[Raw] = []
        self.at += 1
        if self.next() == "]":
            self.at += 1
            return elements
        while True:
            elements.append(self.value(level, 0, 0))
            if self.is_closed("]"):
                return elements

    def is_closed(self, closing: str) -> bool:
        """Go past a comma or a closing bracket, and tell whether it was the bracket."""
        char = self.next()
        if char == closing:
            self.at += 1
            return True
        if char != ",":
            raise self.refused(
                "front-matter-syntax", f"A comma or `{closing}` is missing before this", "write a comma after each value but the last"
            )
        self.at += 1
        if self.next() == closing:
            raise self.refused("front-matter-syntax", f"A comma stands before this `{closing}`", "remove the comma")
        return False

    def value(self, level: int, key_line: int, key_column: int) -> Raw:
        char = self.next()
        line, column = self.place()
        found: Native | list[Raw] | dict[str, Raw]
        plain = False
        if char in ("{", "["):
            if level >= MAX_LEVELS:
                raise self.refused("front-matter-too-large", f"The front matter is nested over {MAX_LEVELS} levels deep")
            found = self.map(level + 1) if char == "{" else self.list(level + 1)
        elif char == '"':
            found = self.string()
        else:
            found, plain = self.bare(char)
        return Raw(found, line, column, plain, key_line, key_column)

    def bare(self, char: str) -> tuple[Native, bool]:
        """Read a number, `true`, `false` or `null`; a number that no number type holds is text, and plain."""
        number = _NUMBER.match(self.text, self.at)
        if number is not None:
            self.at = number.end()
            if len(number[0]) > _MAX_DIGITS:
                return number[0], True
            if number[2] is None and number[3] is None:
                return int(number[0]), False
            value = float(number[0])
            return (number[0], True) if value in (float("inf"), float("-inf")) else (value, False)
        word = _BARE.match(self.text, self.at)
        if word is not None and word[0] in _WORDS:
            self.at = word.end()
            return _WORDS[word[0]], False
        if not char:
            raise self.refused("front-matter-syntax", "The JSON object is not closed", "close it with `}`")
        shown = word[0][:40] if word is not None else char
        raise self.refused("front-matter-syntax", f"`{shown}` is not a JSON value", "put it in double quotes")

    def string(self) -> str:
        match = _STRING.match(self.text, self.at)
        if match is None:
            message = "The text that begins here is not closed, or has an unknown escape with `\\`"
            raise self.refused("front-matter-syntax", message, 'close it with `"`, and write `\\\\` for a backslash')
        value = match[0][1:-1]
        if "\\" in value:
            value = str(json.loads(match[0], strict=False))
            if FORBIDDEN.search(value) is not None:
                line, column = self.place()
                message = "Control characters were removed from the value"
                self.diagnostics.append(diagnostic("control-characters", message, self.path, line, column))
                value = FORBIDDEN.sub("", value)
        self.at = match.end()
        return value

    def refused_key(self, char: str) -> _RefusedError:
        if not char:
            return self.refused("front-matter-syntax", "The JSON object is not closed", "close it with `}`")
        return self.refused("front-matter-syntax", "A key in double quotes is missing here", 'write each field as `"key": value`')

    def refused(self, code: str, message: str, hint: str = "") -> _RefusedError:
        """Return the error that ends the reading, at the present position."""
        line, column = self.place()
        return _RefusedError(diagnostic(code, message, self.path, line, column, hint=hint))
