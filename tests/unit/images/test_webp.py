"""What is left of a WebP: the coded picture as it was, and nothing of its maker."""

from __future__ import annotations

import struct

import pytest

from harness import pictures as p
from wol.images import webp
from wol.images.tiff import minimal

EXIF, XMP = p.riff(b"EXIF", p.exif()), p.riff(b"XMP ", p.XMP)
KEPT = p.riff(b"EXIF", minimal(p.exif()))
PROFILE = p.riff(b"ICCP", b"profile")
ALPHA = p.riff(b"ALPH", b"\0\1")
ANIMATION = p.riff(b"ANIM", b"\0" * 6)
FRAME = b"\0" * 16
SHOWN = p.riff(b"ANMF", FRAME + p.LOSSLESS)

CASES = {
    "nothing to leave out": (p.webp(p.LOSSLESS), p.webp(p.LOSSLESS)),
    "lossy": (p.webp(p.LOSSY), p.webp(p.LOSSY)),
    "all sorts of chunks": (p.webp(p.extended(0x2C), PROFILE, p.LOSSY, EXIF, XMP), p.webp(p.extended(0x28), PROFILE, p.LOSSY, KEPT)),
    "XMP alone": (p.webp(p.extended(0x04), p.LOSSY, XMP), p.webp(p.extended(0), p.LOSSY)),
    "EXIF that has nothing to keep": (
        p.webp(p.extended(0x08), p.LOSSY, p.riff(b"EXIF", p.exif(orientation=None))),
        p.webp(p.extended(0), p.LOSSY),
    ),
    "EXIF with the name that JPEG gives it": (
        p.webp(p.extended(0x08), p.LOSSY, p.riff(b"EXIF", b"Exif\0\0" + p.exif())),
        p.webp(p.extended(0x08), p.LOSSY, p.riff(b"EXIF", b"Exif\0\0" + minimal(p.exif()))),
    ),
    "EXIF twice": (p.webp(p.extended(0x08), p.LOSSY, EXIF, EXIF), p.webp(p.extended(0x08), p.LOSSY, KEPT)),
    "EXIF that is none": (p.webp(p.extended(0x08), p.LOSSY, p.riff(b"EXIF", p.CANARY)), p.webp(p.extended(0), p.LOSSY)),
    "flags of what is not there": (p.webp(p.extended(0x0C), p.LOSSY), p.webp(p.extended(0), p.LOSSY)),
    "XMP without flags": (p.webp(p.LOSSY, XMP), p.webp(p.LOSSY)),
    "transparency": (p.webp(p.extended(0x14), ALPHA, p.LOSSY, XMP), p.webp(p.extended(0x10), ALPHA, p.LOSSY)),
    "an animation": (p.webp(p.extended(0x0E), ANIMATION, SHOWN, SHOWN, EXIF), p.webp(p.extended(0x0A), ANIMATION, SHOWN, SHOWN, KEPT)),
    "an unknown chunk": (p.webp(p.LOSSY, p.riff(b"ABCD", p.CANARY)), p.webp(p.LOSSY)),
    "an unknown chunk in a frame": (
        p.webp(p.extended(2), ANIMATION, p.riff(b"ANMF", FRAME + p.LOSSLESS + p.riff(b"ABCD", p.CANARY))),
        p.webp(p.extended(2), ANIMATION, SHOWN),
    ),
    "bytes after the end": (p.webp(p.LOSSY, after=p.FILM), p.webp(p.LOSSY)),
    "cut off in the picture": (p.webp(p.extended(4), XMP, p.LOSSY)[:-4], p.webp(p.extended(0), p.LOSSY)[:-4]),
}

BROKEN = {
    "only a beginning": b"RIFF\0\0\0\0WEBP",
    "no picture": p.webp(p.extended(4), XMP),
    "a chunk that is longer than the file": p.webp(p.extended(4), b"XMP \xff\xff\xff\x7f" + p.XMP, p.LOSSY),
    "a size that ends within a chunk": p.webp(p.extended(4), XMP, p.LOSSY)[:4]
    + struct.pack("<I", 40)
    + p.webp(p.extended(4), XMP, p.LOSSY)[8:],
    "cut off in XMP": p.webp(p.LOSSY, XMP)[:-20],
}


@pytest.mark.parametrize(("given", "left"), CASES.values(), ids=CASES)
def test_what_is_left(given: bytes, left: bytes) -> None:
    """Chunks that decode or show the picture stay as they are, the others go; the size and the flags say so."""
    assert webp.strip(given) == (left, True)
    assert p.CANARY not in left
    assert webp.strip(left).data == left


@pytest.mark.parametrize("given", BROKEN.values(), ids=BROKEN)
def test_what_cannot_be_read(given: bytes) -> None:
    """A file whose chunks do not fill it, or without a picture, stays as it is."""
    assert webp.strip(given) == (given, False)
