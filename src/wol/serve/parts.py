"""What pages show beside their text: which styles, scripts and images changed when, for tabs that did not listen then."""

from __future__ import annotations

from collections.abc import Iterable

from wol import clock


class Parts:
    """The last change of each such file, by its URL path. A change has a number, the edition: each is greater than those before it, also than those of an earlier server."""

    def __init__(self) -> None:
        self.edition = clock.now()
        self._changed: dict[str, int] = {}

    def changed(self, paths: Iterable[str]) -> None:
        """Take note of files that were written or removed just now."""
        self.edition = max(clock.now(), self.edition + 1)
        self._changed.update(dict.fromkeys(paths, self.edition))

    def since(self, edition: int) -> list[str]:
        """Give those that changed after an edition."""
        return [path for path, changed in self._changed.items() if changed > edition]
