"""Ogg: its first pages say what is in it, its last one how long it is. Sources: RFC 3533, RFC 7845, the specifications of Vorbis, Theora, Speex, FLAC."""

from __future__ import annotations

from wol.features.enclosures.bounded import BoundedFile
from wol.features.enclosures.properties import Properties

_HEADER = 27
_STREAMS = 16
_TAIL = 1 << 17
"""Bytes at the end in which a last page must be: the largest has 65,307."""
_NONE = (1 << 64) - 1


def read(file: BoundedFile) -> Properties:
    """Read the first page of each stream, then the position of the last page of the sound, or of the film if there is no sound."""
    rates: dict[int, tuple[float, int]] = {}
    width = height = None
    position = 0
    for _ in range(_STREAMS):
        page = file.at(position, _HEADER)
        if len(page) < _HEADER or page[:5] != b"OggS\0" or not page[5] & 2:
            break
        sizes = file.read(page[26])
        packet = file.read(min(sum(sizes), 256))
        serial = int.from_bytes(page[14:18], "little")
        position += _HEADER + len(sizes) + sum(sizes)
        if packet.startswith(b"\x80theora") and len(packet) >= 30:
            width, height = int.from_bytes(packet[14:17], "big"), int.from_bytes(packet[17:20], "big")
        else:
            rate, skipped = _rate(packet)
            if rate:
                rates[serial] = rate, skipped
    kind = "video/ogg" if width is not None else "audio/ogg"
    return Properties(kind, _duration(file, rates), width, height)


def _rate(packet: bytes) -> tuple[int, int]:
    """Give the samples in a second, and how many at the beginning are not heard."""
    if packet.startswith(b"\x01vorbis"):
        return int.from_bytes(packet[12:16], "little"), 0
    if packet.startswith(b"OpusHead"):
        return 48_000, int.from_bytes(packet[10:12], "little")
    if packet.startswith(b"\x7fFLAC"):
        return int.from_bytes(packet[27:30], "big") >> 4, 0
    if packet.startswith(b"Speex   "):
        return int.from_bytes(packet[36:40], "little"), 0
    return 0, 0


def _duration(file: BoundedFile, rates: dict[int, tuple[float, int]]) -> float | None:
    """Give the time of the last page of any sound."""
    start = max(file.size - _TAIL, 0)
    tail = file.at(start, _TAIL)
    at = len(tail)
    while (at := tail.rfind(b"OggS\0", 0, at)) >= 0:
        serial, position = int.from_bytes(tail[at + 14 : at + 18], "little"), int.from_bytes(tail[at + 6 : at + 14], "little")
        if len(tail) - at >= _HEADER and serial in rates and position != _NONE:
            rate, skipped = rates[serial]
            return (position - skipped) / rate
    return None
