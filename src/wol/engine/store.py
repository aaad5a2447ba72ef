"""The page store: what reading a source gave, by the digest of all that it was made of (constructive traces).

Three files: an index of places; a pack of records (summaries and findings), which are read when an item is asked for, or all at once;
and a pack of texts, each read when a page shows it. It is shared by all profiles: what is parsed once for the preview need not be parsed for the release.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from wol import digest, fsio
from wol.engine import sealed
from wol.engine.pack import Entry, Highlighted, Pack, Stored, decode
from wol.engine.sealed import CorruptCacheError

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
        found = sealed.load(folder / "index", MAGIC, _Index)
        if found is None or found.toolchain != toolchain:
            found = _Index(toolchain, os.urandom(6).hex(), 0, 0, {}, {})
        self._index = found
        self._entries: dict[str, Entry] = {}
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
        """Give the sources whose keys it does not know."""
        if self._index.entries.keys() >= set(read_keys.values()):
            return []
        return [source for source, read_key in read_keys.items() if read_key not in self]

    def entry(self, read_key: str) -> Entry:
        """Give the places of what reading gave for a key."""
        found = self._entries.get(read_key)
        if found is None:
            found = self._entries[read_key] = msgspec.msgpack.decode(self._index.entries[read_key], type=Entry)
        return found

    def get(self, read_key: str) -> Stored:
        """Give what reading gave for a key; raises CorruptCacheError if the pack does not hold it."""
        found = self._stored.get(read_key)
        if found is None:
            found = self._stored[read_key] = decode(self.records.read(self.entry(read_key).record), Stored)
        return found

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
        """Give the highlighted code of a source."""
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
            self._set(key, Entry(place, tuple(next(text_places) for _ in group), next(code_places) if blob else None))
            self._stored.pop(key, None)
        self._changed = True

    def _set(self, key: str, entry: Entry) -> None:
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
        sealed.save(self._folder / "index", MAGIC, index)
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
            self._set(key, Entry(place, texts, next(moved) if entry.code is not None else None))
        index.unused = {key: since for key, since in index.unused.items() if key in index.entries}

    def sweep(self) -> None:
        """Remove packs that the index does not name."""
        kept = {self.records.file.name, self.texts.file.name, "index"}
        if self._folder.is_dir():
            for file in self._folder.iterdir():
                if file.name not in kept and file.is_file():
                    fsio.remove(file)
