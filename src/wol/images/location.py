"""Find out whether a file that is published unchanged contains a location: images, video, audio and documents that wol cannot strip.

Only the tables of each format are read, or the file is searched once; nothing is decoded.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator

from wol.images import tiff
from wol.images.embedded import embedded

_EXIF = b"Exif\0\0"
_MOST_EXIF = 1000
_LONGEST_EXIF = 1 << 18
_BOXES_AT_MOST = 10_000
_WITHIN = frozenset(b"moov trak mdia minf stbl udta meta ilst moof traf".split(b" "))
"""Boxes of films that only hold other boxes."""
_PLACES = frozenset({b"\xa9xyz", b"loci", b"gps ", b"gpmd", b"camm"})
"""Boxes and sample formats of films that are a location or a track of locations (QuickTime; 3GPP TS 26.244; GoPro; Google)."""
_XMP_BOX = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_ENDS = 1 << 22
"""Bytes at both ends of other films and sounds in which tags are looked for."""
_TAGGED = re.compile(rb"(?:LOCATION|location|ISO6709|\xa9xyz)[^+-]{0,64}[+-]\d{2,6}(?:\.\d+)?[+-]\d{3,7}(?:\.\d+)?")
_PICTURES = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"mif2", b"msf1", b"avif", b"avis", b"crx ", b"jxl "})
"""Brands of files of boxes that are pictures."""
_METADATA = re.compile(rb"/Metadata\b[^>]{0,400}>>\s*stream\r?\n")
_LONGEST_METADATA, _DICTIONARY = 1 << 20, 300
_OTHERS = (b"%PDF", b"ID3", b"fLaC", b"OggS", b"RIFF", b"\x1aE\xdf\xa3", b"8BPS", b"FUJIFILM", b"\x00\x00\x00\x0cjP  ", b"BM", b"\xff\xfb")
"""How other files begin that may hold EXIF, XMP or tags: PDF, sounds, Matroska and WebM, Photoshop, raw pictures, JPEG 2000."""


def has_location(data: bytes, name: str) -> bool:
    """Return whether a file contains a location; `name` counts only for formats without a signature."""
    if data[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"jumP", b"JXL "):
        return _in_boxes(data) or (may_have_location(data) if data[8:12] in _PICTURES else _is_tagged(data))
    if tiff.is_tiff(data):
        return tiff.has_location(data)
    if data[:4] == b"PK\3\4":
        return _in_archive(data)
    if name.lower().endswith(".svg"):
        return tiff.xmp_has_location(data) or any(map(may_have_location, embedded(data)))
    if data.startswith(b"%PDF") and any(map(tiff.xmp_has_location, _inflated(data))):
        return True
    return data.startswith(_OTHERS) and may_have_location(data)


def may_have_location(data: bytes) -> bool:
    """Return whether EXIF, XMP or tags anywhere in a file of any format contain a location."""
    at = data.find(_EXIF)
    for _ in range(_MOST_EXIF):
        if at < 0:
            break
        if tiff.has_location(data[at + len(_EXIF) : at + _LONGEST_EXIF]):
            return True
        at = data.find(_EXIF, at + 1)
    return tiff.xmp_has_location(data) or _is_tagged(data)


def _is_tagged(data: bytes) -> bool:
    """Return whether there is a tag with a position (ISO 6709) near either end of a file, where video and audio files keep their tags."""
    return any(map(_TAGGED.search, (data[:_ENDS], data[-_ENDS:])))


def _inflated(data: bytes) -> Iterator[bytes]:
    """Yield the compressed XMP of a PDF (ISO 32000-1, 14.3.2)."""
    import zlib

    for found in _METADATA.finditer(data):
        if b"FlateDecode" in data[max(0, found.start() - _DICTIONARY) : found.end()]:
            with contextlib.suppress(zlib.error):
                yield zlib.decompressobj().decompress(data[found.end() : found.end() + _LONGEST_METADATA], _LONGEST_METADATA)


def _in_boxes(data: bytes) -> bool:
    """Return whether a file made of boxes contains a location (ISO/IEC 14496-12 and 23008-12; QuickTime): films, HEIF, AVIF, JPEG XL."""
    return any(_is_place(data, name, start, end) for name, start, end in _boxes(data, 0, len(data), [0]))


def _boxes(data: bytes, at: int, stop: int, count: list[int]) -> Iterator[tuple[bytes, int, int]]:
    """Yield name, start and end of each box in a range, and of the boxes nested in containers."""
    while at + 8 <= stop and count[0] < _BOXES_AT_MOST:
        count[0] += 1
        size, name, start = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8], at + 8
        if size == 1:
            size, start = int.from_bytes(data[at + 8 : at + 16], "big"), at + 16
        end = stop if size == 0 else at + size
        if end < start or end > stop:
            if name not in (b"mdat", b"moov"):
                return
            end = stop  # the file was cut off
        yield name, start, end
        if name in _WITHIN:
            inner = start + 4 if name == b"meta" and data[start + 4 : start + 8] != b"hdlr" else start
            yield from _boxes(data, inner, end, count)
        at = end


def _is_place(data: bytes, name: bytes, start: int, end: int) -> bool:
    if name in _PLACES:
        return any(data[start + 4 : min(end, start + 64)])
    if name == b"keys":
        return b"location.ISO6709" in data[start:end]
    if name == b"stsd":
        return data[start + 12 : start + 16] in _PLACES
    if name == b"uuid":
        return data[start : start + 16] == _XMP_BOX and tiff.xmp_has_location(data[start + 16 : end])
    if name in (b"XMP_", b"xml "):
        return tiff.xmp_has_location(data[start:end])
    if name == b"Exif":
        return _in_exif_item(data[start:end])
    if name == b"iloc":
        return any(_in_exif_item(piece) or tiff.xmp_has_location(piece) for piece in _items(data, start, end))
    return False


def _in_exif_item(item: bytes) -> bool:
    """Return whether an EXIF item contains a location: its first four bytes are the offset of the data (ISO/IEC 23008-12, annex A)."""
    at = 4 + int.from_bytes(item[:4], "big")
    return any(tiff.has_location(item[place:]) for place in {at, at + len(_EXIF), 0, 4, 4 + len(_EXIF)})


def _items(data: bytes, start: int, end: int) -> Iterator[bytes]:
    """Yield the items of a picture that are small enough to be EXIF or XMP, by the item location table (ISO/IEC 14496-12, 8.11.3)."""
    version = data[start] if start < end else 0
    sizes = data[start + 4 : start + 6]
    if version > 2 or len(sizes) < 2:
        return
    offset, length, base, index = sizes[0] >> 4, sizes[0] & 15, sizes[1] >> 4, sizes[1] & 15 if version else 0
    at = start + 6

    def take(size: int) -> int:
        nonlocal at
        at += size
        return int.from_bytes(data[at - size : at], "big")

    for _ in range(take(4 if version == 2 else 2)):
        take(4 if version == 2 else 2)
        method = take(2) & 15 if version else 0
        take(2)
        first = take(base)
        for _ in range(take(2)):
            take(index)
            where, size = first + take(offset), take(length)
            if method == 0 and size < _LONGEST_EXIF:
                yield data[where : where + size]
            if at > end:
                return


def _in_archive(data: bytes) -> bool:
    """Return whether a picture in an office document contains a location; other archives are not searched."""
    import io
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if not any(name in ("[Content_Types].xml", "mimetype") for name in names):
                return False
            for name in names[:_BOXES_AT_MOST]:
                if name.lower().endswith((".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".heic")):
                    with archive.open(name) as file:
                        head = file.read(_LONGEST_EXIF)
                    if tiff.has_location(head) or may_have_location(head):
                        return True
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError):
        return False
    return False
