"""What is wrong with the settings, before it has a line and a column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

import msgspec

from wol.config.locate import KeyPositions, Path
from wol.errors import Diagnostic, diagnostic
from wol.errors import listed as listed

_BARE = re.compile(r"[A-Za-z0-9_-]+")


class Problem(msgspec.Struct, frozen=True):
    """A finding about the setting at `where`; `at` says whether its key or its value is to be pointed at."""

    where: Path
    message: str
    hint: str = ""
    code: str = "config-value"
    at: Literal["key", "value"] = "value"


def report(problems: Iterable[Problem], places: KeyPositions, path: str) -> tuple[Diagnostic, ...]:
    """Give each problem its place in the file, in the order of the file, each once."""
    found: dict[Diagnostic, None] = {}
    for problem in problems:
        line, column = places.of_key(problem.where) if problem.at == "key" else places.of_value(problem.where)
        found[diagnostic(problem.code, problem.message, path, line, column, hint=problem.hint)] = None
    return tuple(sorted(found, key=lambda d: (d.span.line, d.span.column) if d.span else (0, 0)))


def named(where: Path) -> str:
    """Name a setting in a sentence: "`title` in `[site]`", "entry 2 of `nav` in `[theme]`"."""
    keys = [part for part in where if isinstance(part, str)]
    count = next((n for n, part in enumerate(where) if isinstance(part, int)), len(where))
    table = header(tuple(keys[: count - 1]))
    name = f"`{keys[count - 1]}` in `{table}`" if table else f"`{keys[count - 1]}`"
    for part in where[count:]:
        name = f"entry {part + 1} of {name}" if isinstance(part, int) else f"`{part}` of {name}"
    return name


def header(table: Path) -> str:
    """Give the header of a table as it is typed: `[site.author]`; nothing for the top of the file."""
    return f"[{'.'.join(quoted(str(part)) for part in table)}]" if table else ""


def quoted(key: str) -> str:
    """Give a key as it is typed in TOML."""
    return key if _BARE.fullmatch(key) else text(key)


def text(value: str) -> str:
    """Give a text as it is typed in TOML, in double quotes."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda sign: f"\\u{ord(sign[0]):04x}", escaped) + '"'


def sentence(words: str) -> str:
    """Begin a sentence with a capital letter, unless it begins with a name."""
    return words[:1].upper() + words[1:]
