"""Sounds and films made of bytes: as small as their formats allow, and right in every header."""

from __future__ import annotations

import io
import struct
import wave


def id3(size: int, flags: int = 0) -> bytes:
    """Make an ID3v2 tag of some bytes, as with a picture in it."""
    head = bytes((size >> 21 & 127, size >> 14 & 127, size >> 7 & 127, size & 127))
    return (
        b"ID3\x04\0"
        + bytes([flags])
        + head
        + b"\xff\xfb" * (size // 2)
        + b"x" * (size % 2)
        + (b"3DI\x04\0\0" + head if flags & 0x10 else b"")
    )


def mp3(frames: int, *, rate: int = 9, extra: bytes = b"") -> bytes:
    """Make frames of MPEG 1 layer III at 44.1 kHz (1152 samples each), of the bit rate with that number; `extra` is put into the first."""
    kbits = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)[rate]
    size = 144_000 * kbits // 44_100
    frame = bytes((0xFF, 0xFB, rate << 4, 0)).ljust(size, b"\0")
    first = frame[:36] + extra + frame[36 + len(extra) :]
    return first + frame * (frames - 1)


def xing(frames: int, size: int, name: bytes = b"Xing") -> bytes:
    """Make the header of a file of a variable bit rate."""
    return name + struct.pack(">III", 3, frames, size)


def vbri(frames: int, size: int) -> bytes:
    """Make the header that another encoder writes."""
    return b"VBRI" + struct.pack(">HHHII", 1, 0, 75, size, frames)


def box(name: bytes, *content: bytes, wide: bool = False) -> bytes:
    """Make a box of MP4."""
    data = b"".join(content)
    if wide:
        return struct.pack(">I4sQ", 1, name, 16 + len(data)) + data
    return struct.pack(">I4s", 8 + len(data), name) + data


def mvhd(scale: int, duration: int, version: int = 0) -> bytes:
    """Make the header of a film."""
    times = struct.pack(">QQIQ", 0, 0, scale, duration) if version else struct.pack(">IIII", 0, 0, scale, duration)
    return box(b"mvhd", bytes([version, 0, 0, 0]), times, bytes(80))


def track(handler: bytes, width: int = 0, height: int = 0, *, turned: bool = False, version: int = 0) -> bytes:
    """Make a track of sound (`soun`) or film (`vide`)."""
    matrix = (0, 65_536, 0, -65_536, 0, 0, 0, 0, 1 << 30) if turned else (65_536, 0, 0, 0, 65_536, 0, 0, 0, 1 << 30)
    head = bytes([version, 0, 0, 7]) + bytes(32 if version else 20) + bytes(16)
    tkhd = box(b"tkhd", head, struct.pack(">9i", *matrix), struct.pack(">II", width << 16, height << 16))
    return box(b"trak", tkhd, box(b"edts"), box(b"mdia", box(b"mdhd", bytes(24)), box(b"hdlr", bytes(8), handler, bytes(12))))


def mp4(brand: bytes, moov: bytes, *, moov_last: bool = False, media: int = 999) -> bytes:
    """Make a film with its header at the beginning or the end."""
    parts = [moov, box(b"free"), box(b"mdat", bytes(media))]
    return box(b"ftyp", brand, bytes(4), brand) + b"".join(reversed(parts) if moov_last else parts)


def ogg_page(packet: bytes, granule: int, *, serial: int = 7, first: bool = False, last: bool = False) -> bytes:
    """Make a page with one packet."""
    sizes = [255] * (len(packet) // 255) + [len(packet) % 255]
    kind = 2 * first + 4 * last
    return b"OggS\0" + bytes([kind]) + struct.pack("<QIII", granule, serial, 0, 0) + bytes([len(sizes), *sizes]) + packet


def vorbis(rate: int) -> bytes:
    """Make the first packet of Vorbis."""
    return b"\x01vorbis" + struct.pack("<IBIiiiBB", 0, 2, rate, 0, 128_000, 0, 0xB8, 1)


def opus(skipped: int) -> bytes:
    """Make the first packet of Opus."""
    return b"OpusHead" + struct.pack("<BBHIhB", 1, 2, skipped, 44_100, 0, 0)


def theora(width: int, height: int) -> bytes:
    """Make the first packet of Theora."""
    return (
        b"\x80theora\x03\x02\x01"
        + struct.pack(">HH", width // 16, height // 16)
        + width.to_bytes(3, "big")
        + height.to_bytes(3, "big")
        + bytes(22)
    )


def flac(rate: int, samples: int, picture: int = 0) -> bytes:
    """Make a FLAC file, with a picture of some bytes before its sound."""
    about = (rate << 44 | 1 << 41 | 15 << 36 | samples).to_bytes(8, "big")
    stream = bytes(10) + about + bytes(16)
    blocks = b"\0" + len(stream).to_bytes(3, "big") + stream
    if picture:
        inner = struct.pack(">II", 3, 9) + b"image/png" + bytes(4) + bytes(16) + struct.pack(">I", picture) + b"\xff" * picture
        blocks += b"\x06" + len(inner).to_bytes(3, "big") + inner
    return b"fLaC" + blocks + b"\x81\0\0\x04" + bytes(4) + bytes(500)


def wav(rate: int, samples: int) -> bytes:
    """Make a WAVE file of 16 bits and one channel."""
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setparams((1, 2, rate, samples, "NONE", ""))
        file.writeframes(bytes(2 * samples))
    return made.getvalue()


def aiff(rate: int, samples: int) -> bytes:
    """Make an AIFF file."""
    exponent = rate.bit_length() - 1
    extended = struct.pack(">HQ", 16_383 + exponent, rate << (63 - exponent))
    chunks = (
        b"COMM"
        + struct.pack(">IhIh", 18, 1, samples, 16)
        + extended
        + b"SSND"
        + struct.pack(">III", 8 + 2 * samples, 0, 0)
        + bytes(2 * samples)
    )
    return b"FORM" + struct.pack(">I", 4 + len(chunks)) + b"AIFF" + chunks


def adts(frames: int, size: int = 100) -> bytes:
    """Make frames of AAC at 44.1 kHz, of 1024 samples each."""
    head = bytes((0xFF, 0xF1, 1 << 6 | 4 << 2, 2 << 6 | size >> 11, size >> 3 & 255, (size & 7) << 5 | 31, 0xFC))
    return head.ljust(size, b"\0") * frames


def element(name: int, *content: bytes, unknown: bool = False) -> bytes:
    """Make an element of Matroska."""
    data = b"".join(content)
    size = b"\x01" + b"\xff" * 7 if unknown else b"\x08" + len(data).to_bytes(4, "big")
    return name.to_bytes((name.bit_length() + 7) // 8, "big") + size + data


def matroska(doctype: bytes, *parts: bytes, unknown: bool = False) -> bytes:
    """Make a film or sound of Matroska or WebM."""
    return element(0x1A45DFA3, element(0x4282, doctype)) + element(0x18538067, *parts, unknown=unknown)


def info(ticks: float, scale: int | None = None) -> bytes:
    """Make the element with the duration."""
    return element(0x1549A966, *([element(0x2AD7B1, scale.to_bytes(4, "big"))] if scale else []), element(0x4489, struct.pack(">d", ticks)))


def tracks(*kinds: int, size: tuple[int, int] = (640, 360), shown: tuple[int, int] | None = None) -> bytes:
    """Make the element with the tracks: 1 for a picture, 2 for a sound."""
    made = []
    for kind in kinds:
        video = [element(0xB0, size[0].to_bytes(2, "big")), element(0xBA, size[1].to_bytes(2, "big"))]
        if shown:
            video += [element(0x54B0, shown[0].to_bytes(2, "big")), element(0x54BA, shown[1].to_bytes(2, "big"))]
        made.append(element(0xAE, element(0x83, bytes([kind])), *([element(0xE0, *video)] if kind == 1 else [])))
    return element(0x1654AE6B, *made)
