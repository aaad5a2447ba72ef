"""The items of one build: which there are, in which order, and what is known of each, decoded when it is asked for."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping

from wol.engine.pages import Pages
from wol.engine.state import State
from wol.engine.store import PageStore
from wol.model.item import Summary
from wol.site.arrange import NOTHING, Arranged, effective

Homes = Mapping[str, tuple[str, int]]
"""Source and number of each item that is not the first of a source of its own name."""


MANY = 256
"""Items asked for one by one after which all are read at once: who lists so many lists more."""


class Items(Mapping[str, Summary]):
    """The summaries of the items that a build has, in the order of lists, and where their texts are. Can be sent to another process.

    `pages` is None where it is not known any more what the build knew of its items.
    """

    def __init__(self, arranged: Arranged, pages: Pages | None) -> None:
        self.arranged = arranged
        self.pages = pages
        self._found: dict[str, Summary] = {}

    @classmethod
    def of(cls, state: State, store: PageStore | None) -> Items:
        """Give the items of the last build."""
        homes: Homes = state.section("homes", dict[str, tuple[str, int]], {})
        return cls(arranged_of(state), Pages(store, state.read_keys, homes) if store is not None else None)

    def __getitem__(self, key: str) -> Summary:
        found = self._found.get(key)
        if found is None:
            state = self.arranged.states[key]
            assert self.pages is not None
            if len(self._found) == MANY:
                self.pages.load()
            found = self._found[key] = effective(self.pages.summary(key), state)
        return found

    def __contains__(self, key: object) -> bool:
        return key in self.arranged.states

    def __iter__(self) -> Iterator[str]:
        return iter(self.arranged.states)

    def __len__(self) -> int:
        return len(self.arranged.states)

    def items(self) -> ItemsView[str, Summary]:
        """Give all of them, decoded at once."""
        if self.pages is not None:
            self.pages.load()
        return super().items()

    def before(self, key: str) -> Summary | None:
        """Give the summary of an item; nothing if the build did not have it, or that is not known."""
        return self[key] if key in self and self.pages is not None else None

    def text(self, key: str) -> str | None:
        """Give the digest of an item's text; nothing as in `before`."""
        return self.pages.place(key).digest if key in self and self.pages is not None else None


def arranged_of(state: State) -> Arranged:
    """Give how the last build arranged its items."""
    return state.section("arranged", Arranged, NOTHING)
