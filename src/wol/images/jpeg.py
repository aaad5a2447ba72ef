"""Strip metadata from JPEG, segment by segment (ITU T.81; JFIF 1.02; EXIF 2.32; ICC.1, annex B.4)."""

from __future__ import annotations

import re
from typing import NamedTuple

from wol.images import tiff
from wol.images.stripped import Stripped, without

START = b"\xff\xd8\xff"

_MARKER = re.compile(rb"\xff[^\x00\xff]")
_IN_SCAN = re.compile(rb"\xff[\xc0-\xcf\xd9-\xfe]")
"""What may end the coded data of a scan: a marker that is no restart and no stuffed byte."""

_SOS, _EOI, _SOI, _COM, _APP1 = 0xDA, 0xD9, 0xD8, 0xFE, 0xE1
_FRAMES = frozenset({*range(0xC0, 0xD0), 0xF7}) - {0xC4, 0xC8, 0xCC}
"""Markers that begin a frame, in which the size of the picture is."""
_DECODING = frozenset({*range(0xC0, 0xD0), *range(0xDA, 0xE0), 0xF7, 0xF8})
"""Segments without which the pixels cannot be decoded."""
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})


class _Pass(NamedTuple):
    stripped: Stripped
    left_later: bool
    """Return whether a segment was left out after the first scan, so that what follows may be read in a new way."""


def strip(data: bytes) -> Stripped:
    """Keep the segments that decode the picture, JFIF, the colour profile, Adobe's colour transform and a minimal EXIF; drop all others.

    Everything after the end of the picture is dropped too: previews, gain maps, videos. A file without a scan is returned unchanged.
    """
    done = _pass(data)
    while done.left_later:
        known = done.stripped.known
        done = _pass(done.stripped.data)
        done = done._replace(stripped=done.stripped._replace(known=known and done.stripped.known))
    return done.stripped


def _pass(data: bytes) -> _Pass:
    kept: list[tuple[int, int] | bytes] = [(0, 2)]
    at = 2
    in_frame = has_exif = left_later = False
    scans = 0
    while True:
        found = _MARKER.search(data, at)
        if found is None:
            return _Pass(without(data, kept) if scans else Stripped(data, False), left_later)
        place, marker = found.start(), data[found.start() + 1]
        if marker in _ALONE:
            at = place + 2
            continue
        if marker == _EOI and scans:
            kept.append((place, place + 2))
            return _Pass(without(data, kept), left_later)
        end = _end(data, place)
        if marker < 0xC0 or marker in (_EOI, _SOI) or not end or (marker == _SOS and not in_frame):
            kept.append((place, len(data)))
            return _Pass(without(data, kept)._replace(known=False) if scans else Stripped(data, False), left_later)
        if marker in _DECODING:
            kept.append((place, end))
            in_frame = in_frame or marker in _FRAMES
        else:
            piece = _metadata(data, place, end, has_exif)
            has_exif = has_exif or (marker == _APP1 and bool(piece))
            left_later = left_later or (scans > 0 and len(piece) < end - place)
            kept.append(piece)
        at = end
        if marker == _SOS:
            scans += 1
            at = _after_scan(data, end)
            kept.append((end, at))


def _end(data: bytes, place: int) -> int:
    """Return where the segment of a marker ends; 0 if the file ends before it."""
    end = place + 2 + int.from_bytes(data[place + 2 : place + 4], "big")
    return end if place + 4 <= end <= len(data) else 0


def _after_scan(data: bytes, at: int) -> int:
    """Return where the coded data that begins at `at` ends. A marker is one only if its segment is whole and another marker follows it:
    the coded data of damaged pictures may look like one.
    """
    while (found := _IN_SCAN.search(data, at)) is not None:
        place, marker = found.start(), data[found.start() + 1]
        if marker == _EOI:
            return place
        end = _end(data, place)
        if marker == _SOS and end > place + 4 and end == place + 8 + 2 * data[place + 4]:
            return place
        if marker != _SOS and end and data[end : end + 1] == b"\xff" and data[end + 1 : end + 2] not in (b"", b"\0"):
            return place
        at = place + 2
    return len(data)


def _metadata(data: bytes, place: int, end: int, has_exif: bool) -> bytes:
    """Return what stays of a segment that does not decode the picture."""
    marker, body = data[place + 1], data[place + 4 : end]
    if marker == 0xE0 and body.startswith(b"JFIF\0") and len(body) >= 14:
        return _segment(marker, body[:12] + b"\0\0")  # without the thumbnail
    if marker == 0xE2 and body.startswith(b"ICC_PROFILE\0"):
        return _segment(marker, body)
    if marker == 0xEE and body.startswith(b"Adobe") and len(body) >= 12:
        return _segment(marker, body[:12])
    if marker == _APP1 and body.startswith(b"Exif\0") and not has_exif:
        exif = tiff.minimal(body[6:])
        return _segment(marker, body[:6] + exif) if exif else b""
    return b""


def _segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body
