"""Strip metadata from PNG and APNG, chunk by chunk (W3C PNG, third edition)."""

from __future__ import annotations

import zlib

from wol.images import tiff
from wol.images.stripped import Stripped, without

START = b"\x89PNG\r\n\x1a\n"

_SHOWN = frozenset(
    b"tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV mDCv cLLI cLLi bKGD hIST pHYs sPLT acTL fcTL fdAT".split(),
)
"""Ancillary chunks that affect how a picture is shown: transparency, colours, size, animation."""
_TOLD = frozenset(b"tEXt zTXt iTXt tIME eXIf zXIf dSIG caBX iDOT gIFt gIFg gIFx".split())
"""Chunks known to be metadata, or that would be wrong once others are dropped."""
_CODED = frozenset({b"IDAT", b"fdAT"})


def strip(data: bytes) -> Stripped:
    """Keep the chunks that decode and show the picture, and a minimal EXIF; drop all others, and everything after the last chunk.

    The unreadable part of a damaged file is kept, or all of it if no image data was found.
    """
    kept: list[tuple[int, int] | bytes] = [(0, len(START))]
    at, coded = len(START), False
    while at < len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        name = data[at + 4 : at + 8]
        if len(name) < 4 or not name.isalpha() or end > len(data):
            kept.append((at, len(data)))
            coded = coded or name in _CODED
            return without(data, kept)._replace(known=name in _CODED and name.isalpha()) if coded else Stripped(data, False)
        coded = coded or name in _CODED
        if name == b"eXIf":
            kept.append(_exif(data[at:end]))
        elif name in _SHOWN or name[:1].isupper() or (name not in _TOLD and not _is_sound(data, at, end)):
            kept.append((at, end))
        at = end
        if name == b"IEND":
            break
    return without(data, kept) if coded else Stripped(data, False)


def _is_sound(data: bytes, at: int, end: int) -> bool:
    """Return whether a chunk has its checksum; one of an unknown name that has not may be a damaged part of the picture."""
    return zlib.crc32(memoryview(data)[at + 4 : end - 4]).to_bytes(4, "big") == data[end - 4 : end]


def _exif(chunk: bytes) -> bytes:
    body = chunk[8:-4]
    prefix = body[:6] if body.startswith(b"Exif\0") else b""
    exif = tiff.minimal(body[len(prefix) :])
    if not exif:
        return b""
    named = b"eXIf" + prefix + exif
    return len(prefix + exif).to_bytes(4, "big") + named + zlib.crc32(named).to_bytes(4, "big")
