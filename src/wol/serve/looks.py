"""What somebody looks at: these pages are rendered first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from wol import clock

RECENT = 10.0
"""Seconds for which a page that was asked for counts as looked at, if no browser keeps a line open for it."""

MOST = 32
"""Pages that are remembered: more than that is no person but a crawler."""


class Looks:
    """Keeps the output paths that are looked at, and tells `want` whenever they are others."""

    def __init__(self, want: Callable[[Collection[str]], None]) -> None:
        self._want = want
        self._asked: dict[str, float] = {}
        self._open: tuple[str, ...] = ()
        self._told: frozenset[str] = frozenset()

    def asked(self, paths: Iterable[str]) -> None:
        """Somebody has asked for these just now."""
        now = clock.elapsed()
        for path in paths:
            self._asked.pop(path, None)
            self._asked[path] = now
        self.tell()

    def open(self, paths: Iterable[str]) -> None:
        """These are what is open in browsers."""
        self._open = tuple(paths)
        self.tell()

    def tell(self) -> None:
        """Tell the paths, if they are not those that were told last."""
        since = clock.elapsed() - RECENT
        self._asked = {path: at for path, at in list(self._asked.items())[-MOST:] if at >= since}
        paths = frozenset(self._asked).union(self._open)
        if paths != self._told:
            self._told = paths
            self._want(paths)
