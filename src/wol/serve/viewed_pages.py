"""The pages that are being viewed: they are rendered first, the likeliest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from wol import clock

RECENT = 10.0
"""Seconds for which a requested page counts as viewed, if no browser keeps a connection open for it."""

MOST = 32
"""Pages that are remembered: only a crawler views more."""


class ViewedPageTracker:
    """Tracks the output paths that are being viewed, and calls `want` whenever they change.

    Deep paths come first, since these are texts being written; shallow ones are lists, which take longer. Among equals the last requested
    comes first.
    """

    def __init__(self, want: Callable[[Sequence[str]], None]) -> None:
        self._want = want
        self._asked: dict[str, float] = {}
        self._open: tuple[str, ...] = ()
        self._told: frozenset[str] = frozenset()

    def requested(self, paths: Iterable[str]) -> None:
        """Record paths that were requested just now."""
        now = clock.elapsed()
        for path in paths:
            self._asked.pop(path, None)
            self._asked[path] = now
        self.tell()

    def open(self, paths: Iterable[str]) -> None:
        """Set the paths that are open in browsers."""
        self._open = tuple(paths)
        self.tell()

    def tell(self) -> None:
        """Pass the paths on if they have changed."""
        since = clock.elapsed() - RECENT
        self._asked = {path: at for path, at in list(self._asked.items())[-MOST:] if at >= since}
        paths = dict.fromkeys((*reversed(self._asked), *self._open))
        if paths.keys() != self._told:
            self._told = frozenset(paths)
            self._want(sorted(paths, key=lambda path: -path.count("/")))
