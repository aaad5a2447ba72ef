"""Files of caches: MessagePack with a seal, so that what is torn, foreign or from another version counts as absent.

Never pickled: a cache that somebody else prepared can at worst hold wrong text, and the seal tells accidents apart.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

import msgspec

from wol import fsio

T = TypeVar("T")

_SEAL = 32
_LENGTH = 4


class CorruptCacheError(Exception):
    """A part of a cache is not what was written: all caches must be dropped and the build begun anew."""


class Section:
    """A part of a cache file as bytes, with their checksum (CRC-32): it is checked when the part is used, not when the file is opened."""

    __slots__ = ("checksum", "data", "is_checked")

    def __init__(self, data: bytes | memoryview, checksum: int | None = None) -> None:
        self.data = data
        self.checksum = zlib.crc32(data) if checksum is None else checksum
        self.is_checked = checksum is None

    def checked(self) -> bytes | memoryview:
        """Return the bytes; raises CorruptCacheError if they are not those that were written."""
        if not self.is_checked:
            if zlib.crc32(self.data) != self.checksum:
                raise CorruptCacheError("a part of a cache is damaged")
            self.is_checked = True
        return self.data


def save(file: Path, magic: bytes, value: object, *, sync: bool = False) -> None:
    """Write a value under a seal, in one step."""
    fsio.replace(file, seal(magic, value), sync=sync)


def seal(magic: bytes, value: object) -> bytes:
    """Encode a value and put the seal of its bytes before it."""
    data = msgspec.msgpack.encode(value)
    return hashlib.sha256(magic + data).digest() + data


def load(file: Path, magic: bytes, kind: type[T]) -> T | None:
    """Read a value back; None if it is absent or its seal, `magic` or shape is another."""
    try:
        if not file.is_file():  # to open a pipe would be to wait for a writer
            return None
        sealed = file.read_bytes()
    except OSError:
        return None
    return _open(memoryview(sealed), magic, kind)


def _open(sealed: memoryview, magic: bytes, kind: type[T]) -> T | None:
    data = sealed[_SEAL:]
    if hashlib.sha256(b"".join((magic, data))).digest() != sealed[:_SEAL]:
        return None
    try:
        return msgspec.msgpack.decode(data, type=kind)
    except (msgspec.DecodeError, msgspec.ValidationError):
        return None


def join_sections(magic: bytes, sections: Mapping[str, Section]) -> Iterable[bytes | memoryview]:
    """Return the pieces of a file of sections: a sealed list of names, lengths and checksums, then all bytes."""
    head = seal(magic, [(name, len(section.data), section.checksum) for name, section in sections.items()])
    yield len(head).to_bytes(_LENGTH, "little")
    yield head
    for section in sections.values():
        yield section.data


def load_sections(file: Path, magic: bytes) -> dict[str, Section]:
    """Read the sections of a file; none if it is absent, torn or foreign."""
    try:
        stored = memoryview(file.read_bytes())
    except OSError:
        return {}
    start = _LENGTH + int.from_bytes(stored[:_LENGTH], "little")
    head = _open(stored[_LENGTH:start], magic, list[tuple[str, int, int]])
    if head is None or start + sum(length for _, length, _ in head) != len(stored):
        return {}
    sections = {}
    for name, length, checksum in head:
        sections[name] = Section(stored[start : start + length], checksum)
        start += length
    return sections
