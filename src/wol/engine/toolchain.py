"""The fingerprint of what builds: our own code, the plugins' code, and the versions of all packages.

Where it differs from the one in a cache, the cache is dropped whole: no rule has to know which change of code matters. A process that lives long
remembers which code it has loaded, and reads only files that changed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from wol import clock, digest, stamps
from wol.stamps import COARSEST_NS, Stamp


def fingerprint(loaded: LoadedCode | None = None) -> str:
    """Digest the code of wol, Python's version and the installed packages.

    `loaded` is what a long-lived process knows of its code; raises OutdatedProcessError where that is not what lies on disk any more.
    """
    digested = code if loaded is None else loaded.code
    here = Path(__file__).parents[1]
    return digest.of_parts([f"{sys.version_info[:3]}", digested(here), *(packages() if loaded is None else loaded.packages())])


def of_site(plugins: Sequence[tuple[str, str, str]], loaded: LoadedCode | None = None, *, own: str = "") -> str:
    """Digest what builds a site: `own` (the fingerprint, if it is known), and the features of plugins (name, version, module). The same on all machines."""
    own = own or fingerprint(loaded)
    if not plugins:
        return own
    digested = code if loaded is None else loaded.code
    parts = [own]
    for name, version, module in plugins:
        place = _place(module)
        parts += [name, version, digested(place) if place is not None else ""]
    return digest.of_parts(parts)


def _place(module: str) -> Path | None:
    file = getattr(import_module(module), "__file__", None)
    if file is None:
        return None
    return Path(file).parent if Path(file).name == "__init__.py" else Path(file)


def file(path: str) -> str:
    """Digest one file of code."""
    with open(path, "rb") as found:
        return digest.of_bytes(found.read())


def code(place: Path, file: Callable[[str], str] = file) -> str:
    """Digest a file of code, or all that are below a folder; `file` digests one."""
    if place.is_file():
        return file(str(place))
    parts: list[str] = []
    for folder, folders, files in os.walk(place):
        folders[:] = sorted(f for f in folders if f != "__pycache__" and (f != "themes" or folder != str(place)))
        for name in sorted(files):
            if name.endswith(".py"):
                path = os.path.join(folder, name)
                parts += [path[len(str(place)) + 1 :], file(path)]
    return digest.of_parts(parts)


def packages() -> list[str]:
    """Names of the installed distributions with their versions, as their folders are called."""
    names: set[str] = set()
    for entry in sys.path:
        try:
            names.update(n for n in os.listdir(entry) if n.endswith((".dist-info", ".egg-info")))
        except OSError:
            continue
    return sorted(names)


SETTLED_NS = COARSEST_NS + 1_000_000_000
"""How much older than now a file must be to be known again by its stamp, whatever file system it is on; its clock may differ a little from ours."""


class OutdatedProcessError(Exception):
    """The code of wol, of a plugin or of a package is not what this process has loaded: it has to end, and a new one to build."""


class LoadedCode:
    """What this process has loaded, as it was when it was first asked about."""

    def __init__(self) -> None:
        self._files: dict[str, tuple[Stamp, str]] = {}
        self._places: dict[Path, str] = {}
        self._packages: list[str] | None = None

    def code(self, place: Path) -> str:
        """Digest the code at a place; raises OutdatedProcessError if it is other code than when it was loaded."""
        code_digest = code(place, self._file)
        if self._places.setdefault(place, code_digest) != code_digest:
            raise OutdatedProcessError(str(place))
        return code_digest

    def packages(self) -> list[str]:
        """Name the installed packages; raises OutdatedProcessError if they are others than before."""
        names = packages()
        if self._packages is None:
            self._packages = names
        if self._packages != names:
            raise OutdatedProcessError("packages")
        return names

    def _file(self, path: str) -> str:
        stamp = stamps.of(os.stat(path))
        known, file_digest = self._files.get(path, (None, ""))
        if known != stamp:
            file_digest = file(path)
            if stamp.latest_ns < clock.now_ns() - SETTLED_NS:
                self._files[path] = stamp, file_digest
        return file_digest
