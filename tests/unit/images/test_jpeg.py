"""What is left of a JPEG: the coded picture as it was, and nothing of its maker."""

from __future__ import annotations

import pytest

from harness import pictures as p
from wol.images import jpeg

PLAIN = p.jpeg(p.JFIF)
EXIF = p.app1(p.exif())
DRI = p.segment(0xDD, b"\0\1")
CMYK = p.segment(0xC0, b"\x08\0\x08\0\x08\4" + b"".join(bytes((n, 0x11, 0)) for n in (1, 2, 3, 4)))
TWO_SCANS = p.SCAN + p.HUFFMAN + p.SCAN
FILLED = b"\xff\xff\xff" + EXIF[1:]


def minimal(**fields: object) -> bytes:
    """Give the segment of a minimal EXIF, as stripping the full one must write it."""
    from wol.images.tiff import minimal

    return p.app1(minimal(p.exif(**fields)))  # type: ignore[arg-type]


CASES = {
    "nothing to leave out": (PLAIN, PLAIN),
    "no segment but the picture": (p.jpeg(), p.jpeg()),
    "all sorts of segments": (p.jpeg(p.JFIF, p.TELLING), p.jpeg(p.JFIF, minimal(artist=p.ARTIST, rights=p.COPYRIGHT))),
    "the thumbnail of JFIF": (p.jpeg(p.JFIF_WITH_THUMBNAIL), PLAIN),
    "a profile in two segments": (p.jpeg(p.PROFILE, EXIF, p.ADOBE), p.jpeg(p.PROFILE, minimal(), p.ADOBE)),
    "more than a colour transform from Adobe": (p.jpeg(p.ADOBE[:2] + b"\0\x1c" + p.ADOBE[4:] + p.CANARY[:14]), p.jpeg(p.ADOBE)),
    "two segments of EXIF": (p.jpeg(EXIF, EXIF), p.jpeg(minimal())),
    "EXIF without an orientation": (p.jpeg(p.app1(p.exif(orientation=None))), p.jpeg()),
    "EXIF of the other byte order": (p.jpeg(p.app1(p.exif(order=">"))), p.jpeg(minimal(order=">"))),
    "EXIF that is none": (p.jpeg(p.app1(p.CANARY)), p.jpeg()),
    "an empty comment": (p.jpeg(p.segment(0xFE, b"")), p.jpeg()),
    "fill bytes before a marker": (p.jpeg(FILLED), p.jpeg(minimal())),
    "bytes between segments": (p.jpeg(p.JFIF, p.CANARY), PLAIN),
    "a film after the end": (p.jpeg(p.JFIF, end=b"\xff\xd9" + p.FILM), PLAIN),
    "another picture after the end": (p.jpeg(p.JFIF, end=b"\xff\xd9" + p.jpeg(EXIF)), PLAIN),
    "the trailer of a phone": (p.jpeg(p.JFIF, end=b"\xff\xd9" + p.CANARY + b"SEFT"), PLAIN),
    "EXIF between two scans": (
        b"\xff\xd8" + p.PIXELS + EXIF + TWO_SCANS + b"\xff\xd9",
        b"\xff\xd8" + p.PIXELS + minimal() + TWO_SCANS + b"\xff\xd9",
    ),
    "a comment before the end": (p.jpeg(p.JFIF, end=p.segment(0xFE, p.CANARY) + b"\xff\xd9"), PLAIN),
    "restarts": (
        p.jpeg(DRI, EXIF, end=b"\xff\xd0\x3f\xff\0\xff\xd1\x3f\xff\xd9"),
        p.jpeg(DRI, minimal(), end=b"\xff\xd0\x3f\xff\0\xff\xd1\x3f\xff\xd9"),
    ),
    "four colours": (p.jpeg(p.ADOBE, EXIF, CMYK), p.jpeg(p.ADOBE, minimal(), CMYK)),
    "no end": (p.jpeg(p.JFIF, EXIF, end=b""), p.jpeg(p.JFIF, minimal(), end=b"")),
    "a marker that is none in the coded data": (
        p.jpeg(EXIF, end=b"\xff\xe1\0\x05abc\x3f\xff\xd9"),
        p.jpeg(minimal(), end=b"\xff\xe1\0\x05abc\x3f\xff\xd9"),
    ),
}

BROKEN = {
    "only a beginning": b"\xff\xd8\xff",
    "a segment that is longer than the file": b"\xff\xd8" + EXIF[:200],
    "an end before the picture": b"\xff\xd8" + EXIF + b"\xff\xd9" + p.PIXELS,
    "no frame": b"\xff\xd8" + EXIF + p.SCAN + b"\xff\xd9",
    "a second beginning": b"\xff\xd8" + EXIF + b"\xff\xd8" + p.PIXELS,
    "a length of nothing": b"\xff\xd8\xff\xe1\0\0" + p.PIXELS,
    "zeros": b"\xff\xd8\xff" + bytes(1000),
    "no scan": b"\xff\xd8" + EXIF + p.FRAME,
}


@pytest.mark.parametrize(("given", "left"), CASES.values(), ids=CASES)
def test_what_is_left(given: bytes, left: bytes) -> None:
    """Segments that decode the picture or hold its colours stay as they are, the others go, in whatever order they stand."""
    assert jpeg.strip(given) == (left, True)
    assert p.CANARY not in left
    assert jpeg.strip(left).data == left


@pytest.mark.parametrize("given", BROKEN.values(), ids=BROKEN)
def test_what_cannot_be_read(given: bytes) -> None:
    """A file without a picture that could be decoded stays as it is."""
    assert jpeg.strip(given) == (given, False)


def test_a_large_picture() -> None:
    """A picture of 100 MB is one search through its coded data, which is not taken apart."""
    coded = (b"\x3f\xff\0" * 1000 + bytes(97_000)) * 1000
    given = b"\xff\xd8" + EXIF + p.PIXELS + coded + b"\xff\xd9"
    assert jpeg.strip(given).data == b"\xff\xd8" + minimal() + p.PIXELS + coded + b"\xff\xd9"
