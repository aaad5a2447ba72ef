"""Adding fields to the front matter of a source, byte for byte: all else stays as its writer typed it.

What cannot be done so, because the front matter has a form of its own, is refused; every change is read again before it is given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from wol.content.front_matter import split
from wol.content.raw import Block, Form, Raw, to_plain
from wol.content.value_readers import is_absent, texts
from wol.errors import WolError, diagnostic
from wol.model.field_table import FIELD_BY_NAME, normal

Value = str | bool | tuple[str, ...]
"""A text, yes/no, or texts that a list is to begin with."""

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
"""A line with its end, as readers of front matter count them."""

_END = re.compile(r"(?:\r\n|\r|\n)\Z")
_PLAIN = re.compile(r"/[\w/.~-]*|[a-z][a-z0-9_-]*|[0-9]{4}-[0-9]{2}-[0-9]{2}")
WORDS = frozenset({"yes", "no", "true", "false", "on", "off", "y", "n", "null", "none", "nan", "inf"})
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ESCAPED = re.compile('["\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]')
QUOTED = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^'])*'""")


class ByHandError(Exception):
    """The front matter has a form that is not edited safely."""


def amend(data: bytes, path: str, fields: Mapping[str, Value]) -> bytes:
    """Give the bytes of a source, whose path from the site's root is `path`, with fields added to its front matter.

    A field that is there already must be empty, or a list, which then begins with the new texts; those that it has are not added again. Raises WolError: what
    reading the front matter finds, or front-matter-by-hand with the lines to type.
    """
    block = split(data, path)
    errors = [found for found in block.diagnostics if found.severity == "error"]
    if errors:
        raise WolError(errors)
    wanted = {name: value for name, value in fields.items() if not isinstance(value, tuple) or _lacking(block, name, value)}
    if not wanted:
        return data
    try:
        text = data.decode("utf-8")
        for name, value in wanted.items():
            text = _with(text, split(text.encode("utf-8"), path), name, value)
        done = text.encode("utf-8")
        _verify(block, split(done, path), wanted)
    except ByHandError:
        form = "yaml" if block.form == "none" else block.form
        typed = ", ".join(f"`{_row(form, name, value)}`" for name, value in wanted.items())
        message = f"The front matter of `{path}` is not edited, since something else in it might change"
        raise WolError(
            diagnostic("front-matter-by-hand", message, path, hint=f"write {typed} by hand, and run the command again")
        ) from None
    return done


def _lacking(block: Block, name: str, value: tuple[str, ...]) -> tuple[str, ...]:
    """Give the texts that a list does not have yet."""
    key = _key_of(block, name)
    known = texts(block.values[key]) or () if key is not None else ()
    return tuple(one for one in value if one not in known)


def _key_of(block: Block, name: str) -> str | None:
    """Give the key under which a field is there: its own name first, then another spelling."""
    also = FIELD_BY_NAME[name].also if name in FIELD_BY_NAME else ()
    return next((key for spelling in (name, *also) for key in block.values if normal(key) == normal(spelling)), None)


def _with(text: str, block: Block, name: str, value: Value) -> str:
    lines = LINE.findall(text)
    key = _key_of(block, name)
    if key is None:
        return _inserted(lines, block, name, value)
    raw = block.values[key]
    if is_absent(raw):
        return _filled(lines, block.form, key, raw.key_line - 1, value)
    if not isinstance(value, tuple) or block.form == "lines":
        raise ByHandError
    return _longer(lines, block.form, raw, _lacking(block, name, value))


def _inserted(lines: list[str], block: Block, name: str, value: Value) -> str:
    """Add a line: at the end of the front matter, or at its beginning where tables of TOML follow."""
    end = next((found[0] for line in lines if (found := _END.search(line))), "\n")
    if block.form == "none":
        mark = "\ufeff" if lines and lines[0].startswith("\ufeff") else ""
        rest = "".join(lines)[len(mark) :]
        return f"{mark}---{end}{_row('yaml', name, value)}{end}---{end}{rest}"
    if block.form == "json":
        return _inserted_in_object(lines, block, name, value, end)
    first = next(number for number, line in enumerate(lines) if line.strip("\ufeff \t\r\n"))
    if block.form == "lines":
        at = first
        while at < len(lines) and lines[at].strip():
            at += 1
    elif block.form == "toml" and any(line.lstrip().startswith("[") for line in lines[first + 1 : block.body_line - 2]):
        at = first + 1
    else:
        at = block.body_line - 2
    indent = " " * min((raw.key_column - 1 for raw in block.values.values()), default=0) if block.form == "yaml" else ""
    row = indent + _row(block.form, name, value)
    if at and not _END.search(lines[at - 1]):
        lines[at - 1] += end
        return "".join([*lines[:at], row, *lines[at:]])
    return "".join([*lines[:at], row + end, *lines[at:]])


def _inserted_in_object(lines: list[str], block: Block, name: str, value: Value, end: str) -> str:
    """Add a field before the first one of a JSON object: on a line of its own where that one has such a line."""
    raw = min(block.values.values(), key=lambda raw: (raw.key_line, raw.key_column), default=None)
    if raw is None:
        raise ByHandError
    line, column = lines[raw.key_line - 1], raw.key_column - 1 + lines[raw.key_line - 1].startswith("\ufeff")
    joint = f"{end}{line[:column]}" if not line[:column].strip() else " "
    lines[raw.key_line - 1] = f"{line[:column]}{_row('json', name, value)},{joint}{line[column:]}"
    return "".join(lines)


def _filled(lines: list[str], form: Form, key: str, number: int, value: Value) -> str:
    """Give an empty field on a line a value."""
    tail = r"(?=[ \t]*[,}\r\n])" if form == "json" else r"(?=[ \t]*(?:#.*)?[\r\n]*\Z)"
    empty = re.compile(rf"""(["']?{re.escape(key)}["']?[ \t]*[:=])(?:[ \t]*(?:""|''|\[\]|~|[nN]ull|NULL))?{tail}""")
    found = empty.search(lines[number])
    if found is None:
        raise ByHandError
    lines[number] = f"{lines[number][: found.start()]}{found[1]} {_shown(form, value)}{lines[number][found.end() :]}"
    return "".join(lines)


def _longer(lines: list[str], form: Form, raw: Raw, value: tuple[str, ...]) -> str:
    """Put texts at the beginning of a list, or make a list of a single text."""
    number, column = raw.line - 1, raw.column - 1
    line = lines[number]
    new = ", ".join(shown_text(form, one) for one in value)
    sign = line[column : column + 1]
    if isinstance(raw.value, list):
        if sign == "[":
            lines[number] = f"{line[: column + 1]}{new}{', ' if raw.value else ''}{line[column + 1 :]}"
        elif sign == "-" and not line[:column].strip():
            end = _END.search(line)
            lines[number] = "".join(f"{line[:column]}- {shown_text(form, one)}{end[0] if end else ''}" for one in value) + line
        else:
            raise ByHandError
        return "".join(lines)
    typed = QUOTED.match(line, column)
    text = typed[0] if typed is not None else str(raw.value)
    if not line.startswith(text, column):
        raise ByHandError
    lines[number] = f"{line[:column]}[{new}, {text}]{line[column + len(text) :]}"
    return "".join(lines)


def _verify(before: Block, after: Block, wanted: Mapping[str, Value]) -> None:
    """See that nothing but the wanted fields is another."""
    if any(found.severity == "error" for found in after.diagnostics) or after.body != before.body:
        raise ByHandError
    old = {key: to_plain(raw) for key, raw in before.values.items()}
    new = {key: to_plain(raw) for key, raw in after.values.items()}
    for name, value in wanted.items():
        key = _key_of(after, name)
        if key is None:
            raise ByHandError
        had = texts(before.values[key]) or () if key in before.values and isinstance(value, tuple) else ()
        _EXPECTED[type(value)](after.values[key], value, had)
        old.pop(key, None)
        new.pop(key)
    if old != new:
        raise ByHandError


def _same_text(raw: Raw, value: Value, _: Sequence[str]) -> None:
    shown = raw.value.isoformat() if isinstance(raw.value, date) else raw.value
    if shown != value:
        raise ByHandError


def _same_switch(raw: Raw, value: Value, _: Sequence[str]) -> None:
    if raw.value not in (value, str(value).lower()):
        raise ByHandError


def _same_list(raw: Raw, value: Value, had: Sequence[str]) -> None:
    assert isinstance(value, tuple)
    if texts(raw) != (*(one for one in value if one not in had), *had):
        raise ByHandError


_EXPECTED: Mapping[type, Callable[[Raw, Value, Sequence[str]], None]] = {str: _same_text, bool: _same_switch, tuple: _same_list}


def _row(form: Form, name: str, value: Value) -> str:
    key = name.capitalize() if form == "lines" else f'"{name}"' if form == "json" else name
    return f"{key}{' =' if form == 'toml' else ':'} {_shown(form, value)}"


def _shown(form: Form, value: Value) -> str:
    if isinstance(value, tuple):
        shown = ", ".join(shown_text(form, one) for one in value)
        return shown if form == "lines" else f"[{shown}]"
    return str(value).lower() if isinstance(value, bool) else shown_text(form, value)


def shown_text(form: Form, text: str) -> str:
    """Give a text as it is typed: plain where it is nothing else, else in double quotes, with escapes that YAML and TOML both know."""
    if form == "lines" or (form == "yaml" and _PLAIN.fullmatch(text) and text not in WORDS) or (form == "toml" and _DATE.fullmatch(text)):
        return text
    return quoted_text(text)


def quoted_text(text: str) -> str:
    """Return a text in double quotes, with escapes that YAML, TOML and JSON know."""
    return '"' + _ESCAPED.sub(lambda sign: f"\\{sign[0]}" if sign[0] in '"\\' else f"\\u{ord(sign[0]):04x}", text) + '"'
