"""What sounds and films are, and how long: by content, whatever they are called, and whatever their headers claim."""

from __future__ import annotations

import io
import random
import struct
import time
import tracemalloc
from pathlib import Path

import pytest

from harness import recordings as made
from harness.cases import cases
from wol.features.enclosures.media import Media, read_media

CLUSTER = made.element(0x1F43B675, bytes(900))
FILM = made.box(b"moov", made.mvhd(1000, 90_500), made.track(b"soun"), made.track(b"vide", 1280, 720))
SOUND = made.box(b"moov", made.mvhd(44_100, 441_000), made.track(b"soun"))
UPRIGHT = made.box(b"moov", made.mvhd(600, 600), made.track(b"vide", 1920, 1080, turned=True))
LONG = made.box(b"moov", made.mvhd(1000, 1 << 33, 1), made.track(b"vide", 64, 48, version=1))
PARTS = made.box(b"moov", made.mvhd(1000, 0), made.box(b"mvex", made.box(b"mehd", bytes(4), struct.pack(">I", 7000))), made.track(b"soun"))
UNKNOWN = made.box(b"moov", made.mvhd(1000, 0xFFFFFFFF), made.track(b"soun"))
FRAME = 1152 / 44_100

KNOWN: dict[str, tuple[bytes, str, float | None, tuple[int, int] | None]] = {
    "MP3 of a constant rate": (made.mp3(400), "audio/mpeg", 400 * FRAME, None),
    "another constant rate": (made.mp3(200, rate=14), "audio/mpeg", 200 * FRAME, None),
    "MP3 of three frames": (made.mp3(3), "audio/mpeg", 3 * FRAME, None),
    "MP3 with Xing": (made.mp3(50, extra=made.xing(10_000, 9_000_000)), "audio/mpeg", 10_000 * FRAME, None),
    "MP3 with Info": (made.mp3(50, extra=made.xing(5_000, 9_000_000, b"Info")), "audio/mpeg", 5_000 * FRAME, None),
    "MP3 with VBRI": (made.mp3(50, extra=made.vbri(2_000, 9_000_000)), "audio/mpeg", 2_000 * FRAME, None),
    "MP3 behind a picture": (made.id3(3_000_000) + made.mp3(400), "audio/mpeg", 400 * FRAME, None),
    "MP3 behind two tags, one with a footer": (made.id3(99, 0x10) + made.id3(5000) + made.mp3(400), "audio/mpeg", 400 * FRAME, None),
    "MP3 behind a tag and zeros": (made.id3(99) + bytes(2000) + made.mp3(400), "audio/mpeg", 400 * FRAME, None),
    "MP3 before an old tag": (made.mp3(400) + b"TAG".ljust(128, b"\0"), "audio/mpeg", 400 * FRAME, None),
    "MP3 with Xing behind a picture": (made.id3(400_000) + made.mp3(9, extra=made.xing(777, 9_000)), "audio/mpeg", 777 * FRAME, None),
    "a tag alone": (made.id3(500), "audio/mpeg", None, None),
    "M4A": (made.mp4(b"M4A ", SOUND), "audio/mp4", 10.0, None),
    "M4A with its header at the end": (made.mp4(b"M4A ", SOUND, moov_last=True, media=500_000), "audio/mp4", 10.0, None),
    "M4B with a picture as a track": (made.mp4(b"M4B ", FILM), "audio/mp4", 90.5, None),
    "sound under a film's brand": (made.mp4(b"isom", SOUND), "audio/mp4", 10.0, None),
    "MP4": (made.mp4(b"isom", FILM), "video/mp4", 90.5, (1280, 720)),
    "MP4 with its header at the end": (made.mp4(b"mp42", FILM, moov_last=True), "video/mp4", 90.5, (1280, 720)),
    "M4V": (made.mp4(b"M4V ", FILM), "video/mp4", 90.5, (1280, 720)),
    "MOV": (made.mp4(b"qt  ", FILM), "video/quicktime", 90.5, (1280, 720)),
    "MOV without a brand": (made.box(b"wide") + made.box(b"mdat", bytes(99)) + FILM, "video/quicktime", 90.5, (1280, 720)),
    "MP4 taken upright": (made.mp4(b"isom", UPRIGHT), "video/mp4", 1.0, (1080, 1920)),
    "MP4 with wide numbers": (made.mp4(b"isom", LONG), "video/mp4", 8_589_934.592, (64, 48)),
    "MP4 in parts": (made.mp4(b"iso5", PARTS), "audio/mp4", 7.0, None),
    "MP4 of unknown length": (made.mp4(b"isom", UNKNOWN), "audio/mp4", None, None),
    "MP4 with a wide box": (
        made.box(b"ftyp", b"isom", bytes(4)) + made.box(b"mdat", bytes(99), wide=True) + FILM,
        "video/mp4",
        90.5,
        (1280, 720),
    ),
    "MP4 that ends before its header": (made.mp4(b"isom", b""), "video/mp4", None, None),
    "a picture in boxes": (made.box(b"ftyp", b"heic", bytes(4)) + made.box(b"meta", bytes(99)), "", None, None),
    "Vorbis": (
        made.ogg_page(made.vorbis(44_100), 0, first=True) + made.ogg_page(bytes(900), 44_100) + made.ogg_page(b"x", 220_500, last=True),
        "audio/ogg",
        5.0,
        None,
    ),
    "Opus": (
        made.ogg_page(made.opus(312), 0, first=True) + made.ogg_page(b"x" * 700, 48_000 * 60 + 312, last=True),
        "audio/ogg",
        60.0,
        None,
    ),
    "Opus cut off": (made.ogg_page(made.opus(0), 0, first=True) + made.ogg_page(b"x" * 700, 480_000)[:-9], "audio/ogg", 10.0, None),
    "Opus, long": (
        made.ogg_page(made.opus(0), 0, first=True) + made.ogg_page(b"x" * 9000, 9) * 200 + made.ogg_page(b"x", 96_000),
        "audio/ogg",
        2.0,
        None,
    ),
    "Opus with an unfinished page": (
        made.ogg_page(made.opus(0), 0, first=True) + made.ogg_page(b"x", 96_000) + made.ogg_page(b"x", (1 << 64) - 1),
        "audio/ogg",
        2.0,
        None,
    ),
    "FLAC in Ogg": (
        made.ogg_page(b"\x7fFLAC\1\0\0\1" + made.flac(8000, 0)[:42], 0, first=True) + made.ogg_page(b"x", 24_000),
        "audio/ogg",
        3.0,
        None,
    ),
    "Theora with Vorbis": (
        made.ogg_page(made.theora(640, 352), 0, first=True, serial=1)
        + made.ogg_page(made.vorbis(8000), 0, first=True)
        + made.ogg_page(b"x", 16_000)
        + made.ogg_page(b"x", 77, serial=1),
        "video/ogg",
        2.0,
        (640, 352),
    ),
    "FLAC": (made.flac(44_100, 441_000), "audio/flac", 10.0, None),
    "FLAC with a picture": (made.flac(44_100, 441_000, 700_000), "audio/flac", 10.0, None),
    "FLAC behind a tag": (made.id3(700) + made.flac(48_000, 48_000), "audio/flac", 1.0, None),
    "FLAC of unknown length": (made.flac(44_100, 0), "audio/flac", None, None),
    "WAVE": (made.wav(8000, 12_000), "audio/wav", 1.5, None),
    "WAVE that was not closed": (made.wav(8000, 12_000).replace(struct.pack("<I", 24_000), bytes(4)), "audio/wav", 1.5, None),
    "WAVE that claims too much": (made.wav(8000, 12_000).replace(struct.pack("<I", 24_000), b"\xff" * 4), "audio/wav", 1.5, None),
    "WAVE with notes first": (made.wav(8000, 12_000).replace(b"fmt ", b"LIST\x05\0\0\0abcde\0fmt "), "audio/wav", 1.5, None),
    "AIFF": (made.aiff(22_050, 44_100), "audio/aiff", 2.0, None),
    "AAC": (made.adts(430), "audio/aac", 430 * 1024 / 44_100, None),
    "AAC behind a tag": (made.id3(50) + made.adts(43), "audio/aac", 43 * 1024 / 44_100, None),
    "AAC, long": (made.adts(9000, 12), "audio/aac", 9000 * 1024 / 44_100, None),
    "WebM": (made.matroska(b"webm", made.info(90_500), made.tracks(1, 2), CLUSTER), "video/webm", 90.5, (640, 360)),
    "WebM of sound": (made.matroska(b"webm", made.info(2, 500_000_000), made.tracks(2), CLUSTER), "audio/webm", 1.0, None),
    "WebM of a browser": (made.matroska(b"webm", made.tracks(1), CLUSTER, unknown=True), "video/webm", None, (640, 360)),
    "WebM with its tracks last": (made.matroska(b"webm", CLUSTER, made.tracks(1), made.info(1000)), "video/webm", 1.0, (640, 360)),
    "Matroska": (made.matroska(b"matroska", made.info(1000), made.tracks(1)), "video/matroska", 1.0, (640, 360)),
    "Matroska of sound": (made.matroska(b"matroska", made.info(1000), made.tracks(2)), "audio/matroska", 1.0, None),
    "Matroska of oblong pixels": (
        made.matroska(b"matroska", made.info(1000), made.tracks(1, shown=(720, 405))),
        "video/matroska",
        1.0,
        (720, 405),
    ),
    "Matroska without end": (made.matroska(b"matroska", made.info(float("nan")), made.tracks(1)), "video/matroska", None, (640, 360)),
    "something of that family": (made.matroska(b"other", made.info(1000)), "", 1.0, None),
    "nothing": (b"", "", None, None),
    "one byte": (b"\xff", "", None, None),
    "a text": (b"Not a sound at all.", "", None, None),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(99), "", None, None),
    "zeros": (bytes(100_000), "", None, None),
}


def test_what_is_known() -> None:
    """Type, length, duration and size of each sort of file are as they were made."""
    with cases() as case:
        for name, (data, media_type, duration, size) in KNOWN.items():
            with case(name):
                found = read_media(io.BytesIO(data))
                assert (found.type, found.length) == (media_type, len(data))
                assert found.duration == (None if duration is None else pytest.approx(duration, rel=0.003))
                assert (found.width, found.height) == (size or (None, None))


HOSTILE: dict[str, bytes] = {
    "a box that claims everything": made.box(b"ftyp", b"isom", bytes(4)) + struct.pack(">I4sQ", 1, b"moov", 1 << 62) + FILM,
    "boxes without content": made.box(b"ftyp", b"isom", bytes(4)) + made.box(b"free") * 400_000,
    "boxes of no size": made.box(b"ftyp", b"isom", bytes(4)) + b"\0\0\0\0moov" * 10_000,
    "boxes too small": made.box(b"ftyp", b"isom", bytes(4)) + b"\0\0\0\x04moov" * 10_000,
    "tracks in tracks": made.box(b"ftyp", b"isom", bytes(4)) + b"\0\0\0\0moov\0\0\0\0trak" + b"\0\0\0\0mdia\0\0\0\0trak" * 10_000,
    "many tracks": made.box(b"ftyp", b"isom", bytes(4)) + made.box(b"moov", made.track(b"soun") * 9000),
    "elements in elements": made.matroska(b"webm", *[made.element(0x1654AE6B, b"", unknown=True)] * 20_000),
    "elements of one byte": made.matroska(b"webm", b"\xec\x80" * 500_000),
    "an element that claims everything": made.matroska(b"webm", b"\x16\x54\xae\x6b\x01" + b"\xfe" * 7),
    "a tag that claims everything": b"ID3\x04\0\0\x7f\x7f\x7f\x7f",
    "tags without end": made.id3(0) * 200_000,
    "a tag and noise": made.id3(9) + random.Random(1).randbytes(1_500_000),
    "false frames": (b"\xff\xfb\x90\0" + bytes(6)) * 150_000,
    "a tag and zeros": made.id3(9) + bytes(3_000_000),
    "pages without end": made.ogg_page(made.opus(0), 0, first=True) * 60_000,
    "pages at the end that never were": made.ogg_page(made.opus(0), 0, first=True) + b"OggS\0" * 50_000,
    "chunks without content": made.wav(8000, 9)[:36] + b"xxxx\0\0\0\0" * 300_000,
    "chunks of AIFF without content": made.aiff(8000, 9)[:12] + b"xxxx\0\0\0\0" * 300_000,
    "a FLAC of blocks": b"fLaC" + b"\x01\0\0\0" * 800_000,
    "a picture that claims everything": b"fLaC" + made.flac(8000, 9)[4:42] + b"\x06\xff\xff\xff" + b"\xff" * 3_000_000,
    "frames of AAC without end": made.adts(400_000, 7),
}


def test_hostile_files() -> None:
    """Whatever headers claim, looking at them takes little time and memory, and nothing in them is an error."""
    read_media(io.BytesIO(made.flac(8000, 8000)))  # so that the library is loaded
    with cases() as case:
        for name, data in HOSTILE.items():
            with case(name):
                file = io.BytesIO(data)
                tracemalloc.start()
                started = time.process_time()
                try:
                    found = read_media(file)
                    assert time.process_time() - started < 5
                    assert tracemalloc.get_traced_memory()[1] < 8_000_000
                finally:
                    tracemalloc.stop()
                assert found.length == len(data)
                assert found.type


def test_damaged_files() -> None:
    """Files that are cut off anywhere, or have other bytes anywhere, are never an error, and what is given of them can be true."""
    chance = random.Random(20261130)
    small = [data[:4000] + data[-2000:] if len(data) > 6000 else data for data, *_ in KNOWN.values()]
    for data in small:
        for _ in range(60):
            damaged = bytearray(data)
            for _ in range(chance.randrange(4)):
                if damaged:
                    damaged[min(chance.randrange(len(damaged)), chance.randrange(200))] = chance.choice(
                        (0, 1, 127, 128, 255, chance.randrange(256))
                    )
            del damaged[chance.randrange(len(damaged) + 1) :]
            found = read_media(io.BytesIO(bytes(damaged)))
            assert found.length == len(damaged)
            assert found.duration is None or 0 < found.duration < 1e9
            assert (found.width is None) == (found.height is None)


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    """Of a film of four gigabytes, with its header at the end, only headers are read."""
    place = tmp_path / "film.mp4"
    with place.open("wb") as file:
        file.write(made.box(b"ftyp", b"isom", bytes(4)) + struct.pack(">I4sQ", 1, b"mdat", 4 << 30))
        file.seek((4 << 30) - 16, io.SEEK_CUR)
        file.write(FILM)
    with place.open("rb", buffering=0) as raw:
        assert read_media(raw) == Media("video/mp4", place.stat().st_size, 90.5, 1280, 720)
