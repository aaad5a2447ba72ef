"""Where wol keeps what it knows of a site: its caches, and the lists of what it wrote.

That is `.wol/` beside site.toml. Where it cannot be written (a folder that is mounted read-only, or belongs to somebody else), it is a folder of
the user's own, for the lists at least must be kept. What is there comes home as soon as `.wol/` can be written again.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from wol import digest

CACHE = ".wol"


def records(root: Path) -> Path:
    """Give the folder of a site's records; that in the site if no other can be written either."""
    usual = root / CACHE
    if _is_writable(usual):
        return usual
    away = elsewhere(root)
    return away if away is not None and _is_writable(away) else usual


def elsewhere(root: Path) -> Path | None:
    """Give the folder of records outside of the site; None if this user has no home."""
    typed = os.environ.get("XDG_STATE_HOME", "")
    try:  # a relative path is to be ignored, says the specification of the variable
        state = Path(typed) if os.path.isabs(typed) else Path.home() / ".local" / "state"
    except RuntimeError:
        return None
    if not state.is_absolute():
        return None
    return state / "wol" / digest.short(digest.of_parts([os.path.realpath(root)]))


def portable(cache: Path, path: Path) -> str:
    """Give a path as records keep it: from where they lie, if it lies there too, so that a site may be moved. `cache.parent / text` leads back."""
    return str(path.relative_to(cache.parent)) if path.is_relative_to(cache.parent) else str(path)


def _is_writable(cache: Path) -> bool:
    return all(os.access(place, os.W_OK | (os.X_OK if os.path.isdir(place) else 0)) for place in _written(cache))


def _written(cache: Path) -> Iterator[str]:
    """Give what is there and must be writable for a build: the folder (or the one that it would be made in), and what is in it."""
    if not os.path.isdir(cache):
        top = cache
        while not os.path.lexists(top):
            top = top.parent
        yield str(top) if top != cache else os.devnull + "/"  # something else stands there
        return
    yield str(cache)
    lock = f"{cache}/lock"
    if os.path.exists(lock):
        yield lock
    for folder in (f"{cache}/state", f"{cache}/store"):
        if os.path.exists(folder):  # a broken link is repaired
            yield folder
            with contextlib.suppress(OSError), os.scandir(folder) as found:
                yield from (entry.path for entry in found)
