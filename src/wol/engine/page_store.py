"""The page store: what reading a source gave, by the digest of all that it was made of (constructive traces).

Three files: an index of places; a pack of records (summaries and findings), which are read when an item is asked for, or all at once;
and a pack of texts, each read when a page shows it. Bytes are only ever added to a pack. The store is shared by all profiles: what is parsed once
for the preview need not be parsed for the release.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from wol import digest, fsio
from wol.engine import cache_files
from wol.engine.cache_files import CorruptCacheError
from wol.errors import Diagnostic
from wol.model.item import Summary

T = TypeVar("T")

Highlighted = tuple[str, str, str]
"""A language, code of it, and the HTML that it became (`wol.content.markdown.highlight`)."""


class PackPlace(msgspec.Struct, frozen=True, array_like=True):
    """Where something lies in a pack: offset and length, a checksum for reading, and a digest by which an unchanged text is known."""

    offset: int
    length: int
    checksum: int
    digest: str = ""


class StoreEntry(msgspec.Struct, array_like=True):
    """Where the things that one source gave lie: its record, the text of each of its items, and its highlighted code, if it has any."""

    record: PackPlace
    texts: tuple[PackPlace, ...]
    code: PackPlace | None = None

    def places(self) -> Iterator[PackPlace]:
        """Return all of them."""
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

    def read(self, place: PackPlace) -> bytes:
        """Return the bytes at a place; raises CorruptCacheError if they are not those that were written there."""
        try:
            if self._handle is None:
                self._handle = os.open(self.file, os.O_RDONLY)
            data = os.pread(self._handle, place.length, place.offset)
        except OSError as error:
            raise CorruptCacheError(str(error)) from error
        if zlib.crc32(data) != place.checksum:
            raise CorruptCacheError(f"the page store {self.file} is damaged at {place.offset}")
        return data

    def add(self, blobs: Sequence[bytes], digests: Sequence[str]) -> tuple[PackPlace, ...]:
        """Add bytes at the end; return where each piece lies."""
        offset = fsio.append(self.file, b"".join(blobs)) if blobs else 0
        places = []
        for blob, known in zip(blobs, digests, strict=True):
            places.append(PackPlace(offset, len(blob), zlib.crc32(blob), known))
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


class PackCopy(msgspec.Struct, frozen=True):
    """What a pack has at some places, in memory."""

    pieces: dict[int, bytes]

    def read(self, place: PackPlace) -> bytes:
        """Return the bytes at a place."""
        return self.pieces[place.offset]


def decode(data: bytes | memoryview, kind: type[T]) -> T:
    """Decode what the store holds; raises CorruptCacheError where it has another shape."""
    try:
        return msgspec.msgpack.decode(data, type=kind)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise CorruptCacheError(str(error)) from error


MAGIC = b"wol page store 4\n"
SMALL = 1 << 20
"""Bytes of packs that are never worth a compaction."""
KEEP = 8
"""How many later savings an entry that no build used survives a compaction."""


class _Index(msgspec.Struct, array_like=True):
    toolchain: str
    name: str
    """What the names of the two packs end with."""
    saved: int
    waste: int
    """Bytes in the packs that belong to no entry."""
    unused: dict[str, int]
    """Entries that the last build did not use, with the number of the saving when that began."""
    entries: dict[str, msgspec.Raw]


class PageStore:
    """The page store of a site, opened under the site's lock. A damaged or foreign one is empty."""

    def __init__(self, folder: Path, toolchain: str) -> None:
        self._folder = folder
        self._toolchain = toolchain
        index = cache_files.load(folder / "index", MAGIC, _Index)
        if index is None or index.toolchain != toolchain:
            index = _Index(toolchain, os.urandom(6).hex(), 0, 0, {}, {})
        self._index = index
        self._entries: dict[str, StoreEntry] = {}
        """Those of the index that were decoded, and those that are new."""
        self._stored: dict[str, Stored] = {}
        """Records that were decoded."""
        self._changed = False
        self._name_packs()

    def _name_packs(self) -> None:
        self.records = Pack(self._folder / f"records-{self._index.name}")
        self.texts = Pack(self._folder / f"texts-{self._index.name}")

    def __contains__(self, read_key: str) -> bool:
        return read_key in self._entries or read_key in self._index.entries

    def missing(self, read_keys: Mapping[str, str]) -> list[str]:
        """Return the sources whose keys it does not know."""
        if self._index.entries.keys() >= set(read_keys.values()):
            return []
        return [source for source, read_key in read_keys.items() if read_key not in self]

    def entry(self, read_key: str) -> StoreEntry:
        """Return the places of what reading gave for a key."""
        entry = self._entries.get(read_key)
        if entry is None:
            entry = self._entries[read_key] = msgspec.msgpack.decode(self._index.entries[read_key], type=StoreEntry)
        return entry

    def get(self, read_key: str) -> Stored:
        """Return what reading gave for a key; raises CorruptCacheError if the pack does not hold it."""
        stored = self._stored.get(read_key)
        if stored is None:
            stored = self._stored[read_key] = decode(self.records.read(self.entry(read_key).record), Stored)
        return stored

    def load(self, read_keys: Iterable[str]) -> None:
        """Decode the records of many keys at once."""
        wanted = [key for key in read_keys if key not in self._stored]
        if not wanted:
            return
        try:
            data = memoryview(self.records.file.read_bytes())
        except OSError as error:
            raise CorruptCacheError(str(error)) from error
        for key in wanted:
            place = self.entry(key).record
            record = data[place.offset : place.offset + place.length]
            if zlib.crc32(record) != place.checksum:
                raise CorruptCacheError(f"the page store {self.records.file} is damaged at {place.offset}")
            self._stored[key] = decode(record, Stored)

    def code(self, read_key: str) -> tuple[Highlighted, ...]:
        """Return the highlighted code of a source."""
        place = self.entry(read_key).code
        return decode(self.texts.read(place), tuple[Highlighted, ...]) if place is not None else ()

    def put(self, read_keys: Sequence[str], records: Sequence[bytes], texts: Sequence[Sequence[bytes]], code: Sequence[bytes]) -> None:
        """Keep what reading gave for each key, as encoded by the reader: a `Stored`, a `Body` for each item, and highlighted code or nothing."""
        places = self.records.add(records, [""] * len(records))
        flat = [text for group in texts for text in group]
        text_places = iter(self.texts.add(flat, [digest.short(digest.of_bytes(text)) for text in flat]))
        kept = [blob for blob in code if blob]
        code_places = iter(self.texts.add(kept, [""] * len(kept)))
        for key, place, group, blob in zip(read_keys, places, texts, code, strict=True):
            if key in self:
                self._index.waste += sum(old.length for old in self.entry(key).places())
            self._set(key, StoreEntry(place, tuple(next(text_places) for _ in group), next(code_places) if blob else None))
            self._stored.pop(key, None)
        self._changed = True

    def _set(self, key: str, entry: StoreEntry) -> None:
        self._entries[key] = entry
        self._index.entries[key] = msgspec.Raw(msgspec.msgpack.encode(entry))

    def save(self, used: Iterable[str]) -> None:
        """Write the index if anything was put, and drop what has not been used for long once half of the packs is waste."""
        if not self._changed:
            return
        index = self._index
        index.saved += 1
        wanted = set(used)
        self._stored = {key: stored for key, stored in self._stored.items() if key in wanted}
        index.unused = {key: index.unused.get(key, index.saved) for key in index.entries.keys() - wanted}
        self._compact()
        cache_files.save(self._folder / "index", MAGIC, index)
        self._changed = False

    def _compact(self) -> None:
        """Write the packs anew once half of what is in them is waste."""
        index = self._index
        size = self.records.size() + self.texts.size()
        waste = index.waste + sum(place.length for key in index.unused for place in self.entry(key).places())
        if size < SMALL or waste * 2 < size:
            return
        keys = [key for key in index.entries if index.saved - index.unused.get(key, index.saved) < KEEP]
        entries = [self.entry(key) for key in keys]
        old_records, old_texts = self.records, self.texts
        index.name, index.waste = os.urandom(6).hex(), 0
        self._name_packs()
        records = self.records.add([old_records.read(entry.record) for entry in entries], [""] * len(entries))
        flat = [place for entry in entries for place in entry.places() if place is not entry.record]
        moved = iter(self.texts.add([old_texts.read(place) for place in flat], [place.digest for place in flat]))
        index.entries, self._entries = {}, {}
        for key, entry, place in zip(keys, entries, records, strict=True):
            texts = tuple(next(moved) for _ in entry.texts)
            self._set(key, StoreEntry(place, texts, next(moved) if entry.code is not None else None))
        index.unused = {key: since for key, since in index.unused.items() if key in index.entries}

    def sweep(self) -> None:
        """Remove packs that the index does not name."""
        kept = {self.records.file.name, self.texts.file.name, "index"}
        if self._folder.is_dir():
            for file in self._folder.iterdir():
                if file.name not in kept and file.is_file():
                    fsio.remove(file)
