"""Read EXIF: copy the few tags that may be published, and find locations (CIPA DC-008, EXIF 2.32; TIFF 6.0)."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import Literal, NamedTuple

_ORIENTATION, _ARTIST, _COPYRIGHT, _GPS = 0x0112, 0x013B, 0x8298, 0x8825
_XMP = 0x02BC
_POSITION = frozenset({2, 4, 20, 22, 28})
"""Tags of the GPS directory: latitude and longitude, those of the destination, and the name of the area."""
_ASCII, _SHORT, _LONG, _UTF8 = 2, 3, 4, 129
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8, 129: 1}
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_MOST_DIRECTORIES = 64
_MOST_TAGS = 4096

_RAW = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+", b"IIRO", b"IIRS", b"MMOR", b"IIU\0")
"""How files of this form begin: TIFF and DNG, BigTIFF, and the raw pictures of Olympus and Panasonic."""


class Tag(NamedTuple):
    """One tag of a directory: its number, its type, how many values it has, and their bytes."""

    number: int
    type: int
    amount: int
    value: bytes


def is_tiff(data: bytes) -> bool:
    """Return whether data begins as TIFF does."""
    return data[:4] in _RAW


def minimal(data: bytes) -> bytes:
    """Return EXIF data with orientation, artist and copyright alone, never longer than it was; nothing if it has none of them."""
    order = _order(data)
    if not order or not is_tiff(data) or data[2:3] in b"+" or data[3:4] in b"+":
        return b""
    kept: dict[int, Tag] = {}
    for tag in _directory(data, order, _first(data, order)):
        if tag.number not in kept and _may_stay(tag, order):
            kept[tag.number] = tag
    if not kept:
        return b""
    for wanted in (sorted(kept), [_ORIENTATION]):
        made = _written(order, [kept[number] for number in wanted if number in kept])
        if len(made) <= len(data):
            return made
    return made[: len(data)] if len(made) - 4 <= len(data) and _ORIENTATION in kept else b""  # without the empty link to a next directory


def has_location(data: bytes) -> bool:
    """Return whether EXIF data, or a TIFF file, contains a position, in its tags or in XMP."""
    order = _order(data)
    if not order or not is_tiff(data):
        return False
    at, seen = _first(data, order), set[int]()
    while at and at not in seen and len(seen) < _MOST_DIRECTORIES:
        seen.add(at)
        for tag in _directory(data, order, at):
            if tag.number == _GPS and tag.value:
                below = int.from_bytes(tag.value[: _SIZES.get(tag.type, 0)], _named(order))
                if any(each.number in _POSITION and (not each.value or any(each.value)) for each in _directory(data, order, below)):
                    return True
            elif tag.number == _XMP and xmp_has_location(tag.value):
                return True
        at = _next(data, order, at)
    return False


_XMP_POSITION = re.compile(
    rb"""GPS(?:Dest)?L(?:at|ong)itude\s*(?:=\s*["']|>)\s*[+-]?[0-9]"""
    rb"""|(?:photoshop:(?:City|State)|Iptc4xmpCore:Location|Iptc4xmpExt:(?:City|Sublocation))\s*(?:=\s*["'][^"']|>\s*[^\s<])"""
)


def xmp_has_location(data: bytes) -> bool:
    """Return whether XMP data contains a position, or the name of a town (ISO 16684-1; IPTC Photo Metadata)."""
    return _XMP_POSITION.search(data) is not None


def _order(data: bytes) -> str:
    return {b"II": "<", b"MM": ">"}.get(data[:2], "")


def _named(order: str) -> Literal["little", "big"]:
    return "little" if order == "<" else "big"


def _is_big(data: bytes) -> bool:
    return 0x2B in data[2:4]


def _first(data: bytes, order: str) -> int:
    return _number(data, order, "Q", 8) if _is_big(data) else _number(data, order, "I", 4)


def _number(data: bytes, order: str, sort: str, at: int) -> int:
    try:
        found: int = struct.unpack_from(order + sort, data, at)[0]
    except (struct.error, OverflowError):
        return 0
    return found


def _shape(data: bytes, order: str, at: int) -> tuple[int, int, int]:
    """Return where the tags of a directory begin, how many there are, and the bytes of each."""
    if _is_big(data):
        return at + 8, _number(data, order, "Q", at), 20
    return at + 2, _number(data, order, "H", at), 12


def _directory(data: bytes, order: str, at: int) -> Iterator[Tag]:
    """Yield the tags of the directory at an offset, as far as they can be read."""
    if not 0 < at < len(data):
        return
    start, count, size = _shape(data, order, at)
    big = size == 20
    for place in range(start, start + size * min(count, _MOST_TAGS), size):
        if place + size > len(data):
            return
        number, sort = struct.unpack_from(f"{order}HH", data, place)
        values = _number(data, order, "Q" if big else "I", place + 4)
        held = _SIZES.get(sort, 0) * values
        inside = place + (12 if big else 8)
        where = inside if held <= (8 if big else 4) else _number(data, order, "Q" if big else "I", inside)
        yield Tag(number, sort, values, bytes(data[where : where + held]) if held and where + held <= len(data) else b"")


def _next(data: bytes, order: str, at: int) -> int:
    start, count, size = _shape(data, order, at)
    return _number(data, order, "Q" if size == 20 else "I", start + size * count)


def _may_stay(tag: Tag, order: str) -> bool:
    if tag.number == _ORIENTATION:
        return tag.type in (_SHORT, _LONG) and tag.amount == 1 and 1 <= int.from_bytes(tag.value, _named(order)) <= 8
    return tag.number in (_ARTIST, _COPYRIGHT) and tag.type in (_ASCII, _UTF8) and _is_text(tag)


def _is_text(tag: Tag) -> bool:
    """Return whether a value is a line of text, and not other bytes of the file to which a damaged offset leads; a copyright has up to two parts."""
    parts = tag.value.rstrip(b"\0").split(b"\0")
    return (
        any(part.strip() for part in parts)
        and len(parts) <= (2 if tag.number == _COPYRIGHT else 1)
        and not any(map(_CONTROL.search, parts))
    )


def _written(order: str, tags: list[Tag]) -> bytes:
    """Write one directory, each tag's value after it."""
    end = 8 + 2 + 12 * len(tags) + 4
    entries, values = b"", b""
    for tag in tags:
        if tag.number == _ORIENTATION:
            entries += struct.pack(f"{order}HHIHH", tag.number, _SHORT, 1, int.from_bytes(tag.value, _named(order)), 0)
            continue
        text = tag.value.rstrip(b"\0") + b"\0"
        inside = text.ljust(4, b"\0") if len(text) <= 4 else struct.pack(f"{order}I", end + len(values))
        entries += struct.pack(f"{order}HHI", tag.number, tag.type, len(text)) + inside
        if len(text) > 4:
            values += text + b"\0" * (len(text) % 2)
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}IH", 8, len(tags))
    return head + entries + b"\0\0\0\0" + values
