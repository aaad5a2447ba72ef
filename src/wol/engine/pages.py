"""The items of a build as they lie in the page store, each read when it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wol.engine.pack import Entry, Held, Pack, Place, Stored, decode
from wol.engine.store import PageStore
from wol.model.item import Body, Summary


class Pages:
    """The summaries and texts of the items that a build has, each read when it is asked for. Can be sent to another process.

    `read_keys` goes from source to key in the store; `homes` has source and number of each item that is not the first of a source of its own name.
    """

    def __init__(self, store: PageStore | Extract, read_keys: Mapping[str, str], homes: Mapping[str, tuple[str, int]]) -> None:
        self._store = store
        self._read_keys = read_keys
        self._homes = homes

    def load(self) -> None:
        """Decode all records at once."""
        self._store.load(self._read_keys.values())

    def place(self, key: str) -> Place:
        """Give where the text of an item lies."""
        source, number = self._homes.get(key, (key, 0))
        return self._store.entry(self._read_keys[source]).texts[number]

    def summary(self, key: str) -> Summary:
        """Give the summary of an item."""
        source, number = self._homes.get(key, (key, 0))
        return self._store.get(self._read_keys[source]).summaries[number]

    def digest(self, key: str) -> str:
        """Give the digest of an item's title and text as typed."""
        source, number = self._homes.get(key, (key, 0))
        return self._store.get(self._read_keys[source]).digests[number]

    def body(self, key: str) -> Body:
        """Read the text of an item; raises CorruptCacheError if it is not what was written."""
        return decode(self._store.texts.read(self.place(key)), Body)

    def held(self) -> Pages:
        """Give the same in memory, for a machine that has not our files; raises CorruptCacheError as reading does."""
        store = self._store
        entries = {key: store.entry(key) for key in self._read_keys.values()}
        records = Held({entry.record.offset: store.records.read(entry.record) for entry in entries.values()})
        texts = Held({place.offset: store.texts.read(place) for entry in entries.values() for place in entry.texts})
        return Pages(Extract(records, texts, entries), self._read_keys, self._homes)

    def __getstate__(self) -> tuple[Extract, Mapping[str, str], Mapping[str, tuple[str, int]]]:
        entries = {key: self._store.entry(key) for key in self._read_keys.values()}
        return Extract(self._store.records, self._store.texts, entries), self._read_keys, self._homes

    def __setstate__(self, state: tuple[Extract, Mapping[str, str], Mapping[str, tuple[str, int]]]) -> None:
        self._store, self._read_keys, self._homes = state


class Extract:
    """What of a store another process needs to read it."""

    def __init__(self, records: Pack | Held, texts: Pack | Held, entries: Mapping[str, Entry]) -> None:
        self.records = records
        self.texts = texts
        self._entries = entries
        self._stored: dict[str, Stored] = {}

    def entry(self, read_key: str) -> Entry:
        return self._entries[read_key]

    def get(self, read_key: str) -> Stored:
        found = self._stored.get(read_key)
        if found is None:
            found = self._stored[read_key] = decode(self.records.read(self.entry(read_key).record), Stored)
        return found

    def load(self, read_keys: Iterable[str]) -> None:
        for key in read_keys:
            self.get(key)
