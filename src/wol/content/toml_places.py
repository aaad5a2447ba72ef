"""Where each value of a TOML text stands: `tomllib` does not say, and a message without a line helps nobody."""

from __future__ import annotations

import re
import tomllib
from contextlib import suppress
from typing import NamedTuple

import msgspec

from wol.content.raw import MAX_LEVELS

Path = tuple[str | int, ...]

_TOKEN = re.compile(
    r"""(?P<space>[ \t]+)|(?P<comment>\#[^\n]*)|(?P<newline>\n)"""
    r'''|(?P<text>"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*')'''
    r"""|(?P<sign>[\[\]{},=.])|(?P<bare>[^\s\[\]{},=.\#"']+|.)""",
    re.DOTALL,
)


class TomlPlace(NamedTuple):
    """Line and column, from 1, of a value and of its key."""

    line: int
    column: int
    key_line: int
    key_column: int


class Places(msgspec.Struct):
    """The place of each value by its path (keys, and numbers in lists), and keys that stand twice in one table."""

    places: dict[Path, TomlPlace] = msgspec.field(default_factory=dict)
    twice: list[tuple[Path, TomlPlace, TomlPlace]] = msgspec.field(default_factory=list)


class _Token(NamedTuple):
    kind: str
    text: str
    line: int
    column: int


class _EndError(Exception):
    """The text is over, or is not TOML from here on."""


def find_places(text: str) -> Places:
    """Walk over a TOML text; where it is not valid the walk ends, and what was found so far is given."""
    walk = _Walk(_tokens(text))
    with suppress(_EndError):
        walk.document()
    return walk.found


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    line, begin = 1, 0
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind not in ("space", "comment"):
            tokens.append(_Token(kind, match[0], line, match.start() - begin + 1))
        breaks = match[0].count("\n")
        if breaks:
            line += breaks
            begin = match.start() + match[0].rfind("\n") + 1
    return tokens


class _Walk:
    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.found = Places()
        self.lists: dict[Path, int] = {}
        self.headers: dict[Path, TomlPlace] = {}

    def peek(self) -> _Token:
        if self.at >= len(self.tokens):
            raise _EndError
        return self.tokens[self.at]

    def take(self) -> _Token:
        token = self.peek()
        self.at += 1
        return token

    def skip_newlines(self) -> _Token:
        while self.peek().kind == "newline":
            self.at += 1
        return self.peek()

    def document(self) -> None:
        table: Path = ()
        while True:
            token = self.skip_newlines()
            if token.text == "[":
                table = self.header()
            else:
                self.pair(table, 1)
            if self.take().kind != "newline":
                raise _EndError

    def header(self) -> Path:
        opening = self.take()
        is_list = self.peek().text == "[" and self.peek().column == opening.column + 1
        if is_list:
            self.take()
        keys, key = self.keys()
        while self.peek().text == "]":
            self.take()
            if self.at >= len(self.tokens):
                break
        place = TomlPlace(opening.line, opening.column, key.line, key.column)
        path: Path = ()
        for number, part in enumerate(keys):
            path = (*path, part)
            if is_list and number == len(keys) - 1:
                self.found.places.setdefault(path, place)
                self.lists[path] = self.lists.get(path, -1) + 1
            if path in self.lists:
                path = (*path, self.lists[path])
            else:
                self.found.places.setdefault(path, place)
        self.found.places.setdefault(path, place)
        if path in self.headers:
            self.found.twice.append((path, self.headers[path], place))
        self.headers[path] = place
        return path

    def keys(self) -> tuple[list[str], _Token]:
        first = self.peek()
        keys: list[str] = []
        while True:
            token = self.take()
            if token.kind == "text":
                keys.append(_unquoted(token.text))
            elif token.kind == "bare":
                keys.append(token.text)
            else:
                raise _EndError
            if self.peek().text != "." or len(keys) > MAX_LEVELS:
                return keys, first
            self.take()

    def pair(self, table: Path, level: int) -> None:
        keys, key = self.keys()
        if self.take().text != "=":
            raise _EndError
        path = table
        for part in keys[:-1]:
            path = (*path, part)
            self.found.places.setdefault(path, TomlPlace(key.line, key.column, key.line, key.column))
        self.value((*path, keys[-1]), key, level)

    def value(self, path: Path, key: _Token, level: int) -> None:
        token = self.peek()
        place = TomlPlace(token.line, token.column, key.line, key.column)
        earlier = self.found.places.get(path)
        if earlier is not None:
            self.found.twice.append((path, earlier, place))
        else:
            self.found.places[path] = place
        if token.text == "[" and level <= MAX_LEVELS:
            self.take()
            index = 0
            while self.skip_newlines().text != "]":
                self.value((*path, index), self.peek(), level + 1)
                index += 1
                if self.skip_newlines().text == ",":
                    self.take()
                elif self.peek().text != "]":
                    raise _EndError
            self.take()
        elif token.text == "{" and level <= MAX_LEVELS:
            self.take()
            while self.skip_newlines().text != "}":
                self.pair(path, level + 1)
                if self.peek().text == ",":
                    self.take()
                elif self.peek().text != "}":
                    raise _EndError
            self.take()
        elif token.kind in ("text", "bare"):
            while self.at < len(self.tokens) and (self.tokens[self.at].kind in ("text", "bare") or self.tokens[self.at].text == "."):
                self.at += 1
        else:
            raise _EndError


def _unquoted(text: str) -> str:
    if "\\" not in text:
        return text[1:-1]
    try:
        return str(tomllib.loads(f"k={text}")["k"])
    except tomllib.TOMLDecodeError:
        raise _EndError from None
