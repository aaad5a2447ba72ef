"""Strip metadata from WebP, chunk by chunk (RFC 9649)."""

from __future__ import annotations

from wol.images import tiff
from wol.images.stripped import Stripped, without

_CODED = frozenset({b"VP8 ", b"VP8L", b"ANMF"})
_SHOWN = frozenset({b"VP8X", b"ICCP", b"ANIM", b"ALPH"}) | _CODED
_FRAME_HEADER = 16
_EXIF_FLAG, _XMP_FLAG = 0x08, 0x04


def is_webp(data: bytes) -> bool:
    """Return whether data begins as WebP does."""
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP"


def strip(data: bytes) -> Stripped:
    """Keep the chunks that decode and show the picture, and a minimal EXIF; drop all others, and everything after the last chunk.

    A damaged file is returned unchanged, unless it is merely cut off.
    """
    stop = 8 + int.from_bytes(data[4:8], "little")
    chunks = _chunks(data, 12, min(stop + stop % 2, len(data)))
    if chunks is None or not any(name in _CODED for name, _, _ in chunks):
        return Stripped(data, False)
    kept: list[tuple[int, int] | bytes] = []
    features = has_exif = -1
    for name, at, end in chunks:
        if name == b"EXIF" and has_exif < 0 and (exif := _exif(data[at:end])):
            has_exif = len(kept)
            kept.append(exif)
        elif name == b"VP8X" and features < 0 and end - at > 8:
            features = len(kept)
            kept.append(data[at:end])
        elif name == b"ANMF":
            kept += _frame(data, at, end)
        elif name in _SHOWN:
            kept.append((at, end))
    if features >= 0:
        chunk = kept[features]
        assert isinstance(chunk, bytes)
        flags = chunk[8] & ~(_EXIF_FLAG | _XMP_FLAG) | (_EXIF_FLAG if has_exif >= 0 else 0)
        kept[features] = chunk[:8] + bytes((flags,)) + chunk[9:]
    size = 4 + sum(len(piece) if isinstance(piece, bytes) else piece[1] - piece[0] for piece in kept)
    if stop > len(data):  # the file is cut off: keep the difference, since nobody knows what is missing
        size = size + stop - len(data)
    return without(data, [b"RIFF" + size.to_bytes(4, "little") + b"WEBP", *kept])


def _chunks(data: bytes, at: int, stop: int) -> list[tuple[bytes, int, int]] | None:
    """Return name, beginning and end of each chunk; None if they do not fill the range."""
    found = []
    while at < stop:
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        end = at + 8 + size + size % 2
        if at + 8 > stop or (end > stop and not (end >= stop == len(data) and data[at : at + 4] in _CODED)):
            return None
        found.append((data[at : at + 4], at, min(end, stop)))
        at = end
    return found


def _frame(data: bytes, at: int, end: int) -> list[tuple[int, int] | bytes]:
    """Drop the unknown chunks of an animation frame."""
    start = at + 8 + _FRAME_HEADER
    inner = _chunks(data, start, end) if start <= end else None
    if inner is None or end - at - 8 != int.from_bytes(data[at + 4 : at + 8], "little") or all(name in _SHOWN for name, _, _ in inner):
        return [(at, end)]
    kept: list[tuple[int, int] | bytes] = [(start, start), *((each, stop) for name, each, stop in inner if name in _SHOWN)]
    size = _FRAME_HEADER + sum(stop - each for name, each, stop in inner if name in _SHOWN)
    return [b"ANMF" + size.to_bytes(4, "little") + data[at + 8 : start], *kept]


def _exif(chunk: bytes) -> bytes:
    body = chunk[8 : 8 + int.from_bytes(chunk[4:8], "little")]
    prefix = body[:6] if body.startswith(b"Exif\0") else b""
    exif = tiff.minimal(body[len(prefix) :])
    if not exif:
        return b""
    body = prefix + exif
    return b"EXIF" + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2)
