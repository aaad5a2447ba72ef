"""What is left of a GIF: the coded picture as it was, and nothing of its maker."""

from __future__ import annotations

import pytest

from harness import pictures as p
from wol.images import gif

COMMENT = p.extension(0xFE, b"by", p.CANARY)
CONTROL = p.extension(0xF9, b"\4\x0a\0\0")
OTHER_LOOP = p.extension(0xFF, b"ANIMEXTS1.0", b"\1\0\0")
PROFILE = p.extension(0xFF, b"ICCRGBG1012", b"profile")
PROGRAM = p.extension(0xFF, b"MGK8BIM0000", p.CANARY)
WORDS = p.extension(0x01, b"\0" * 12, b"words")
LOCAL = b"\x2c\0\0\0\0\1\0\1\0\x80\0\0\0\xff\xff\xff\2\2\x44\1\0"

CASES = {
    "nothing to leave out": (p.gif(), p.gif()),
    "a comment": (p.gif(COMMENT), p.gif()),
    "an empty comment": (p.gif(p.extension(0xFE)), p.gif()),
    "a comment after the picture": (p.gif(end=COMMENT + b";"), p.gif()),
    "XMP": (p.gif(p.GIF_XMP), p.gif()),
    "how often it runs": (p.gif(p.LOOP, COMMENT), p.gif(p.LOOP)),
    "how often it runs, in another spelling": (p.gif(COMMENT, OTHER_LOOP), p.gif(OTHER_LOOP)),
    "colours": (p.gif(PROFILE, PROGRAM), p.gif(PROFILE)),
    "the data of a program": (p.gif(PROGRAM), p.gif()),
    "an unknown extension": (p.gif(p.extension(0xCE, p.CANARY)), p.gif()),
    "a picture that is shown for a while": (p.gif(CONTROL, COMMENT), p.gif(CONTROL)),
    "words": (p.gif(CONTROL, WORDS), p.gif(CONTROL, WORDS)),
    "several pictures": (p.gif(CONTROL, LOCAL, COMMENT, CONTROL), p.gif(CONTROL, LOCAL, CONTROL)),
    "the older version": (b"GIF87a" + p.gif()[6:], b"GIF87a" + p.gif()[6:]),
    "no colours for all pictures": (b"GIF89a\1\0\1\0\0\0\0" + COMMENT + LOCAL + b";", b"GIF89a\1\0\1\0\0\0\0" + LOCAL + b";"),
    "bytes after the end": (p.gif(end=b";" + p.CANARY), p.gif()),
    "no end": (p.gif(COMMENT, end=b""), p.gif(end=b"")),
    "cut off in the picture": (p.gif(COMMENT)[:-3], p.gif()[:-3]),
}

BROKEN = {
    "only a beginning": b"GIF89a",
    "zeros": b"GIF89a" + bytes(100),
    "no picture": p.GIF_HEADER + COMMENT + b";",
    "a block that is none": p.GIF_HEADER + b"\x99" + COMMENT + p.GIF_IMAGE,
    "cut off in a comment": p.GIF_HEADER + COMMENT[:-2],
}


@pytest.mark.parametrize(("given", "left"), CASES.values(), ids=CASES)
def test_what_is_left(given: bytes, left: bytes) -> None:
    """Pictures and how they are shown stay as they are; comments and the data of programs go."""
    assert gif.strip(given) == (left, True)
    assert p.CANARY not in left
    assert gif.strip(left).data == left


@pytest.mark.parametrize("given", BROKEN.values(), ids=BROKEN)
def test_what_cannot_be_read(given: bytes) -> None:
    """A file without a picture stays as it is."""
    assert gif.strip(given) == (given, False)


def test_damaged_later() -> None:
    """What cannot be read after a picture stays."""
    assert gif.strip(p.gif(COMMENT, end=b"\x99abc")) == (p.gif(end=b"\x99abc"), False)
