"""What is left of a PNG: the coded picture as it was, and nothing of its maker."""

from __future__ import annotations

import zlib

import pytest

from harness import pictures as p
from wol.images import png
from wol.images.tiff import minimal

EXIF = p.chunk(b"eXIf", p.exif())
KEPT = p.chunk(b"eXIf", minimal(p.exif()))
TEXT = p.chunk(b"tEXt", b"Author\0" + p.CANARY)
TRANSPARENT = p.chunk(b"tRNS", b"\0\0\0\0\0\0")
FRAMES = (
    p.chunk(b"acTL", b"\0\0\0\1\0\0\0\0"),
    p.chunk(b"fcTL", b"\0" * 26),
    p.DATA,
    p.chunk(b"fcTL", b"\0" * 26),
    p.chunk(b"fdAT", b"\0\0\0\2" + zlib.compress(b"\0\1\2\3")),
)

CASES = {
    "nothing to leave out": (p.png(p.COLOURS), p.png(p.COLOURS)),
    "all sorts of chunks": (
        p.png(p.COLOURS, p.TOLD_BY_PNG),
        p.png(p.COLOURS, p.chunk(b"eXIf", minimal(p.exif(artist=p.ARTIST, rights=p.COPYRIGHT)))),
    ),
    "a comment": (p.png(TEXT), p.png()),
    "XMP": (p.png(p.chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + p.XMP)), p.png()),
    "a profile of EXIF as text": (p.png(p.chunk(b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(p.CANARY))), p.png()),
    "EXIF": (p.png(EXIF), p.png(KEPT)),
    "EXIF after the picture": (p.png(pixels=p.DATA + EXIF), p.png(pixels=p.DATA + KEPT)),
    "EXIF that is none": (p.png(p.chunk(b"eXIf", p.CANARY)), p.png()),
    "EXIF with the name that JPEG gives it": (
        p.png(p.chunk(b"eXIf", b"Exif\0\0" + p.exif())),
        p.png(p.chunk(b"eXIf", b"Exif\0\0" + minimal(p.exif()))),
    ),
    "EXIF with a wrong checksum": (p.png(EXIF[:-4] + b"1234"), p.png(KEPT)),
    "the time of the last change": (p.png(p.chunk(b"tIME", b"\x07\xea\1\1\0\0\0")), p.png()),
    "transparency and colours": (
        p.png(TRANSPARENT, TEXT, p.chunk(b"cICP", b"\1\r\0\1")),
        p.png(TRANSPARENT, p.chunk(b"cICP", b"\1\r\0\1")),
    ),
    "an animation": (p.png(pixels=b"".join((TEXT, *FRAMES))), p.png(pixels=b"".join(FRAMES))),
    "a chunk of a program": (p.png(p.chunk(b"prVW", p.CANARY)), p.png()),
    "a chunk that must be understood": (p.png(p.chunk(b"CgBI", b"\0\0\0\0")), p.png(p.chunk(b"CgBI", b"\0\0\0\0"))),
    "several chunks of the picture": (p.png(pixels=p.DATA + p.DATA + TEXT), p.png(pixels=p.DATA + p.DATA)),
    "bytes after the end": (p.png(end=p.END + p.FILM), p.png()),
    "no end": (p.png(TEXT, end=b""), p.png(end=b"")),
    "cut off in the picture": (p.png(TEXT)[:-20], p.png()[:-20]),
}

BROKEN = {
    "only a beginning": p.SIGNATURE,
    "zeros": p.SIGNATURE + bytes(100),
    "no picture": p.SIGNATURE + p.HEADER + TEXT + p.END,
    "a chunk that is longer than the file": p.SIGNATURE + p.HEADER + b"\xff\xff\xff\xff" + TEXT[4:] + p.DATA + p.END,
    "a name that is none": p.SIGNATURE + p.HEADER + p.chunk(b"a b!", p.CANARY) + p.DATA + p.END,
}


@pytest.mark.parametrize(("given", "left"), CASES.values(), ids=CASES)
def test_what_is_left(given: bytes, left: bytes) -> None:
    """Chunks that decode or show the picture stay as they are, the others go, wherever they stand."""
    assert png.strip(given) == (left, True)
    assert p.CANARY not in left
    assert png.strip(left).data == left


@pytest.mark.parametrize("given", BROKEN.values(), ids=BROKEN)
def test_what_cannot_be_read(given: bytes) -> None:
    """A file without a picture stays as it is."""
    assert png.strip(given) == (given, False)


def test_damaged_later() -> None:
    """What cannot be read after the picture stays; so does a chunk of an unknown name whose checksum is wrong, which may be a part of the picture."""
    odd = b"\0\0\0\x02\0\0\0\0ab1234"
    assert png.strip(p.png(TEXT, pixels=p.DATA + odd)) == (p.png(pixels=p.DATA + odd), False)
    flipped = p.DATA.replace(b"IDAT", b"iDAT")
    assert png.strip(p.png(TEXT, pixels=p.DATA + flipped)).data == p.png(pixels=p.DATA + flipped)
