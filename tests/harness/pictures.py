"""Picture files made by hand, with everything in them that should not be published: each holds `CANARY` wherever its format has room for it."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable

CANARY = b"47.3769N-canary"
ARTIST, COPYRIGHT = b"Ada Lovelace", b"CC BY 4.0 Ada"
LATITUDE = struct.pack("<6I", 47, 1, 22, 1, 3684, 100)
XMP = b'<x:xmpmeta><rdf:RDF><rdf:Description exif:GPSLatitude="47,22.6N" dc:creator="' + CANARY + b'"/></rdf:RDF></x:xmpmeta>'


def exif(
    *, orientation: int | None = 6, artist: bytes = b"", rights: bytes = b"", gps: bool = True, order: str = "<", serial: bool = True
) -> bytes:
    """Make EXIF data as cameras write it: IFD0 with maker, serial number, Exif IFD, GPS IFD, and a thumbnail in IFD1."""
    values = b""
    tags: list[tuple[int, int, int, bytes | None]] = []
    base = 1024

    def put(value: bytes) -> int:
        nonlocal values
        at = base + len(values)
        values += value + b"\0" * (len(value) % 2)
        return at

    def text(number: int, value: bytes) -> None:
        value += b"\0"
        tags.append((number, 2, len(value), value.ljust(4, b"\0") if len(value) <= 4 else struct.pack(order + "I", put(value))))

    def directory(entries: Iterable[tuple[int, int, int, bytes | None]], after: int = 0) -> bytes:
        rows = sorted(entries)
        made = struct.pack(order + "H", len(rows))
        for number, sort, count, inside in rows:
            made += struct.pack(order + "HHI", number, sort, count) + (inside or b"").ljust(4, b"\0")
        return made + struct.pack(order + "I", after)

    text(0x010F, b"Maker " + CANARY)
    if orientation is not None:
        tags.append((0x0112, 3, 1, struct.pack(order + "H", orientation)))
    if artist:
        text(0x013B, artist)
    if rights:
        text(0x8298, rights)
    if serial:
        at = put(CANARY + b"\0")
        own = directory(
            [(0xA431, 2, len(CANARY) + 1, struct.pack(order + "I", at)), (0x927C, 7, len(CANARY), struct.pack(order + "I", at))]
        )
        tags.append((0x8769, 4, 1, struct.pack(order + "I", put(own))))
    if gps:
        latitude = struct.pack(order + "6I", *struct.unpack("<6I", LATITUDE))
        at = put(latitude)
        place = directory(
            [(1, 2, 2, b"N\0"), (2, 5, 3, struct.pack(order + "I", at)), (3, 2, 2, b"E\0"), (4, 5, 3, struct.pack(order + "I", at))]
        )
        tags.append((0x8825, 4, 1, struct.pack(order + "I", put(place))))
    thumbnail = put(b"\xff\xd8" + CANARY + b"\xff\xd9")
    second = put(directory([(0x0201, 4, 1, struct.pack(order + "I", thumbnail)), (0x0202, 4, 1, struct.pack(order + "I", 20))]))
    first = directory(tags, second)
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8)
    return head + first.ljust(base - 8, b"\0") + values


def segment(marker: int, body: bytes) -> bytes:
    """Make a segment of a JPEG."""
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


QUANTISATION = segment(0xDB, b"\0" + b"\1" * 64)
HUFFMAN = segment(0xC4, b"\0" + b"\1" + b"\0" * 15 + b"\0") + segment(0xC4, b"\x10" + b"\1" + b"\0" * 15 + b"\0")
FRAME = segment(0xC0, b"\x08\0\x08\0\x08\1\1\x11\0")
SCAN = segment(0xDA, b"\1\1\0\0\x3f\0") + b"\x3f"
PIXELS = QUANTISATION + FRAME + HUFFMAN + SCAN
JFIF = segment(0xE0, b"JFIF\0\1\2\0\0\1\0\1\0\0")
JFIF_WITH_THUMBNAIL = segment(0xE0, b"JFIF\0\1\2\0\0\1\0\1\3\2" + CANARY + b"\0\0\0")
PROFILE = segment(0xE2, b"ICC_PROFILE\0\1\2" + b"profile one ") + segment(0xE2, b"ICC_PROFILE\0\2\2" + b"profile two ")
ADOBE = segment(0xEE, b"Adobe\0\x64\0\0\0\0\1")
FILM = b"\0\0\0\x18ftypmp42" + CANARY + b"\0\0\0\0mp42"


def app1(tags: bytes) -> bytes:
    """Make the segment that holds EXIF."""
    return segment(0xE1, b"Exif\0\0" + tags)


TELLING = (
    app1(exif(artist=ARTIST, rights=COPYRIGHT))
    + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP)
    + segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + CANARY)
    + segment(0xE0, b"JFXX\0\x10" + CANARY)
    + segment(0xED, b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + CANARY)
    + segment(0xE2, b"MPF\0" + CANARY)
    + segment(0xE2, b"FPXR\0" + CANARY)
    + segment(0xEB, b"JP\0\1c2pa" + CANARY)
    + segment(0xE5, b"Samsung" + CANARY)
    + segment(0xFE, b"shot at " + CANARY)
)


def jpeg(*parts: bytes, end: bytes = b"\xff\xd9") -> bytes:
    """Make a JPEG of 8 by 8 grey pixels, with segments before them."""
    return b"\xff\xd8" + b"".join(parts) + PIXELS + end


def chunk(name: bytes, body: bytes) -> bytes:
    """Make a chunk of a PNG."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


SIGNATURE = b"\x89PNG\r\n\x1a\n"
HEADER = chunk(b"IHDR", b"\0\0\0\1\0\0\0\1\x08\2\0\0\0")
DATA = chunk(b"IDAT", zlib.compress(b"\0\x10\x20\x30"))
END = chunk(b"IEND", b"")
COLOURS = chunk(b"iCCP", b"mine\0\0" + zlib.compress(b"profile")) + chunk(b"gAMA", b"\0\0\xb1\x8f") + chunk(b"cHRM", b"\0" * 32)
TOLD_BY_PNG = (
    chunk(b"tEXt", b"Comment\0" + CANARY)
    + chunk(b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(CANARY))
    + chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP)
    + chunk(b"tIME", b"\x07\xea\x0b\x14\x0c\0\0")
    + chunk(b"eXIf", exif(artist=ARTIST, rights=COPYRIGHT))
    + chunk(b"prVW", CANARY)
    + chunk(b"caBX", CANARY)
)


def png(*parts: bytes, pixels: bytes = DATA, end: bytes = END) -> bytes:
    """Make a PNG of one pixel, with chunks before it."""
    return SIGNATURE + HEADER + b"".join(parts) + pixels + end


def riff(name: bytes, body: bytes) -> bytes:
    """Make a chunk of a WebP."""
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


LOSSLESS = riff(b"VP8L", bytes.fromhex("2f0000000007d0fffef7bfff818888e87f0000"))
LOSSY = riff(b"VP8 ", b"\x10\0\0\x9d\x01\x2a\1\0\1\0" + b"\x02" * 9)


def extended(flags: int) -> bytes:
    """Make the chunk that says what else there is."""
    return riff(b"VP8X", bytes((flags,)) + b"\0" * 9)


def webp(*parts: bytes, after: bytes = b"") -> bytes:
    """Make a WebP of chunks."""
    body = b"WEBP" + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(body)) + body + after


def extension(label: int, *blocks: bytes) -> bytes:
    """Make an extension of a GIF."""
    return bytes((0x21, label)) + b"".join(bytes((len(block),)) + block for block in blocks) + b"\0"


GIF_HEADER = b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff"
GIF_IMAGE = b"\x2c\0\0\0\0\1\0\1\0\0\2\2\x44\1\0"
LOOP = extension(0xFF, b"NETSCAPE2.0", b"\1\0\0")
GIF_XMP = b"\x21\xff\x0bXMP DataXMP" + XMP + b"\1" + bytes(range(255, -1, -1)) + b"\0"


def gif(*parts: bytes, end: bytes = b";") -> bytes:
    """Make a GIF of one pixel, with blocks before it."""
    return GIF_HEADER + b"".join(parts) + GIF_IMAGE + end


def box(name: bytes, *parts: bytes) -> bytes:
    """Make a box of a film or of HEIF."""
    body = b"".join(parts)
    return struct.pack(">I", len(body) + 8) + name + body
