"""Pictures that were cut off, or whose bytes were changed at random."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from harness import pictures as p
from wol.images.location import has_location
from wol.images.published_image import publish

FRAME = p.riff(b"ANMF", bytes(16) + p.LOSSLESS)
PICTURES = {
    "JPEG": (p.jpeg(p.JFIF_WITH_THUMBNAIL, p.TELLING, p.PROFILE, end=p.app1(p.exif()) + p.SCAN + b"\xff\xd9" + p.FILM), p.PIXELS),
    "PNG": (p.png(p.COLOURS, p.TOLD_BY_PNG, end=p.chunk(b"tEXt", p.CANARY) + p.END + p.CANARY), p.DATA),
    "WebP": (p.webp(p.extended(0x0C), p.LOSSY, p.riff(b"EXIF", p.exif()), p.riff(b"XMP ", p.XMP), FRAME, after=p.CANARY), p.LOSSY),
    "GIF": (p.gif(p.LOOP, p.extension(0xFE, p.CANARY), p.GIF_XMP, end=p.extension(0xFE, p.CANARY) + b";" + p.CANARY), p.GIF_IMAGE),
}

damage = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(1, 255)), max_size=6)


@settings(max_examples=150)
@given(st.sampled_from(sorted(PICTURES)), damage, st.floats(0, 1))
def test_whatever_happened_to_a_file(form: str, flips: list[tuple[float, int]], length: float) -> None:
    """Stripping never fails, and makes nothing longer; what it left, it leaves again. A part that it could not read is told of if anything may be in it."""
    whole, pixels = PICTURES[form]
    data = bytearray(whole)
    for at, flip in flips:
        data[int(at * len(data))] ^= flip
    changed = bytes(data[: round(length * len(data))])
    published = publish(changed, "a.jpg")
    assert len(published.data) <= len(changed)
    again = publish(published.data, "a.jpg")
    assert again.data == published.data
    assert published.located or not again.located  # what could not be read may pass for coded data later
    if not flips and length < 1 and changed.endswith(pixels):
        assert published.data.endswith(pixels)
    has_location(changed, "a.heic")


def test_wherever_a_picture_is_cut_off() -> None:
    """Each length is read: none makes stripping fail, and the coded picture stays."""
    for form, (whole, pixels) in PICTURES.items():
        for length in range(len(whole)):
            cut = whole[:length]
            published = publish(cut, "a.jpg")
            assert len(published.data) <= length, (form, length)
            assert published.data.endswith(pixels) or not cut.endswith(pixels), (form, length)


@settings(max_examples=150)
@given(st.binary(max_size=300), st.sampled_from([b"II*\0", b"MM\0*", b"\0\0\0\x18ftyp", b"%PDF", b"PK\3\4", b"\xff\xd8\xff\xe1", b""]))
def test_whatever_a_file_is(data: bytes, start: bytes) -> None:
    """No bytes are lost, and none make the search fail, whatever the name promises."""
    for name in ("a.jpg", "a.tif", "a.svg", "a.mp4", "a"):
        published = publish(start + data, name)
        assert published.data == start + data or start == b"\xff\xd8\xff\xe1"


def test_nothing_is_left_of_whole_files() -> None:
    """The bytes of whole pictures, in all four forms, hold no trace of a place, and the coded picture is among them as it was."""
    for whole, pixels in PICTURES.values():
        published = publish(whole, "a")
        assert not published.located
        assert p.CANARY not in published.data
        assert p.LATITUDE not in published.data
        assert pixels in published.data
