"""What a new file begins as: an archetype, word for word, with some fields of its front matter set."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wol.content.front_matter import split
from wol.content.raw import Block
from wol.content.source_text import decode
from wol.errors import WolError, diagnostic
from wol.model.item import Moment

Setting = str | bool | tuple[str, ...] | Moment
"""A text, yes/no, a list of names, or a date."""

_ALSO: Mapping[str, tuple[str, ...]] = {"date": ("pubdate", "created"), "tags": ("tag",)}
_PLAIN = re.compile(r"[^\W\d_](?:[\w .()/'’–—-]|,(?= )|[?!.](?=\s|$))*")
_NAME = re.compile(r"[^\W\d_][\w-]*")
_WORDS = frozenset({"yes", "no", "true", "false", "on", "off", "y", "n", "null", "none", "nan", "inf"})
_ESCAPED = re.compile('["\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]')


@dataclass(frozen=True, slots=True)
class _Edit:
    """Lines to put in the place of others: from `first` (counted from 0) up to `end`."""

    first: int
    end: int
    line: str


def fill(archetype: bytes, path: str, settings: Mapping[str, Setting]) -> str:
    """Return the text of an archetype with fields set: in place where it has them, else at the start of its front matter, in their order.

    `path` is that of the archetype, for errors. Raises WolError if its front matter cannot be read.
    """
    block = split(archetype, path)
    errors = [extent for extent in block.diagnostics if extent.severity == "error"]
    if errors:
        raise WolError(errors)
    if block.form == "json":
        hint = "write its fields as lines `key: value` between two lines `---`"
        raise WolError(diagnostic("front-matter-by-hand", "Fields are not set in an archetype whose front matter is JSON", path, hint=hint))
    text, _ = decode(archetype, path)
    if block.form == "none":
        head = "".join(f"{_line('yaml', name, value)}\n" for name, value in settings.items())
        return f"---\n{head}---\n" + ("" if text.startswith("\n") else "\n") + text
    lines = text.split("\n")
    edits, rest = [], []
    extents = _extents(block, lines)
    for name, value in settings.items():
        extent = next((extents[key] for key in extents if _simple(key) in (name, *_ALSO.get(name, ()))), None)
        if extent is not None:
            edits.append(_Edit(*extent, _line(block.form, name, value)))
        else:
            rest.append(_line(block.form, name, value))
    for edit in sorted(edits, key=lambda e: e.first, reverse=True):
        lines[edit.first : edit.end] = [edit.line]
    at = next(number for number, line in enumerate(lines) if line.strip()) + 1
    while block.form == "lines" and at < len(lines) and lines[at].strip() and lines[at][0] in " \t":
        at += 1
    lines[at:at] = rest
    return "\n".join(lines)


def _extents(block: Block, lines: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return the lines of each field, without the comments and empty lines after it. Raises WolError where fields share a line."""
    starts = sorted((raw.key_line - 1, key) for key, raw in block.values.items())
    last = block.body_line - (2 if block.form != "lines" else 1)
    extents: dict[str, tuple[int, int]] = {}
    for number, (start, key) in enumerate(starts):
        end = starts[number + 1][0] if number + 1 < len(starts) else last
        if end == start or not lines[start].lstrip("[? \"'").startswith(key[:1]):
            message = "The front matter of an archetype must have one field on a line"
            raise WolError(diagnostic("front-matter-syntax", message, block.path, start + 1, hint="write `key: value` lines"))
        while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
            end -= 1
        extents[key] = (start, end)
    return extents


def _simple(key: str) -> str:
    return key.lower().replace("-", "").replace("_", "")


def _line(form: str, name: str, value: Setting) -> str:
    if form == "toml":
        return f"{name} = {_toml(value)}"
    if form == "lines":
        return f"{name.capitalize()}: {', '.join(value) if isinstance(value, tuple) else value if isinstance(value, str) else yaml(value)}"
    return f"{name}: {yaml(value)}"


def yaml(value: Setting) -> str:
    """Return a value as it is typed in YAML: plain where every reader takes it for the same text, else in double quotes."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return f"[{', '.join(text if _NAME.fullmatch(text) and text.lower() not in _WORDS else _quoted(text) for text in value)}]"
    if isinstance(value, Moment):
        return stamp(value)
    return value if _PLAIN.fullmatch(value) and value == value.strip() and value.lower() not in _WORDS else _quoted(value)


def stamp(moment: Moment) -> str:
    """Return a date as one types it: the day alone if that is all, else with time and offset, so that it stays the same instant for ever."""
    return moment.local[:10] if moment.day_only else moment.local.replace("T", " ")


def _quoted(text: str) -> str:
    """Put a text in double quotes, with escapes that YAML and TOML both know."""

    def escape(char: re.Match[str]) -> str:
        return f"\\{char[0]}" if char[0] in '"\\' else f"\\u{ord(char[0]):04x}"

    return f'"{_ESCAPED.sub(escape, text)}"'


def _toml(value: Setting) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_quoted, value))}]"
    return stamp(value) if isinstance(value, Moment) else _quoted(value)
