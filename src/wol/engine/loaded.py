"""The code that a long-lived process has loaded: whether it is still what lies on disk, and its digest, for which only files that changed are read."""

from __future__ import annotations

import os
from pathlib import Path

from wol import clock, stamps
from wol.engine import toolchain
from wol.stamps import COARSEST_NS, Stamp

SETTLED_NS = COARSEST_NS + 1_000_000_000
"""How much older than now a file must be to be known again by its stamp, whatever file system it is on; its clock may differ a little from ours."""


class OutdatedProcessError(Exception):
    """The code of wol, of a plugin or of a package is not what this process has loaded: it has to end, and a new one to build."""


class Loaded:
    """What this process has loaded, as it was when it was first asked about."""

    def __init__(self) -> None:
        self._files: dict[str, tuple[Stamp, str]] = {}
        self._places: dict[Path, str] = {}
        self._packages: list[str] | None = None

    def code(self, place: Path) -> str:
        """Digest the code at a place; raises OutdatedProcessError if it is other code than when it was loaded."""
        found = toolchain.code(place, self._file)
        if self._places.setdefault(place, found) != found:
            raise OutdatedProcessError(str(place))
        return found

    def packages(self) -> list[str]:
        """Name the installed packages; raises OutdatedProcessError if they are others than before."""
        found = toolchain.packages()
        if self._packages is None:
            self._packages = found
        if self._packages != found:
            raise OutdatedProcessError("packages")
        return found

    def _file(self, path: str) -> str:
        stamp = stamps.of(os.stat(path))
        known, found = self._files.get(path, (None, ""))
        if known != stamp:
            found = toolchain.file(path)
            if stamp.latest_ns < clock.now_ns() - SETTLED_NS:
                self._files[path] = stamp, found
        return found
