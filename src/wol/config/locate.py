"""Where things stand in a TOML file: `tomllib` gives values, but no places.

The scanner reads a file that `tomllib` has accepted, so it need not know what is forbidden; it runs only when there is something to report.
Source: TOML 1.0.0.
"""

from __future__ import annotations

import contextlib
import re
import tomllib
from bisect import bisect_right

import msgspec

Path = tuple[str | int, ...]
"""The way to a value: keys, and numbers from 0 inside arrays."""

_BLANK = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_TEXTS = (
    re.compile(r'"""(?:\\.|[^\\])*?"""(?:"{0,2})', re.DOTALL),
    re.compile(r"'''.*?'''(?:'{0,2})", re.DOTALL),
    re.compile(r'"(?:\\.|[^"\\\n])*"'),
    re.compile(r"'[^'\n]*'"),
)
_SCALAR = re.compile(r"[^,\]}#\n]+")


class KeyPositions(msgspec.Struct, frozen=True):
    """Line and column, both from 1, of every key and value of a file."""

    keys: dict[Path, tuple[int, int]] = msgspec.field(default_factory=dict)
    values: dict[Path, tuple[int, int]] = msgspec.field(default_factory=dict)

    def of_key(self, path: Path) -> tuple[int, int]:
        """Return the place of a key; of the nearest table around it where it is absent; (0, 0) where there is none."""
        while path:
            if path in self.keys:
                return self.keys[path]
            if path in self.values:
                return self.values[path]
            path = path[:-1]
        return (0, 0)

    def of_value(self, path: Path) -> tuple[int, int]:
        """Return the place of a value; of its key where it is a table with a header of its own."""
        return self.values[path] if path in self.values else self.of_key(path)


def locate(text: str) -> KeyPositions:
    """Find the place of every key and value of a TOML text (line ends `\\n`, no BOM)."""
    scanner = _Scanner(text)
    with contextlib.suppress(_LostError, RecursionError):  # what was found so far still serves: for the rest, the table around it is named
        scanner.document()
    return scanner.places


class _LostError(Exception):
    """The scanner met what is not TOML."""


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.places = KeyPositions()
        self.lines = [0, *(found.end() for found in re.finditer("\n", text))]
        self.arrays: dict[Path, int] = {}

    def document(self) -> None:
        table: Path = ()
        while not self.end():
            if self.text.startswith("[[", self.at):
                table = self.header("]]")
            elif self.text[self.at] == "[":
                table = self.header("]")
            else:
                self.pair(table)

    def end(self) -> bool:
        """Go over blanks and comments, and tell whether that was all."""
        self.skip(_BLANK)
        return self.at >= len(self.text)

    def header(self, close: str) -> Path:
        self.at += len(close)
        path: Path = ()
        parts = self.key()
        for number, (name, at) in enumerate(parts, 1):
            path = (*path, name)
            if number < len(parts):
                self.places.keys.setdefault(path, self.place(at))
                if path in self.arrays:
                    path = (*path, self.arrays[path] - 1)
            elif close == "]]":
                self.places.keys.setdefault(path, self.place(at))
                self.arrays[path] = self.arrays.get(path, 0) + 1
                path = (*path, self.arrays[path] - 1)
                self.places.keys[path] = self.place(at)
            else:
                self.places.keys[path] = self.place(at)
        self.skip(_SPACE)
        self.expect(close)
        return path

    def pair(self, table: Path) -> None:
        path = table
        for name, at in self.key():
            path = (*path, name)
            self.places.keys.setdefault(path, self.place(at))
        self.skip(_SPACE)
        self.expect("=")
        self.skip(_SPACE)
        self.value(path)

    def key(self) -> list[tuple[str, int]]:
        """Read a key, dotted or not: each part with where it begins."""
        parts: list[tuple[str, int]] = []
        while True:
            self.skip(_SPACE)
            start = self.at
            bare = _BARE.match(self.text, start)
            if bare:
                self.at = bare.end()
                parts.append((bare[0], start))
            else:
                parts.append((self.quoted(), start))
            self.skip(_SPACE)
            if not self.text.startswith(".", self.at):
                return parts
            self.at += 1

    def value(self, path: Path) -> None:
        self.places.values[path] = self.place(self.at)
        first = self.text[self.at : self.at + 1]
        if first == "[":
            self.at += 1
            number = 0
            while not self.closed("]"):
                self.value((*path, number))
                number += 1
        elif first == "{":
            self.at += 1
            while not self.closed("}"):
                self.pair(path)
        elif first in ("'", '"'):
            self.string()
        else:
            self.take(_SCALAR)

    def closed(self, char: str) -> bool:
        """Go on to the next value of an array or inline table, or over its end."""
        if self.end():
            raise _LostError
        if self.text[self.at] == ",":
            self.at += 1
            if self.end():
                raise _LostError
        if self.text[self.at] == char:
            self.at += 1
            return True
        return False

    def quoted(self) -> str:
        """Read a quoted key; its escapes are TOML's."""
        try:
            found: str = tomllib.loads(f"k = {self.string()}")["k"]
        except tomllib.TOMLDecodeError:
            raise _LostError from None
        return found

    def string(self) -> str:
        for pattern in _TEXTS:
            if pattern.match(self.text, self.at):
                return self.take(pattern)
        raise _LostError

    def skip(self, pattern: re.Pattern[str]) -> None:
        found = pattern.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        if not found:
            raise _LostError
        self.at = found.end()
        return found[0]

    def expect(self, token: str) -> None:
        if not self.text.startswith(token, self.at):
            raise _LostError
        self.at += len(token)

    def place(self, at: int) -> tuple[int, int]:
        line = bisect_right(self.lines, at)
        return line, at - self.lines[line - 1] + 1
