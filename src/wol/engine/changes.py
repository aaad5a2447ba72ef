"""What differs from the last build: summaries, column by column, texts and files."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

import msgspec

from wol.engine.items import Items
from wol.engine.page_store import PageStore
from wol.engine.state import State
from wol.model import mark
from wol.model.item import COLUMNS, Summary
from wol.model.source import Source
from wol.model.target import Name
from wol.site.arrange import DECIDING


class Reread(msgspec.Struct, frozen=True):
    """The sources whose reading gave something else than in the last build, and the keys of their items then and now.

    `is_known` is false where it cannot be told what was there before; `homes` are those of this build's items (`wol.engine.items`).
    """

    is_known: bool
    sources: frozenset[str]
    old: Mapping[str, Summary]
    new: Mapping[str, Summary]
    homes: Mapping[str, tuple[str, int]]

    @property
    def decides(self) -> bool:
        """Whether an item came or went, or a column that decides about states and order is another."""
        return (
            not self.is_known
            or self.old.keys() != self.new.keys()
            or any(not DECIDING.isdisjoint(differing(self.old[key], after)) for key, after in self.new.items())
        )


def reread(state: State, store: PageStore, read_keys: Mapping[str, str]) -> Reread:
    """Compare what each source gave with what it gave in the last build."""
    was = state.read_keys
    sources = frozenset({s for s, key in read_keys.items() if was.get(s) != key} | (was.keys() - read_keys.keys()))
    is_known = "arranged" in state and all(was[source] in store for source in sources if source in was)
    if not is_known:
        sources = frozenset(read_keys)
    homes = dict(state.section("homes", dict[str, tuple[str, int]], {})) if is_known else {}
    homes = {key: home for key, home in homes.items() if home[0] not in sources}
    old: dict[str, Summary] = {}
    new: dict[str, Summary] = {}
    if not is_known:
        store.load(read_keys.values())
    for source in sources:
        if is_known and source in was:
            old |= {summary.key: summary for summary in store.get(was[source]).summaries}
        if source in read_keys:
            for number, summary in enumerate(store.get(read_keys[source]).summaries):
                new[summary.key] = summary
                if (summary.key, 0) != (source, number):
                    homes[summary.key] = (source, number)
    return Reread(is_known, sources, old, new, homes)


def differing(before: Summary | None, after: Summary | None) -> Iterable[str]:
    """Return the columns in which two summaries differ, and the facts and marks; an item that came or went differs in all that it has."""
    old, new = before.facts if before is not None else {}, after.facts if after is not None else {}
    facts = [name for name in old.keys() | new.keys() if old.get(name) != new.get(name)] if old != new else ()
    marks = mark.differing(before.marks if before is not None else {}, after.marks if after is not None else {})
    if before is None or after is None:
        return (*COLUMNS, *facts, *marks)
    return [*(column for column in COLUMNS if getattr(before, column) != getattr(after, column)), *facts, *marks]


def changed_items(again: Reread, before: Items, after: Items, declared: Collection[str]) -> Iterator[Name]:
    """Name each column and text of an item that is another than in the last build.

    Where nobody knows what an item was, each column is named, those of facts and marks (`declared`) too.
    """
    old, new = before.arranged.states, after.arranged.states
    wanted = {*again.old, *again.new} if again.is_known else {*old, *new}
    if old is not new:
        wanted |= {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
    for key in wanted:
        if key in old or key in new:
            was = before.before(key)
            for column in differing(was, after.before(key)):
                yield (column, key)
            if was is None and key in old:
                yield from ((column, key) for column in declared)
            text = after.text(key)
            if text is None or before.text(key) != text:
                yield ("body", key)


def changed_files(old: Mapping[str, Source], new: Mapping[str, Source], among: Iterable[str]) -> Iterator[Name]:
    """Name each input file, of those `among` which they are, whose bytes are others."""
    for path in among:
        before, after = old.get(path), new.get(path)
        if before is None or after is None or before.digest != after.digest:
            yield ("file", path)
