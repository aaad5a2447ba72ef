"""Which Python files of others this process has loaded, and whether they are still what it has loaded: modules stay imported.

Of wol, of plugins and of packages a session knows it by itself (`wol.engine.loaded`); this is for what plugins load from beside themselves.
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


class Code:
    """The files that were loaded from outside of wol and of Python's own folders, as they were then."""

    def __init__(self) -> None:
        self._began_ns = clock.now_ns()
        self._known = (str(Path(wol.__file__).parent) + os.sep, sysconfig.get_path("stdlib") + os.sep)
        self._seen: set[str] = set()
        self._stamps: dict[str, Stamp | None] = {}
        self._late = False

    @property
    def files(self) -> tuple[str, ...]:
        """The files that were noted."""
        return tuple(self._stamps)

    def outdated(self) -> bool:
        """Whether some file is not any more what was loaded from it."""
        self.note()
        return self._late or any(_stamp(path) != stamp for path, stamp in self._stamps.items())

    def note(self) -> None:
        """Take note of what was loaded since the last time; a file that is younger than this object may be another than what was loaded."""
        for name in sys.modules.keys() - self._seen:
            self._seen.add(name)
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
