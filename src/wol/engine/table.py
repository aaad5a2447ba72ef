"""Tables as the engine keeps them: each value encoded, so that a table of ten thousand costs nothing until a value is asked for.

A table that was made in this build is read in the same form as one of an earlier build; so no page can tell them apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from wol.model.target import Value

_decode = msgspec.msgpack.Decoder().decode
_split = msgspec.msgpack.Decoder(dict[str, msgspec.Raw]).decode


class RawTable(Mapping[str, Value]):
    """A table whose values are decoded when they are first asked for."""

    __slots__ = ("_values", "raws")

    def __init__(self, raws: dict[str, msgspec.Raw]) -> None:
        self.raws = raws
        self._values: dict[str, Value] = {}

    @classmethod
    def of(cls, table: Mapping[str, Value]) -> RawTable:
        """Encode a table."""
        return cls(_split(msgspec.msgpack.encode(table)))

    def __getitem__(self, key: str) -> Value:
        values = self._values
        if key in values:
            return values[key]
        found = values[key] = _decode(self.raws[key])
        return found

    def __contains__(self, key: object) -> bool:
        return key in self.raws

    def get(self, key: str, default: Any = None) -> Any:
        return self[key] if key in self.raws else default

    def __iter__(self) -> Iterator[str]:
        return iter(self.raws)

    def __len__(self) -> int:
        return len(self.raws)

    def whole(self) -> dict[str, Value]:
        """Give all of it as a dict."""
        if len(self._values) < len(self.raws):
            self._values = {key: _decode(raw) for key, raw in self.raws.items()}
        return self._values

    def differing(self, before: RawTable | None) -> Iterator[str]:
        """Give the keys whose values differ from those of an earlier table, and those that only one of the two has."""
        if before is None:
            yield from self.raws
            return
        old = before.raws
        for key, raw in self.raws.items():
            was = old.get(key)
            if was is None or bytes(was) != bytes(raw):
                yield key
        yield from (key for key in old if key not in self.raws)

    def equals(self, before: RawTable) -> bool:
        """Whether another table has the same values for the same keys in the same order."""
        return len(self.raws) == len(before.raws) and all(
            key == other and bytes(raw) == bytes(was)
            for (key, raw), (other, was) in zip(self.raws.items(), before.raws.items(), strict=True)
        )

    def __getstate__(self) -> dict[str, bytes]:
        return {key: bytes(raw) for key, raw in self.raws.items()}

    def __setstate__(self, state: dict[str, bytes]) -> None:
        self.raws, self._values = {key: msgspec.Raw(raw) for key, raw in state.items()}, {}
