"""Dependencies in little room: what targets used, as numbers of pairs (key, the tables that it was looked up in).

A page asks for a score of facts about one item; all of them are one pair. So ten thousand posts have some fifty thousand pairs, and a trace is a
few numbers.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from itertools import count
from typing import TypeVar

import msgspec

from wol.model.target import Name

T = TypeVar("T")

Tables = tuple[str, ...]

FEW = 12
"""Numbers that are looked for one after the other, as bytes; more are looked for all at once, in each trace as numbers."""


class DependencyData(msgspec.Struct, array_like=True):
    """All pairs: keys and sets of tables, each once, and for each pair the number of its key and of its tables."""

    keys: list[str] = []
    tables: list[Tables] = []
    pair_keys: bytes = b""
    pair_tables: bytes = b""


class _Bits(dict[str, int]):
    """A bit for each table, so that a set of tables is a number."""

    def __missing__(self, table: str) -> int:
        bit = self[str(table)] = 1 << len(self)
        return bit


class _Numbers(dict[tuple[str, int], int]):
    """The numbers of pairs, by key and the bits of the tables; asked for a pair that is not known, it adds it to those of which it is made."""

    def __init__(self, keys: list[str], tables: list[Tables], pair_keys: array[int], pair_tables: array[int]) -> None:
        self.bits = _Bits()
        self._keys, self._tables, self._pair_keys, self._pair_tables = keys, tables, pair_keys, pair_tables
        self._key_numbers = {key: number for number, key in enumerate(keys)}
        bits = [self.bits_of(names) for names in tables]
        self._table_numbers = {of_names: number for number, of_names in enumerate(bits)}
        pairs = zip(map(keys.__getitem__, pair_keys), map(bits.__getitem__, pair_tables), strict=True)
        super().__init__(zip(pairs, count(), strict=False))

    def bits_of(self, tables: Tables) -> int:
        """Return the bits of tables, each of which is named once."""
        return sum(map(self.bits.__getitem__, tables))

    def __missing__(self, pair: tuple[str, int]) -> int:
        key, bits = str(pair[0]), pair[1]  # features look things up by `page.url` too, which is of a type of its own
        if (key, bits) in self:
            return self[key, bits]
        if key not in self._key_numbers:
            self._key_numbers[key] = len(self._keys)
            self._keys.append(key)
        if bits not in self._table_numbers:
            self._table_numbers[bits] = len(self._tables)
            self._tables.append(tuple(sorted(table for table, bit in self.bits.items() if bits & bit)))
        number = self[key, bits] = len(self._pair_keys)
        self._pair_keys.append(self._key_numbers[key])
        self._pair_tables.append(self._table_numbers[bits])
        return number


class DependencyIndex:
    """The pairs of (key, tables) that traces count by."""

    def __init__(self, data: DependencyData) -> None:
        self._keys = list(data.keys)
        self._tables = list(data.tables)
        self._pair_keys = of_trace(data.pair_keys)
        self._pair_tables = of_trace(data.pair_tables)

    def __len__(self) -> int:
        return len(self._pair_keys)

    @property
    def data(self) -> DependencyData:
        return DependencyData(self._keys, self._tables, self._pair_keys.tobytes(), self._pair_tables.tobytes())

    @cached_property
    def _known(self) -> _Numbers:
        return _Numbers(self._keys, self._tables, self._pair_keys, self._pair_tables)

    def numbers(self, names: Iterable[Name]) -> bytes:
        """Return what stands in a trace for the names that a target used."""
        bits = self._known.bits
        grouped: dict[str, int] = {}
        before = grouped.get
        for table, key in names:
            grouped[key] = before(key, 0) | bits[table]
        return array("I", map(self._known.__getitem__, grouped.items())).tobytes()

    def number(self, key: str, tables: Tables) -> int:
        """Return the number of a pair, a new one where it is not known."""
        return self._known[key, self._known.bits_of(tables)]

    def pair(self, number: int) -> tuple[str, Tables]:
        """Return the key and the tables of a pair."""
        return self._keys[self._pair_keys[number]], self._tables[self._pair_tables[number]]

    def changed(self, changed: Collection[Name]) -> dict[int, Name]:
        """Find the pairs with a name that is among the changed ones: number to one such name."""
        by_key: defaultdict[str, set[str]] = defaultdict(set)
        for table, key in changed:
            by_key[key].add(table)
        wanted = {number: by_key[self._keys[number]] for number in places(self._keys, by_key.keys())}
        changed_pairs: dict[int, Name] = {}
        for pair in places(self._pair_keys, wanted.keys()):
            number = self._pair_keys[pair]
            common = wanted[number].intersection(self._tables[self._pair_tables[pair]])
            if common:
                changed_pairs[pair] = (min(common), self._keys[number])
        return changed_pairs

    def translate(self, other: DependencyIndex) -> list[int]:
        """Return for each pair of another set its number here."""
        known = self._known
        bits = [known.bits_of(tables) for tables in other._tables]
        return [known[other._keys[key], bits[tables]] for key, tables in zip(other._pair_keys, other._pair_tables, strict=True)]


def users(traces: Mapping[str, bytes], numbers: Collection[int]) -> dict[str, int]:
    """Return the traces in which one of some numbers stands, each with one such number."""
    if len(numbers) > FEW:
        wanted = frozenset(numbers)
        numbered = ((path, of_trace(trace)) for path, trace in traces.items())
        return {path: next(n for n in used if n in wanted) for path, used in numbered if not wanted.isdisjoint(used)}
    users: dict[str, int] = {}
    for number in numbers:
        sign = array("I", [number]).tobytes()
        for path, trace in traces.items():
            if sign in trace and number in of_trace(trace):  # the bytes may also be the end of one number and the beginning of the next
                users.setdefault(path, number)
    return users


def places(values: Sequence[T], wanted: Collection[T]) -> list[int]:
    """Return where one of some values stands, in order. A few are looked for one after the other, which is many times faster."""
    if len(wanted) > FEW:
        return [place for place, value in enumerate(values) if value in wanted]
    positions: list[int] = []
    for value in wanted:
        place = -1
        with suppress(ValueError):
            while True:
                place = values.index(value, place + 1)
                positions.append(place)
    return sorted(positions)


def renumber(trace: bytes, numbers: list[int]) -> bytes:
    """Write a trace in other numbers."""
    return array("I", [numbers[n] for n in of_trace(trace)]).tobytes()


def compact(uses: DependencyIndex, traces: Mapping[str, bytes]) -> tuple[DependencyIndex, dict[str, bytes]]:
    """Drop the pairs that no trace uses."""
    after = DependencyIndex(DependencyData([], []))
    numbers: dict[int, int] = {}
    compacted = {}
    for path, trace in traces.items():
        used = of_trace(trace)
        for number in used:
            if number not in numbers:
                key, tables = uses.pair(number)
                numbers[number] = after.number(key, tables)
        compacted[path] = array("I", [numbers[n] for n in used]).tobytes()
    return after, compacted


def of_trace(trace: bytes) -> array[int]:
    """Return the numbers that stand in a trace."""
    numbers = array("I")
    numbers.frombytes(trace)
    return numbers
