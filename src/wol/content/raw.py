"""Front matter before anyone has asked what it means: values as typed, each with its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Literal

import msgspec

from wol.errors import Diagnostic

MAX_BYTES = 256 * 1024
"""Bytes of the largest front matter."""

MAX_LEVELS = 64
"""Maps and lists that may stand in one another."""

Form = Literal["yaml", "toml", "json", "lines", "none"]

Native = str | bool | int | float | datetime | date | time | None


class Raw(msgspec.Struct, frozen=True):
    """A value and where it stands.

    From YAML and from `Key: value` lines every scalar is text as typed (an empty YAML value is None), and `plain` says that it was not
    quoted; from TOML and JSON scalars are what these say. `line` and `column` count from 1 in the file; `key_line` and `key_column` are the place
    of its key, for values of a map.
    """

    value: Native | list[Raw] | dict[str, Raw]
    line: int = 0
    column: int = 0
    plain: bool = False
    key_line: int = 0
    key_column: int = 0


class Block(msgspec.Struct, frozen=True):
    """A source cut in two: the values of its front matter, in order, and its text.

    `path` is from the site's root. `body` has LF newlines, no BOM and no control characters; `body_line` is the line of the file,
    from 1, where it begins. With an error in `diagnostics` the values are incomplete.
    """

    path: str
    form: Form
    values: Mapping[str, Raw]
    body: str
    body_line: int
    diagnostics: tuple[Diagnostic, ...] = ()


class Defaults(msgspec.Struct, frozen=True):
    """The values of one `_defaults.toml`; `path` is from the site's root (`content/notes/_defaults.toml`)."""

    path: str
    values: Mapping[str, Raw]


_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,17}")
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("null", "Null", "NULL", "~", ""), None),
}


def to_plain(raw: Raw) -> object:
    """Give a value as plain data, for `page.extra`: text, yes/no, whole number, float, None, list or dict.

    Unquoted `true`, `false`, null and whole numbers without a leading zero get their types; TOML's dates become text, as do numbers that
    JSON cannot hold.
    """
    value = raw.value
    if isinstance(value, str):
        if raw.plain:
            if value in _WORDS:
                return _WORDS[value]
            if _INTEGER.fullmatch(value):
                return int(value)
        return value
    if isinstance(value, list):
        return [to_plain(element) for element in value]
    if isinstance(value, dict):
        return {key: to_plain(element) for key, element in value.items()}
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool):
        return value if -(2**63) <= value < 2**63 else str(value)
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return str(value)
    return value
