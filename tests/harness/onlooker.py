"""Somebody who looks at a preview while it is made, and reads each file in the moment when it is told."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path


class Onlooker:
    """Wants the paths of one wave after the other, and those of the last for ever; keeps what it was told."""

    def __init__(self, *waves: Collection[str]) -> None:
        self._waves = list(waves) or [()]
        self.told: list[tuple[str, ...]] = []
        """The paths, as they came together."""
        self.files: dict[str, bytes] = {}
        """What was told last of each."""
        self.places: list[Path] = []

    @property
    def order(self) -> list[str]:
        return [path for paths in self.told for path in paths]

    def wanted(self) -> Collection[str]:
        return self._waves.pop(0) if len(self._waves) > 1 else self._waves[0]

    def rendered(self, staged: Mapping[str, str]) -> None:
        assert staged
        self.told.append(tuple(staged))
        for path, name in staged.items():
            place = Path(name)
            assert place.is_absolute()
            self.files[path] = place.read_bytes()
            self.places.append(place)
