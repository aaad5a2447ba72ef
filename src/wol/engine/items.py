"""The items of one build: which there are, in which order, and what the page store has of each, decoded when it is asked for."""

from __future__ import annotations

from collections.abc import ItemsView, Iterable, Iterator, Mapping

from wol.engine.page_store import Pack, PackCopy, PackPlace, PageStore, Stored, StoreEntry, decode
from wol.engine.state import State
from wol.model.item import Body, Summary
from wol.site.arrange import NOTHING, Arranged, effective


class ItemReader:
    """The summaries and texts of the items that a build has, each read when it is asked for. Can be sent to another process.

    `read_keys` goes from source to key in the store; `homes` has source and number of each item that is not the first of a source of its own name.
    """

    def __init__(self, store: PageStore | StoreExtract, read_keys: Mapping[str, str], homes: Mapping[str, tuple[str, int]]) -> None:
        self._store = store
        self._read_keys = read_keys
        self._homes = homes

    def load(self) -> None:
        """Decode all records at once."""
        self._store.load(self._read_keys.values())

    def place(self, key: str) -> PackPlace:
        """Return where the text of an item lies."""
        source, number = self._homes.get(key, (key, 0))
        return self._store.entry(self._read_keys[source]).texts[number]

    def summary(self, key: str) -> Summary:
        """Return the summary of an item."""
        source, number = self._homes.get(key, (key, 0))
        return self._store.get(self._read_keys[source]).summaries[number]

    def digest(self, key: str) -> str:
        """Return the digest of an item's title and text as typed."""
        source, number = self._homes.get(key, (key, 0))
        return self._store.get(self._read_keys[source]).digests[number]

    def body(self, key: str) -> Body:
        """Read the text of an item; raises CorruptCacheError if it is not what was written."""
        return decode(self._store.texts.read(self.place(key)), Body)

    def in_memory(self) -> ItemReader:
        """Return the same in memory, for a machine that has not our files; raises CorruptCacheError as reading does."""
        store = self._store
        entries = {key: store.entry(key) for key in self._read_keys.values()}
        records = PackCopy({entry.record.offset: store.records.read(entry.record) for entry in entries.values()})
        texts = PackCopy({place.offset: store.texts.read(place) for entry in entries.values() for place in entry.texts})
        return ItemReader(StoreExtract(records, texts, entries), self._read_keys, self._homes)

    def __getstate__(self) -> tuple[StoreExtract, Mapping[str, str], Mapping[str, tuple[str, int]]]:
        entries = {key: self._store.entry(key) for key in self._read_keys.values()}
        return StoreExtract(self._store.records, self._store.texts, entries), self._read_keys, self._homes

    def __setstate__(self, state: tuple[StoreExtract, Mapping[str, str], Mapping[str, tuple[str, int]]]) -> None:
        self._store, self._read_keys, self._homes = state


class StoreExtract:
    """The parts of a store that another process needs."""

    def __init__(self, records: Pack | PackCopy, texts: Pack | PackCopy, entries: Mapping[str, StoreEntry]) -> None:
        self.records = records
        self.texts = texts
        self._entries = entries
        self._stored: dict[str, Stored] = {}

    def entry(self, read_key: str) -> StoreEntry:
        return self._entries[read_key]

    def get(self, read_key: str) -> Stored:
        stored = self._stored.get(read_key)
        if stored is None:
            stored = self._stored[read_key] = decode(self.records.read(self.entry(read_key).record), Stored)
        return stored

    def load(self, read_keys: Iterable[str]) -> None:
        for key in read_keys:
            self.get(key)


Homes = Mapping[str, tuple[str, int]]
"""Source and number of each item that is not the first of a source of its own name."""


MANY = 256
"""Items asked for one by one after which all are read at once: who lists so many lists more."""


class Items(Mapping[str, Summary]):
    """The summaries of the items that a build has, in the order of lists, and where their texts are. Can be sent to another process.

    `pages` is None where it is not known any more what the build knew of its items.
    """

    def __init__(self, arranged: Arranged, pages: ItemReader | None) -> None:
        self.arranged = arranged
        self.pages = pages
        self._found: dict[str, Summary] = {}

    @classmethod
    def of(cls, state: State, store: PageStore | None) -> Items:
        """Return the items of the last build."""
        homes: Homes = state.section("homes", dict[str, tuple[str, int]], {})
        return cls(arranged_of(state), ItemReader(store, state.read_keys, homes) if store is not None else None)

    def __getitem__(self, key: str) -> Summary:
        summary = self._found.get(key)
        if summary is None:
            state = self.arranged.states[key]
            assert self.pages is not None
            if len(self._found) == MANY:
                self.pages.load()
            summary = self._found[key] = effective(self.pages.summary(key), state)
        return summary

    def __contains__(self, key: object) -> bool:
        return key in self.arranged.states

    def __iter__(self) -> Iterator[str]:
        return iter(self.arranged.states)

    def __len__(self) -> int:
        return len(self.arranged.states)

    def items(self) -> ItemsView[str, Summary]:
        """Return all of them, decoded at once."""
        if self.pages is not None:
            self.pages.load()
        return super().items()

    def before(self, key: str) -> Summary | None:
        """Return the summary of an item; nothing if the build did not have it, or that is not known."""
        return self[key] if key in self and self.pages is not None else None

    def text(self, key: str) -> str | None:
        """Return the digest of an item's text; nothing as in `before`."""
        return self.pages.place(key).digest if key in self and self.pages is not None else None


def arranged_of(state: State) -> Arranged:
    """Return how the last build arranged its items."""
    return state.section("arranged", Arranged, NOTHING)
