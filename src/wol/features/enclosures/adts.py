"""AAC without a container: frames, each with a header of its own. Source: ISO/IEC 13818-7, section 6.2."""

from __future__ import annotations

from wol.features.enclosures.bounded import BoundedFile
from wol.features.enclosures.properties import Properties

_RATES = (96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350)
_SAMPLES = 1024
_FRAMES = 4096
"""Frames after which the rest is taken to be like them."""


def is_frame(head: bytes) -> bool:
    """Whether bytes begin as a frame does."""
    return len(head) >= 7 and head[0] == 0xFF and head[1] & 0xF6 == 0xF0 and head[2] >> 2 & 15 < len(_RATES) and _length(head) >= 7


def _length(head: bytes) -> int:
    return (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5


def read(file: BoundedFile) -> Properties:
    """Count the frames; of a long file the first ones, and how many of their size there are."""
    position = blocks = frames = 0
    rate = _RATES[file.at(0, 7)[2] >> 2 & 15]
    while frames < _FRAMES and is_frame(head := file.at(position, 7)):
        position += _length(head)
        blocks += (head[6] & 3) + 1
        frames += 1
    if frames == _FRAMES:
        return Properties("audio/aac", blocks * _SAMPLES / rate * file.size / position)
    return Properties("audio/aac", blocks * _SAMPLES / rate)
