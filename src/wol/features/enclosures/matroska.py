"""Matroska and WebM: elements within elements, of which those with length and tracks are read. Sources: RFC 8794, RFC 9559."""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator

from wol.features.enclosures.bounded import BoundedFile
from wol.features.enclosures.properties import Properties

MAGIC = b"\x1a\x45\xdf\xa3"

_ELEMENTS = 4096
_HEADER, _SEGMENT, _INFO, _TRACKS, _CLUSTER = 0x1A45DFA3, 0x18538067, 0x1549A966, 0x1654AE6B, 0x1F43B675
_DOCTYPE, _SCALE, _DURATION = 0x4282, 0x2AD7B1, 0x4489
_TRACK, _KIND, _VIDEO, _WIDTH, _HEIGHT, _SHOWN_WIDTH, _SHOWN_HEIGHT, _UNIT = 0xAE, 0x83, 0xE0, 0xB0, 0xBA, 0x54B0, 0x54BA, 0x54B2
_PICTURE, _SOUND = 1, 2

Element = tuple[int, int, int]
"""Id, and where the content begins and ends."""


def read(file: BoundedFile) -> Properties:
    """Read what stands before the first cluster, or behind clusters that say how long they are."""
    left = [_ELEMENTS]
    kind = ""
    duration: float | None = None
    size: tuple[int, int] | None = None
    tracks: set[int] = set()
    for name, start, end in _elements(file, 0, file.size, left):
        if name == _HEADER:
            kind = next((_bytes(file, one).decode("ascii", "replace").rstrip("\0") for one in _named(file, start, end, left, _DOCTYPE)), "")
        elif name == _SEGMENT:
            for part, begins, ends in _elements(file, start, end, left):
                if part == _INFO:
                    duration = _duration(file, begins, ends, left)
                elif part == _TRACKS:
                    for one in _named(file, begins, ends, left, _TRACK):
                        size = _track(file, one, left, tracks) or size
                if duration is not None and tracks:
                    break
            break
    sort = "audio" if _SOUND in tracks and _PICTURE not in tracks else "video"
    width, height = size or (None, None)
    return Properties(f"{sort}/webm" if kind == "webm" else f"{sort}/matroska" if kind == "matroska" else "", duration, width, height)


def _number(data: bytes, *, keep: bool) -> tuple[int, int]:
    """Give a number of variable length, and of how many bytes it is: 0 where there is none; an id keeps the bit that says so."""
    if not data or not data[0]:
        return 0, 0
    size = 9 - data[0].bit_length()
    if len(data) < size:
        return 0, 0
    value = int.from_bytes(data[:size], "big")
    return (value if keep else value & (1 << 7 * size) - 1), size


def _elements(file: BoundedFile, start: int, end: int, left: list[int]) -> Iterator[Element]:
    """Give each element; one of unknown size goes on to the end of what it is in."""
    while start < end and left[0] > 0:
        left[0] -= 1
        head = file.at(start, 12)
        name, first = _number(head, keep=True)
        size, second = _number(head[first:], keep=False)
        if not first or not second:
            return
        begins = start + first + second
        ends = end if size == (1 << 7 * second) - 1 else begins + size
        yield name, begins, min(ends, end)
        start = ends


def _named(file: BoundedFile, start: int, end: int, left: list[int], name: int) -> Iterator[Element]:
    return (element for element in _elements(file, start, end, left) if element[0] == name)


def _bytes(file: BoundedFile, element: Element) -> bytes:
    _, start, end = element
    return file.at(start, min(end - start, 64))


def _whole(file: BoundedFile, element: Element) -> int:
    return int.from_bytes(_bytes(file, element)[:8], "big")


def _duration(file: BoundedFile, start: int, end: int, left: list[int]) -> float | None:
    scale, ticks = 1_000_000, None
    for element in _elements(file, start, end, left):
        if element[0] == _SCALE:
            scale = _whole(file, element)
        elif element[0] == _DURATION:
            data = _bytes(file, element)
            ticks = struct.unpack(">f" if len(data) == 4 else ">d", data)[0] if len(data) in (4, 8) else None
    return ticks * scale / 1e9 if ticks is not None and math.isfinite(ticks) else None


def _track(file: BoundedFile, track: Element, left: list[int], tracks: set[int]) -> tuple[int, int] | None:
    """Note the kind of a track; gives the size of its picture as it is shown."""
    sizes: dict[int, int] = {}
    for element in _elements(file, track[1], track[2], left):
        if element[0] == _KIND:
            tracks.add(_whole(file, element))
        elif element[0] == _VIDEO:
            sizes = {inner[0]: _whole(file, inner) for inner in _elements(file, element[1], element[2], left)}
    if sizes.get(_UNIT, 0) == 0 and sizes.get(_SHOWN_WIDTH) and sizes.get(_SHOWN_HEIGHT):
        return sizes[_SHOWN_WIDTH], sizes[_SHOWN_HEIGHT]
    return (sizes[_WIDTH], sizes[_HEIGHT]) if _WIDTH in sizes and _HEIGHT in sizes else None
