"""The fingerprint of what builds: our own code, the plugins' code, and the versions of all packages.

Where it differs from the one in a cache, the cache is dropped whole: no rule has to know which change of code matters.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path

from wol import digest


def fingerprint(plugins: Iterable[tuple[str, str, Path | None]] = ()) -> str:
    """Digest the code of wol, of each plugin (name, version, file or package folder), Python's version and the installed packages."""
    here = Path(__file__).parents[1]
    parts = [f"{sys.version_info[:3]}", _code(here), *_packages()]
    for name, version, place in plugins:
        parts += [name, version, _code(place) if place is not None else ""]
    return digest.of_parts(parts)


def of_site(plugins: Sequence[tuple[str, str, str]]) -> str:
    """Digest what builds a site: the fingerprint, and that of the features of plugins (name, version, module). The same on all machines."""
    code = fingerprint()
    return digest.of_parts([code, fingerprint([(name, version, _place(module)) for name, version, module in plugins])]) if plugins else code


def _place(module: str) -> Path | None:
    file = getattr(import_module(module), "__file__", None)
    if file is None:
        return None
    return Path(file).parent if Path(file).name == "__init__.py" else Path(file)


def _code(place: Path) -> str:
    if place.is_file():
        return digest.of_bytes(place.read_bytes())
    parts: list[str] = []
    for folder, folders, files in os.walk(place):
        folders[:] = sorted(f for f in folders if f != "__pycache__" and (f != "themes" or folder != str(place)))
        for name in sorted(files):
            if name.endswith(".py"):
                path = os.path.join(folder, name)
                with open(path, "rb") as file:
                    parts += [os.path.relpath(path, place), digest.of_bytes(file.read())]
    return digest.of_parts(parts)


def _packages() -> list[str]:
    """Names of the installed distributions with their versions, as their folders are called."""
    found: set[str] = set()
    for entry in sys.path:
        try:
            found.update(n for n in os.listdir(entry) if n.endswith((".dist-info", ".egg-info")))
        except OSError:
            continue
    return sorted(found)
