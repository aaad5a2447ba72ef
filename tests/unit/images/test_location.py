"""Files of other forms: whether they hold a location."""

from __future__ import annotations

import base64
import io
import struct
import zipfile
import zlib

import pytest

from harness import pictures as p
from harness.pictures import box
from wol.images.published_image import publish

HERE = p.exif()
NOWHERE = p.exif(gps=False)
ZERO = HERE.replace(p.LATITUDE, bytes(24))
FTYP = box(b"ftyp", b"heic")
MP4 = box(b"ftyp", b"isom")
PLACE = b"\0\x12\x15\xc7+47.3769+008.5417/"
NAMED = b"<Iptc4xmpExt:LocationCreated><Iptc4xmpExt:City>Paris</Iptc4xmpExt:City>"


def heif(item: bytes, version: int = 1) -> bytes:
    """Make a picture whose table of items names one."""
    entry = b"\0\1" + (b"\0\0" if version else b"") + b"\0\0" + b"\0\1" + struct.pack(">II", 200, len(item))
    meta = box(b"meta", b"\0\0\0\0", box(b"iloc", bytes((version, 0, 0, 0)), b"\x44\0", b"\0\1", entry))
    head = FTYP + meta
    return head + box(b"mdat", b"\0" * (200 - len(head) - 8) + item)


def track(sort: bytes) -> bytes:
    """Make a film with a track of a sort."""
    table = box(b"stsd", b"\0\0\0\0\0\0\0\1", box(sort, b"\0" * 8))
    return MP4 + box(b"moov", box(b"mvhd", bytes(100)), box(b"trak", box(b"mdia", box(b"minf", box(b"stbl", table)))))


def document(name: str, picture: bytes) -> bytes:
    """Make a document of Word or LibreOffice that holds a picture."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, "x")
        archive.writestr("word/media/image1.jpeg", picture)
    return made.getvalue()


def embedding(picture: bytes) -> bytes:
    """Make an SVG that shows a picture."""
    return b'<svg><image href="data:image/jpeg;base64,' + base64.b64encode(picture) + b'"/></svg>'


def tiff(block: bytes) -> bytes:
    """Make a TIFF whose only tag is XMP."""
    return b"II*\0\x08\0\0\0" + struct.pack("<HHHIII", 1, 0x02BC, 1, len(block), 26, 0) + block


LOCATED = {
    "a.heic": heif(b"\0\0\0\6Exif\0\0" + HERE),
    "b.heic": heif(b"\0\0\0\0" + HERE, version=0),
    "c.avif": heif(p.XMP),
    "a.tif": HERE,
    "b.dng": p.exif(order=">"),
    "c.tiff": tiff(p.XMP),
    "d.tiff": tiff(NAMED),
    "a.mp4": MP4 + box(b"moov", box(b"udta", box(b"\xa9xyz", PLACE))),
    "b.3gp": MP4 + box(b"mdat", bytes(1000)) + box(b"moov", box(b"trak", box(b"udta", box(b"loci", b"\0\0\0\0\x15\xc7Home\0")))),
    "c.mov": box(
        b"moov",
        box(b"meta", box(b"hdlr", bytes(24)), box(b"keys", b"\0\0\0\0\0\0\0\1" + box(b"mdta", b"com.apple.quicktime.location.ISO6709"))),
    ),
    "d.mp4": track(b"gpmd"),
    "e.mp4": track(b"camm"),
    "f.mp4": MP4 + struct.pack(">I4sQ", 1, b"mdat", 16 + 64) + bytes(64) + box(b"moov", box(b"udta", box(b"XMP_", p.XMP))),
    "g.mp4": MP4 + box(b"uuid", bytes.fromhex("be7acfcb97a942e89c71999491e3afac"), p.XMP),
    "a.mkv": b"\x1aE\xdf\xa3" + bytes(500) + b"LOCATION\x44\x87\x93+47.3769+008.5417/",
    "a.pdf": b"%PDF-1.7\n1 0 obj <</Filter /DCTDecode>> stream\n" + p.jpeg(p.app1(HERE)) + b"\nendstream",
    "c.pdf": b"%PDF-1.7\n<</Length 99 /Filter /FlateDecode /Type /Metadata /Subtype /XML>>\nstream\n"
    + zlib.compress(p.XMP)
    + b"\nendstream",
    "d.heic": FTYP + box(b"mdat", b"Exif\0\0" + HERE),
    "torn.mp4": MP4 + b"\xff\xff\xff\xffmoov\0\0\0\0udta\0\0\0\x1a\xa9xyz" + PLACE,
    "b.pdf": b"%PDF-1.7\n<</Type /Metadata>> stream\n" + p.XMP,
    "a.svg": embedding(p.jpeg(p.app1(HERE))),
    "b.svg": b"<svg><metadata>" + p.XMP + b"</metadata></svg>",
    "a.docx": document("[Content_Types].xml", p.jpeg(p.app1(HERE))),
    "a.odt": document("mimetype", p.jpeg(p.app1(HERE))),
    "a.mp3": b"ID3\4\0\0\0\0\0\0APIC" + p.jpeg(p.app1(HERE)),
    "a.jxl": box(b"JXL ", b"\r\n\x87\n") + box(b"Exif", b"\0\0\0\0" + HERE),
    "a.psd": b"8BPS\0\1" + p.XMP,
    "not-really.jpg": b"\n" + p.jpeg(p.app1(HERE)),
    "heic-renamed.jpg": heif(b"\0\0\0\6Exif\0\0" + HERE),
}

SILENT = {
    "a.heic": heif(b"\0\0\0\6Exif\0\0" + NOWHERE),
    "b.heic": FTYP,
    "c.heic": heif(b"\0\0\0\6Exif\0\0" + ZERO),
    "a.tif": NOWHERE,
    "b.tif": ZERO,
    "a.mp4": MP4 + box(b"moov", box(b"udta", box(b"\xa9nam", b"\xa9xyz"))),
    "b.mp4": track(b"avc1"),
    "d.mp4": MP4 + b"\xff\xff\xff\xffmoov",
    "a.pdf": b"%PDF-1.7\n" + p.jpeg(p.app1(NOWHERE)),
    "b.pdf": b"%PDF-1.7\n<</Type /Metadata /Filter /FlateDecode>>\nstream\n" + b"torn",
    "a.svg": embedding(p.jpeg(p.app1(NOWHERE))),
    "a.docx": document("[Content_Types].xml", p.jpeg()),
    "photos.zip": document("readme.txt", p.jpeg(p.app1(HERE))),
    "broken.zip": b"PK\3\4mimetype",
    "a.gpx": b'<gpx><trkpt lat="47.3" lon="8.5"/></gpx>',
    "exif.js": b'var tags = {GPSLatitude: "x", "exif:GPSLatitude": 1}; "Exif\0\0"',
    "about.html": p.XMP,
    "favicon.ico": b"\0\0\1\0\1\0\x10\x10",
    "empty.jpg": b"",
    "zeros.mp4": bytes(500),
}


@pytest.mark.parametrize("name", LOCATED)
def test_located(name: str) -> None:
    """The file is published as it is, and its writer is told."""
    assert publish(LOCATED[name], name) == (LOCATED[name], True, False)


@pytest.mark.parametrize("name", SILENT)
def test_silent(name: str) -> None:
    """Nothing is told of files without a location, of zeros where one would be, of words about EXIF, and of tracks, which are nothing but places."""
    assert publish(SILENT[name], name) == (SILENT[name], False, False)


def test_a_long_film() -> None:
    """A film is not searched: the boxes that hold its tags are found by their sizes."""
    film = MP4 + box(b"mdat", b"Exif\0\0II*\0" * 3_000_000) + box(b"moov", box(b"udta", box(b"\xa9xyz", PLACE)))
    assert publish(film, "a.mp4").located
