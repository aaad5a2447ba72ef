"""TOML with positions: `tomllib` says what the values are, a small walk over the same text where they stand."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any, NamedTuple

from wol.content.raw import MAX_LEVELS, Raw
from wol.content.source_text import FORBIDDEN
from wol.content.toml_places import Places, TomlPlace, find_places
from wol.errors import Diagnostic, diagnostic
from wol.model.numbers import LONGEST_BITS, huge_number

_KEY = r"""(?:(?<![\w-])[\w-]++|"[^"\n]*+"|'[^'\n]*+')"""
_LONG_KEY = re.compile(rf"(?:{_KEY}[ \t]*+\.[ \t]*+){{{MAX_LEVELS}}}")
"""A dotted key of more levels than may be: `tomllib` of Python 3.11 takes memory without bound for a long one."""

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_TWICE = ("Cannot overwrite", "Cannot declare", "Duplicate inline table key", "Cannot redefine", "Cannot mutate")
_PROBLEMS = (
    *((begin, "a key stands twice") for begin in _TWICE),
    *((begin, "a quotation mark is not closed") for begin in ("Unterminated string", "Illegal character '\\n'", "Expected \"'")),
)


class Loaded(NamedTuple):
    """The values of a TOML text, or none where it cannot be read, and findings."""

    values: dict[str, Raw] | None
    diagnostics: tuple[Diagnostic, ...]


def load(text: str, path: str, first_line: int) -> Loaded:
    """Read a TOML text whose first line is line `first_line` of the file `path`.

    Errors: `front-matter-syntax`, `front-matter-duplicate`, `front-matter-too-large` (over 64 levels).
    """
    if text.count(".") >= MAX_LEVELS:
        long_key = _LONG_KEY.search(text)
        if long_key is not None:
            return Loaded(None, (_deep(path, first_line + text.count("\n", 0, long_key.start())),))
    try:
        parsed = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Loaded(None, _errors(error, text, path, first_line))
    except RecursionError:
        return Loaded(None, (_deep(path, first_line),))
    except ValueError:  # a whole number of over 4,300 digits
        line = first_line - 1 + huge_number(text)
        found = diagnostic("front-matter-syntax", "A number has too many digits", path, line, hint="put it in quotes")
        return Loaded(None, (found,))
    if not parsed:
        return Loaded({}, ())
    wrapping = _Wrapping(find_places(text).places, path, first_line)
    try:
        values = wrapping.map(parsed, (), 1)
    except _TooDeepError as deep:
        return Loaded(None, (_deep(path, deep.line, deep.column),))
    return Loaded(values, tuple(wrapping.diagnostics))


class _TooDeepError(Exception):
    def __init__(self, line: int, column: int) -> None:
        super().__init__(line, column)
        self.line = line
        self.column = column


class _Wrapping:
    """Native values become `Raw`, with the place of each."""

    def __init__(self, places: Mapping[tuple[str | int, ...], TomlPlace], path: str, first_line: int) -> None:
        self.places = places
        self.path = path
        self.offset = first_line - 1
        self.diagnostics: list[Diagnostic] = []

    def map(self, values: dict[str, Any], at: tuple[str | int, ...], level: int) -> dict[str, Raw]:
        return {self.clean(key, at): self.wrap(value, (*at, key), level) for key, value in values.items()}

    def wrap(self, value: Any, at: tuple[str | int, ...], level: int) -> Raw:
        place = self.places.get(at) or TomlPlace(1, 1, 1, 1)
        if isinstance(value, (dict, list)):
            if level >= MAX_LEVELS:
                raise _TooDeepError(self.offset + place.line, place.column)
            if isinstance(value, dict):
                value = self.map(value, at, level + 1)
            else:
                value = [self.wrap(element, (*at, index), level + 1) for index, element in enumerate(value)]
        elif isinstance(value, str):
            value = self.clean(value, at)
        elif isinstance(value, int) and value.bit_length() > LONGEST_BITS:  # of `0x…`, which no limit of digits holds back
            value = hex(value)
        return Raw(value, self.offset + place.line, place.column, False, self.offset + place.key_line, place.key_column)

    def clean(self, text: str, at: tuple[str | int, ...]) -> str:
        if FORBIDDEN.search(text) is None:
            return text
        place = self.places.get(at) or TomlPlace(1, 1, 1, 1)
        line, message = self.offset + place.line, "Control characters were removed from the value"
        self.diagnostics.append(diagnostic("control-characters", message, self.path, line, place.column))
        return FORBIDDEN.sub("", text)


def _deep(path: str, line: int, column: int = 1) -> Diagnostic:
    return diagnostic("front-matter-too-large", f"The front matter is nested over {MAX_LEVELS} levels deep", path, line, column)


def _errors(error: tomllib.TOMLDecodeError, text: str, path: str, first_line: int) -> tuple[Diagnostic, ...]:
    message = str(error)
    if message.startswith(_TWICE):
        twice = _twice(find_places(text), path, first_line)
        if twice:
            return twice
    match = _PLACE.search(message)
    line, column = text.rstrip("\n").count("\n") + 1, 0
    if match is not None:
        message = message[: match.start()]
        if match[1]:
            line, column = int(match[1]), int(match[2])
    problem = next((words for begin, words in _PROBLEMS if message.startswith(begin)), message[:1].lower() + message[1:].replace("'", "`"))
    hint = "mend the line; texts stand in quotes, lists in brackets"
    return (diagnostic("front-matter-syntax", f"The text is not TOML: {problem}", path, first_line + line - 1, column, hint=hint),)


def _twice(found: Places, path: str, first_line: int) -> tuple[Diagnostic, ...]:
    diagnostics = []
    for at, first, second in found.twice:
        lines = [first_line - 1 + place.key_line for place in (first, second)]
        message = f"`{'.'.join(str(part) for part in at)}` stands twice, on lines {lines[0]} and {lines[1]}"
        diagnostics.append(diagnostic("front-matter-duplicate", message, path, lines[1], second.key_column))
    return tuple(diagnostics)
