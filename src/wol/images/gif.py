"""Strip metadata from GIF, block by block (GIF89a)."""

from __future__ import annotations

from wol.images.stripped import Stripped, without

STARTS = (b"GIF87a", b"GIF89a")

_EXTENSION, _IMAGE, _TRAILER = 0x21, 0x2C, 0x3B
_CONTROL, _PLAIN_TEXT, _APPLICATION = 0xF9, 0x01, 0xFF
_APPLICATIONS = frozenset({b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"})
"""Application extensions that affect how the picture is shown: loop count and colour profile."""


def strip(data: bytes) -> Stripped:
    """Drop comments, application data, and everything after the trailer.

    The unreadable part of a damaged file is kept, or all of it if no image was found.
    """
    at = 13 + _table(data[10:11])
    kept: list[tuple[int, int] | bytes] = [(0, at)]
    images = 0
    while True:
        sort = data[at] if at < len(data) else -1
        if sort == 0 or sort == _TRAILER:  # a surplus end of a block, which readers skip
            end = at + 1
        elif sort == _IMAGE:
            end = _after_blocks(data, at + 11 + _table(data[at + 9 : at + 10]))
        elif sort == _EXTENSION:
            end = _after_blocks(data, at + 2)
        else:
            end = 0
        if not end:
            kept.append((at, len(data)))
            cut_off = at >= len(data) or sort == _IMAGE
            return without(data, kept)._replace(known=cut_off) if images or sort == _IMAGE else Stripped(data, False)
        images += sort == _IMAGE
        if sort != _EXTENSION or _is_shown(data, at):
            kept.append((at, end))
        at = end
        if sort == _TRAILER:
            return without(data, kept) if images else Stripped(data, False)


def _table(flags: bytes) -> int:
    """Return the bytes of the colour table that flags announce."""
    return 3 << (flags[0] & 7) + 1 if flags and flags[0] & 0x80 else 0


def _after_blocks(data: bytes, at: int) -> int:
    """Return where a series of sub-blocks ends; 0 if the file ends before it."""
    while at < len(data):
        size = data[at]
        at += 1 + size
        if not size:
            return at
    return 0


def _is_shown(data: bytes, at: int) -> bool:
    label = data[at + 1]
    return label in (_CONTROL, _PLAIN_TEXT) or (label == _APPLICATION and data[at + 2] == 11 and data[at + 3 : at + 14] in _APPLICATIONS)
