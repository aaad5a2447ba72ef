"""The ledger as text: one event a line, cells parted by tabs (authoring format, section 6.0)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple, cast

from wol.errors import Diagnostic, diagnostic, did_you_mean
from wol.model.ledger import CLASSES, EVENTS, PATH, Event, Lasting, Line

HEADER = "# wol ledger 1. Written by wol deploy and wol record. Commit it."

_NONE = "-"
_TEXT = "text="
_TIME = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"
_LINE = re.compile(rf"({_TIME})\t({'|'.join(EVENTS)})\t(/[^\t]*)\t([^\t]+)\t({'|'.join(CLASSES)})(?:\t(.*))?")
_CELLS = (
    "a time such as `2026-11-20T09:15:02Z`",
    "`live` or `gone`",
    "a URL path",
    "an id in feeds, or `-`",
    "`item`, `feed`, `file` or `list`",
)
_VERSION = re.compile(r"# wol ledger (\d+)")
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
_ESCAPED = re.compile(r"\\(.)")
_MEANT = {"t": "\t", "n": "\n", "r": "\r"}


class Parsed(NamedTuple):
    """The lines of a ledger, and what is wrong with it (E `ledger-line`, with the line)."""

    lines: tuple[Line, ...]
    diagnostics: tuple[Diagnostic, ...]


def parse(data: bytes) -> Parsed:
    """Read a ledger: lines in any order and as often as they like, as merges of branches leave them; comments begin with `#`."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Parsed((), (_wrong(data.count(b"\n", 0, error.start) + 1, f"The byte 0x{data[error.start]:02X} is not UTF-8"),))
    lines: list[Line] = []
    found: list[Diagnostic] = []
    for number, row in enumerate(text.split("\n"), 1):
        row = row.removesuffix("\r")
        match = _LINE.fullmatch(row)
        if match is not None and _is_time(match[1]):
            time, event, url, feed_id, kind, more = match.groups()
            told = "" if feed_id == _NONE else _read(feed_id)
            lines.append(Line(time, cast("Event", event), _read(url), told, cast("Lasting", kind), _text(more)))
        elif row.startswith("#"):
            version = _VERSION.match(row)
            if version is not None and version[1] != "1":
                return Parsed((), (_wrong(number, f"This is a ledger of form {version[1]}, and this wol reads form 1", hint="update wol"),))
        elif row.startswith(_CONFLICT):
            hint = "keep the lines of both sides, and put `ledger/*.tsv merge=union` into `.gitattributes`"
            return Parsed((), (_wrong(number, "A conflict of a merge was left here", hint=hint),))
        elif row.strip():
            found.append(_explained(row, number))
    return Parsed(tuple(lines), tuple(found))


def write_line(line: Line) -> str:
    """Give the text of a line, without its end."""
    cells = [line.time, line.event, _escaped(line.url), _escaped(line.feed_id) or _NONE, line.kind]
    if line.feed_id == _NONE:
        cells[3] = "\\-"
    return "\t".join([*cells, f"{_TEXT}{line.text}"] if line.text else cells)


def moment(instant: int) -> str:
    """Give an instant (microseconds since 1970 UTC) as the ledger writes it; what is left of its second is cut off."""
    return f"{datetime.fromtimestamp(instant // 1_000_000, UTC):%Y-%m-%dT%H:%M:%SZ}"


def instant(time: str) -> int:
    """Give the instant of a time of the ledger: the reverse of `moment`."""
    return int(datetime.fromisoformat(time).timestamp()) * 1_000_000


@lru_cache(maxsize=64)
def _is_time(typed: str) -> bool:
    """Whether there is such a day and time; the lines of one publication have the same."""
    try:
        return datetime.fromisoformat(typed).year > 0
    except ValueError:
        return False


def _read(cell: str) -> str:
    return cell if "\\" not in cell else _ESCAPED.sub(lambda found: _MEANT.get(found[1], found[1]), cell)


def _escaped(cell: str) -> str:
    return re.sub(r"[\\\t\n\r]", lambda found: _ESCAPES[found[0]], cell)


def _text(more: str | None) -> str:
    """Find the digest among what follows the class; other cells are for later versions."""
    return next((cell.removeprefix(_TEXT) for cell in (more or "").split("\t") if cell.startswith(_TEXT)), "")


def _explained(row: str, number: int) -> Diagnostic:
    """Say what is wrong with a line."""
    cells = row.split("\t")
    if len(cells) == 1:
        return _wrong(number, "The line has no tabs in it; cells are parted by tabs, not by spaces")
    for cell, pattern, what in zip(cells, (_TIME, "|".join(EVENTS), "/.*", ".+", "|".join(CLASSES)), _CELLS, strict=False):
        if re.fullmatch(pattern, cell) is None or (pattern == _TIME and not _is_time(cell)):
            return _wrong(number, f"`{cell}` is not {what}", hint=did_you_mean(cell, (*EVENTS, *CLASSES)))
    return _wrong(number, f"The line ends before {_CELLS[len(cells)]}")


def _wrong(line: int, message: str, *, hint: str = "") -> Diagnostic:
    return diagnostic("ledger-line", message, PATH, line, hint=hint)


def appended(before: bytes, lines: Iterable[Line]) -> bytes:
    """Give the bytes of a ledger with lines added at its end; what was there stays, byte for byte."""
    end = "\r\n" if b"\r\n" in before else "\n"
    head = "" if not before else end if not before.endswith(b"\n") else ""
    rows = [] if before.strip(b"\xef\xbb\xbf \t\r\n") else [HEADER]
    rows += map(write_line, lines)
    return before + (head + "".join(f"{row}{end}" for row in rows)).encode()
