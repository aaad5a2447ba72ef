"""The page store: what reading a source gave, by the digest of all that it was made of (constructive traces).

An index holds summaries and diagnostics and is read at once; texts lie one after the other in a pack and are read when a page is rendered.
It is shared by all profiles: what is parsed once for the preview need not be parsed for the release.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from wol import digest, fsio
from wol.build import sealed
from wol.errors import Diagnostic
from wol.model.item import Body, Summary

MAGIC = b"wol page store 1\n"
KEEP = 8
"""How many later savings an entry that no build used survives a compaction."""


class Place(msgspec.Struct, frozen=True, array_like=True):
    """Where a body lies: offset and length in the pack, checksum for reading, and a digest by which an unchanged one is known."""

    offset: int
    length: int
    checksum: int
    digest: str


class Stored(msgspec.Struct, array_like=True):
    """What one source gave: its items' summaries, findings, and the place of each body in the pack."""

    summaries: tuple[Summary, ...]
    diagnostics: tuple[Diagnostic, ...]
    places: tuple[Place, ...]
    used: int = 0


class _Index(msgspec.Struct, array_like=True):
    toolchain: str
    pack: str
    saved: int
    entries: dict[str, Stored]


class Bodies:
    """Reads bodies out of a pack by their places; can be sent to another process."""

    def __init__(self, pack: Path, places: Mapping[str, Place]) -> None:
        self._pack = pack
        self._places = places
        self._handle: int | None = None

    def __call__(self, key: str) -> Body:
        place = self._places[key]
        if self._handle is None:
            self._handle = os.open(self._pack, os.O_RDONLY)
        data = os.pread(self._handle, place.length, place.offset)
        if zlib.crc32(data) != place.checksum:
            raise CorruptStoreError(f"the page store {self._pack} is damaged at {place.offset}")
        return msgspec.msgpack.decode(data, type=Body)

    def close(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def __getstate__(self) -> tuple[Path, Mapping[str, Place]]:
        return (self._pack, self._places)

    def __setstate__(self, state: tuple[Path, Mapping[str, Place]]) -> None:
        self._pack, self._places = state
        self._handle = None


class CorruptStoreError(Exception):
    """A body is not what was written: the cache must be dropped and the build begun anew."""


class PageStore:
    """The page store of a site, opened under the site's lock. A damaged or foreign one is empty."""

    def __init__(self, folder: Path, toolchain: str) -> None:
        self._folder = folder
        self._toolchain = toolchain
        self._index: _Index | None = None
        self._changed = False

    @property
    def _file(self) -> Path:
        return self._folder / "index"

    @property
    def _loaded(self) -> _Index:
        if self._index is None:
            found = sealed.load(self._file, MAGIC, _Index)
            if found is None or found.toolchain != self._toolchain or not self._pack_holds(found):
                found = _Index(self._toolchain, f"pack-{os.urandom(6).hex()}", 0, {})
                self._changed = True
            self._index = found
        return self._index

    def _pack_holds(self, index: _Index) -> bool:
        try:
            size = (self._folder / index.pack).stat().st_size
        except OSError:
            return not index.entries
        return all(p.offset + p.length <= size for entry in index.entries.values() for p in entry.places)

    def get(self, read_key: str) -> Stored | None:
        """Give what reading gave for a key, or None."""
        return self._loaded.entries.get(read_key)

    def put(self, read_key: str, summaries: Iterable[Summary], diagnostics: Iterable[Diagnostic], bodies: Iterable[bytes]) -> Stored:
        """Keep what reading gave; the bodies go to the end of the pack at once, as encoded by the reader."""
        index = self._loaded
        blobs = list(bodies)
        offset = fsio.append(self._folder / index.pack, b"".join(blobs)) if blobs else 0
        places = []
        for blob in blobs:
            places.append(Place(offset, len(blob), zlib.crc32(blob), digest.short(digest.of_bytes(blob))))
            offset += len(blob)
        stored = Stored(tuple(summaries), tuple(diagnostics), tuple(places))
        index.entries[read_key] = stored
        self._changed = True
        return stored

    def bodies(self, read_keys: Iterable[str]) -> Bodies:
        """Give a reader of the bodies of these entries, by item key."""
        entries = self._loaded.entries
        places = {}
        for read_key in read_keys:
            stored = entries[read_key]
            for summary, place in zip(stored.summaries, stored.places, strict=True):
                places[summary.key] = place
        return Bodies(self._folder / self._loaded.pack, places)

    def save(self, used: Iterable[str]) -> None:
        """Write the index if anything was put, and drop what has not been used for long once half of the pack is waste."""
        if not self._changed:
            return
        index = self._loaded
        index.saved += 1
        for read_key in used:
            index.entries[read_key].used = index.saved
        self._compact(index)
        sealed.save(self._file, MAGIC, index)
        self._changed = False

    def _compact(self, index: _Index) -> None:
        pack = self._folder / index.pack
        size = pack.stat().st_size if pack.exists() else 0
        keep = {k: e for k, e in index.entries.items() if index.saved - e.used <= KEEP}
        live = sum(p.length for e in keep.values() for p in e.places)
        if size < 1 << 20 or live * 2 > size:
            return
        with open(pack, "rb") as file:
            old = file.read()
        parts: list[bytes] = []
        offset = 0
        for entry in keep.values():
            places = []
            for place in entry.places:
                parts.append(old[place.offset : place.offset + place.length])
                places.append(Place(offset, place.length, place.checksum, place.digest))
                offset += place.length
            entry.places = tuple(places)
        index.pack = f"pack-{os.urandom(6).hex()}"
        index.entries = keep
        fsio.replace(self._folder / index.pack, b"".join(parts), sync=False)

    def sweep(self) -> None:
        """Remove packs that the saved index does not name."""
        if self._index is None or not self._folder.is_dir():
            return
        for file in self._folder.iterdir():
            if file.name.startswith("pack-") and file.name != self._index.pack:
                fsio.remove(file)
