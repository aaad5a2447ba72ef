"""Which Python files of plugins this process has loaded, and whether they have changed since: imported modules stay as they are.

A session knows this of wol, plugins and packages (`wol.engine.toolchain`); this is for what plugins import from their own folders.
"""

from __future__ import annotations

import os
import sys
import sysconfig
from pathlib import Path

import wol
from wol import clock, stamps
from wol.stamps import Stamp

_INSTALLED = (f"{os.sep}site-packages{os.sep}", f"{os.sep}dist-packages{os.sep}")


class PluginFiles:
    """The files that were loaded from outside wol, the standard library and installed packages, with their stamps."""

    def __init__(self) -> None:
        self._began_ns = clock.now_ns()
        self._known = (str(Path(wol.__file__).parent) + os.sep, sysconfig.get_path("stdlib") + os.sep)
        self._known_modules: set[str] = set()
        self._stamps: dict[str, Stamp | None] = {}
        self._late = False

    @property
    def files(self) -> tuple[str, ...]:
        """The files that were noted."""
        return tuple(self._stamps)

    def outdated(self) -> bool:
        """Return whether any file has changed since it was loaded."""
        self.note()
        return self._late or any(_stamp(path) != stamp for path, stamp in self._stamps.items())

    def note(self) -> None:
        """Record the files that were loaded since the last call; one that is younger than this object may not be what was loaded."""
        for name in sys.modules.keys() - self._known_modules:
            self._known_modules.add(name)
            file = getattr(sys.modules.get(name), "__file__", None)
            if file is not None and file not in self._stamps and self._counts(file):
                stamp = self._stamps[file] = _stamp(file)
                self._late = self._late or (stamp is not None and self._began_ns <= stamp.mtime_ns <= clock.now_ns())

    def _counts(self, file: str) -> bool:
        return not file.startswith(self._known) and not any(part in file for part in _INSTALLED)


def _stamp(path: str) -> Stamp | None:
    try:
        return stamps.of(os.stat(path))
    except OSError:
        return None
