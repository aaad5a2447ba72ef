"""MP4 and QuickTime: boxes within boxes, of which those with the film's length and tracks are read. Source: ISO/IEC 14496-12."""

from __future__ import annotations

from collections.abc import Iterator

from wol.features.enclosures.bounded import BoundedFile
from wol.features.enclosures.properties import Properties

FIRST = frozenset({b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot"})
"""What the first box is called."""

_BOXES = 4096
_PICTURES = frozenset({b"heic", b"heix", b"heif", b"mif1", b"msf1", b"avif", b"avis", b"crx "})
"""Brands of pictures, which are boxes too."""
_SOUNDS = frozenset({b"M4A ", b"M4B ", b"M4P ", b"F4A ", b"F4B "})


class _Film:
    """What the boxes have said so far."""

    def __init__(self) -> None:
        self.brand = b""
        self.is_film = self.has_sound = self.has_picture = False
        self.duration: float | None = None
        self.scale = 0
        self.size: tuple[int, int] | None = None


def read(file: BoundedFile) -> Properties:
    """Read the header, wherever in the file it is."""
    film = _Film()
    left = [_BOXES]
    for name, start, end in _boxes(file, 0, file.size, left):
        if name == b"ftyp":
            film.brand = file.at(start, 4)
        elif name == b"moov":
            film.is_film = True
            _movie(file, start, end, film, left)
            break
    if film.brand in _PICTURES or (not film.is_film and film.brand == b""):
        return Properties("")
    if film.brand in _SOUNDS or (film.has_sound and not film.has_picture):
        return Properties("audio/mp4", film.duration)
    width, height = film.size or (None, None)
    return Properties("video/quicktime" if film.brand in (b"qt  ", b"") else "video/mp4", film.duration, width, height)


def _boxes(file: BoundedFile, start: int, end: int, left: list[int]) -> Iterator[tuple[bytes, int, int]]:
    """Give the name of each box, and where its content begins and ends: never behind the box that it is in."""
    while start + 8 <= end and left[0] > 0:
        left[0] -= 1
        head = file.at(start, 16)
        if len(head) < 8:
            return
        size, begins = int.from_bytes(head[:4], "big"), 8
        if size == 1:
            size, begins = int.from_bytes(head[8:16], "big"), 16
        elif size == 0:
            size = end - start
        if size < begins:
            return
        yield head[4:8], start + begins, min(start + size, end)
        start += size


def _movie(file: BoundedFile, start: int, end: int, film: _Film, left: list[int]) -> None:
    for name, begins, ends in _boxes(file, start, end, left):
        if name == b"mvhd":
            head = file.at(begins, 32)
            film.scale, duration = _times(head, 12, 20)
            if film.scale and duration:
                film.duration = duration / film.scale
        elif name == b"trak":
            _track(file, begins, ends, film, left)
        elif name == b"mvex":
            for inner, at, _ in _boxes(file, begins, ends, left):
                if inner == b"mehd" and film.scale and not film.duration:
                    head = file.at(at, 12)
                    film.duration = int.from_bytes(head[4:12] if head[0] else head[4:8], "big") / film.scale


def _times(head: bytes, short: int, long: int) -> tuple[int, int]:
    """Give time scale and duration, which are as long as the version of a box says; nothing for the number that means unknown."""
    at, size = (long, 8) if head[0] == 1 else (short, 4)
    duration = int.from_bytes(head[at + 4 : at + 4 + size], "big")
    return int.from_bytes(head[at : at + 4], "big"), 0 if duration == (1 << 8 * size) - 1 else duration


def _track(file: BoundedFile, start: int, end: int, film: _Film, left: list[int]) -> None:
    size = None
    handler = b""
    for name, begins, ends in _boxes(file, start, end, left):
        if name == b"tkhd":
            size = _size(file.at(begins, 96))
        elif name == b"mdia":
            for inner, at, _ in _boxes(file, begins, ends, left):
                if inner == b"hdlr":
                    handler = file.at(at + 8, 4)
    film.has_sound = film.has_sound or handler == b"soun"
    if handler == b"vide":
        film.has_picture = True
        film.size = film.size or size


def _size(head: bytes) -> tuple[int, int] | None:
    """Give the size of a track's picture as it is shown: a film that was taken upright is turned by its matrix."""
    if not head:
        return None
    at = 88 if head[0] == 1 else 76
    numbers = [int.from_bytes(head[i : i + 4], "big") for i in range(at - 36, at + 8, 4)]
    width, height = numbers[9] >> 16, numbers[10] >> 16
    is_turned = numbers[0] == numbers[4] == 0 and numbers[1] and numbers[3]
    return (height, width) if is_turned else (width, height)
