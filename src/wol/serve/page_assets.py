"""The styles, scripts and images of pages: which changed when, for tabs that were not connected then."""

from __future__ import annotations

from collections.abc import Iterable

from wol import clock


class PageAssets:
    """The last change of each such file, by its URL path. Each change has a number, the edition, greater than all before it, also those of an earlier server."""

    def __init__(self) -> None:
        self.edition = clock.now()
        self._changed: dict[str, int] = {}

    def changed(self, paths: Iterable[str]) -> None:
        """Record files that were written or removed just now."""
        self.edition = max(clock.now(), self.edition + 1)
        self._changed.update(dict.fromkeys(paths, self.edition))

    def since(self, edition: int) -> list[str]:
        """Return those that changed after an edition."""
        return [path for path, changed in self._changed.items() if changed > edition]
