"""What a sound or film is, and how long, by its headers: read from the content, whatever the name says, and never as a whole."""

from __future__ import annotations

import math
from typing import Any, BinaryIO, cast

import msgspec

from wol.features.enclosures import adts, matroska, mp4, ogg
from wol.features.enclosures.bounded import BoundedFile, TooMuchError
from wol.features.enclosures.properties import Properties

_LONGEST = 10 * 366 * 86_400.0
"""Seconds; what a header says beyond that is wrong."""

_LARGEST = 65_535
"""Pixels, likewise."""

_ID3_HEADER, _ID3_TAGS = 10, 64
_CHUNKS = 4096


class Media(msgspec.Struct, frozen=True):
    """What feeds and players want to know of a sound or film.

    `type` is the media type, empty if the content is of no sort that is known here. `length` is in bytes; `duration`, in seconds, and the size of a
    picture, in pixels, are None where the headers do not say.
    """

    type: str
    length: int
    duration: float | None = None
    width: int | None = None
    height: int | None = None


def read_media(file: BinaryIO) -> Media:
    """Look at a file that is open for reading. Nothing in it is an error: of what is cut off or lies, as much is given as is certain."""
    whole = BoundedFile(file)
    try:
        found = _properties(whole)
    except (TooMuchError, ArithmeticError, LookupError, ValueError, OSError):
        found = Properties("")
    duration = found.duration if found.duration is not None and 0 < found.duration <= _LONGEST else None
    width, height = found.width, found.height
    has_size = width is not None and height is not None and 0 < width <= _LARGEST and 0 < height <= _LARGEST
    return Media(found.type, whole.size, duration, width if has_size else None, height if has_size else None)


def parse(key: str, file: BinaryIO) -> dict[str, Any]:
    """Return a row of the table `media`: the fields of `Media`."""
    row: dict[str, Any] = msgspec.to_builtins(read_media(file))
    return row


def _properties(whole: BoundedFile) -> Properties:
    """Tell sorts of files apart by how they begin."""
    start = _after_id3(whole)
    file = whole.after(start) if start else whole
    head = file.at(0, 64)
    if head[4:8] in mp4.FIRST:
        return mp4.read(file)
    if head.startswith(b"OggS"):
        return ogg.read(file)
    if head.startswith(matroska.MAGIC):
        return matroska.read(file)
    if head.startswith(b"fLaC"):
        return _by_library("audio/flac", file)
    if head.startswith((b"RIFF", b"RF64")) and head[8:12] == b"WAVE":
        return _wave(file)
    if head.startswith(b"FORM") and head[8:12] in (b"AIFF", b"AIFC"):
        return _by_library("audio/aiff", file)
    if adts.is_frame(head):
        return adts.read(file)
    if start or _is_mpeg(head):
        return _by_library("audio/mpeg", file)
    return Properties("")


def _after_id3(file: BoundedFile) -> int:
    """Give where the tags end that some programs put before a sound, with their pictures as large as they like, and the zeros behind them."""
    start = 0
    for _ in range(_ID3_TAGS):
        head = file.at(start, _ID3_HEADER)
        if len(head) < _ID3_HEADER or head[:3] != b"ID3" or any(byte > 127 for byte in head[6:10]):
            break
        start += _ID3_HEADER + sum(byte << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))
        start += _ID3_HEADER if head[5] & 0x10 else 0
    if start:
        padding = file.at(start, 64 << 10)
        start += len(padding) - len(padding.lstrip(b"\0"))
    return start


def _is_mpeg(head: bytes) -> bool:
    """Whether bytes begin as a frame of MPEG audio does."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return False
    version, layer, rate, sampling = head[1] >> 3 & 3, head[1] >> 1 & 3, head[2] >> 4, head[2] >> 2 & 3
    return version != 1 and layer != 0 and 0 < rate < 15 and sampling != 3


def _by_library(media_type: str, file: BoundedFile) -> Properties:
    """Let the library find the duration."""
    from tinytag import TinyTag, TinyTagException

    file.seek(0)
    try:
        found = TinyTag.get(file_obj=cast("BinaryIO", file), tags=False)
    except (TinyTagException, TooMuchError, ArithmeticError, LookupError, ValueError, OSError):
        return Properties(media_type)
    return Properties(media_type, found.duration if found.duration is not None and math.isfinite(found.duration) else None)


def _wave(file: BoundedFile) -> Properties:
    """Of a recording that was not closed, the header says nothing or the largest number; then the bytes that there are count."""
    position, rate = 12, 0
    for _ in range(_CHUNKS):
        head = file.at(position, 8)
        name, length = head[:4], int.from_bytes(head[4:], "little")
        if len(head) < 8:
            break
        if name == b"fmt ":
            rate = int.from_bytes(file.at(position + 16, 4), "little")
        elif name == b"data":
            there = max(file.size - position - 8, 0)
            return Properties("audio/wav", (length if 0 < length <= there else there) / rate if rate else None)
        position += 8 + length + length % 2
    return Properties("audio/wav")
