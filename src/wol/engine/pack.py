"""Packs: files of the page store to which bytes are only ever added, and what lies in them."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from wol import fsio
from wol.engine.sealed import CorruptCacheError
from wol.errors import Diagnostic
from wol.model.item import Summary

T = TypeVar("T")

Highlighted = tuple[str, str, str]
"""A language, code of it, and the HTML that it became (`wol.content.markdown.highlight`)."""


class Place(msgspec.Struct, frozen=True, array_like=True):
    """Where something lies in a pack: offset and length, a checksum for reading, and a digest by which an unchanged text is known."""

    offset: int
    length: int
    checksum: int
    digest: str = ""


class Entry(msgspec.Struct, array_like=True):
    """Where the things that one source gave lie: its record, the text of each of its items, and its highlighted code, if it has any."""

    record: Place
    texts: tuple[Place, ...]
    code: Place | None = None

    def places(self) -> Iterator[Place]:
        """Give all of them."""
        yield self.record
        yield from self.texts
        if self.code is not None:
            yield self.code


class Stored(msgspec.Struct, frozen=True, array_like=True):
    """The record of one source: its items' summaries, what the writer should know about it, and the digest of each item's title and text."""

    summaries: tuple[Summary, ...]
    diagnostics: tuple[Diagnostic, ...]
    digests: tuple[str, ...] = ()


class Pack:
    """A file to which bytes are only ever added."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._handle: int | None = None

    def read(self, place: Place) -> bytes:
        """Give the bytes at a place; raises CorruptCacheError if they are not those that were written there."""
        try:
            if self._handle is None:
                self._handle = os.open(self.file, os.O_RDONLY)
            data = os.pread(self._handle, place.length, place.offset)
        except OSError as error:
            raise CorruptCacheError(str(error)) from error
        if zlib.crc32(data) != place.checksum:
            raise CorruptCacheError(f"the page store {self.file} is damaged at {place.offset}")
        return data

    def add(self, blobs: Sequence[bytes], digests: Sequence[str]) -> tuple[Place, ...]:
        """Add bytes at the end; gives where each piece lies."""
        offset = fsio.append(self.file, b"".join(blobs)) if blobs else 0
        places = []
        for blob, known in zip(blobs, digests, strict=True):
            places.append(Place(offset, len(blob), zlib.crc32(blob), known))
            offset += len(blob)
        return tuple(places)

    def size(self) -> int:
        return self.file.stat().st_size if self.file.exists() else 0

    def __del__(self) -> None:
        if self._handle is not None:
            os.close(self._handle)

    def __getstate__(self) -> Path:
        return self.file

    def __setstate__(self, file: Path) -> None:
        self.file, self._handle = file, None


class Held(msgspec.Struct, frozen=True):
    """What a pack has at some places, in memory."""

    pieces: dict[int, bytes]

    def read(self, place: Place) -> bytes:
        """Give the bytes at a place."""
        return self.pieces[place.offset]


def decode(data: bytes | memoryview, kind: type[T]) -> T:
    """Decode what the store holds; raises CorruptCacheError where it has another shape."""
    try:
        return msgspec.msgpack.decode(data, type=kind)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise CorruptCacheError(str(error)) from error
