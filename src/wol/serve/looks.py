"""What somebody looks at: these pages are rendered first, the likelier first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from wol import clock

RECENT = 10.0
"""Seconds for which a page that was asked for counts as looked at, if no browser keeps a line open for it."""

MOST = 32
"""Pages that are remembered: more than that is no person but a crawler."""


class Looks:
    """Keeps the output paths that are looked at, and tells `want` whenever they are others.

    What lies deep is told first, since it is a text that is written; what lies high is a list of many, and takes longer. Among equals
    it is what was asked for last.
    """

    def __init__(self, want: Callable[[Sequence[str]], None]) -> None:
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
        paths = dict.fromkeys((*reversed(self._asked), *self._open))
        if paths.keys() != self._told:
            self._told = frozenset(paths)
            self._want(sorted(paths, key=lambda path: -path.count("/")))
