"""Making wol's own folder usable again: what is in it and not of the kind that wol makes there is removed, as nobody else has a use for it."""

from __future__ import annotations

import os
from pathlib import Path

from wol import fsio

_FILES = ("journal", "state", "owned", "state.next", "owned.next")


def repair(cache: Path) -> None:
    """Remove files where folders must be, folders where files must be, and broken links; raises OSError if one cannot go.

    The list of owned files may be lost so; the next build finds that there is none, and says what to do.
    """
    _keep_file(cache / "config")
    for name in ("state", "store"):
        _keep_folder(cache / name)
    try:
        states = [Path(entry.path) for entry in os.scandir(cache / "state")]
    except OSError:
        return
    for folder in states:
        _keep_folder(folder)
        for name in _FILES:
            _keep_file(folder / name)
        if not os.path.isdir(folder / "stage") or os.path.islink(folder / "stage"):
            fsio.clear(folder / "stage")
    for name in ("preview", "snapshot", "check"):
        _keep_folder(cache / name)


def _keep_file(path: Path) -> None:
    if os.path.lexists(path) and not os.path.isfile(path):
        fsio.clear(path)


def _keep_folder(path: Path) -> None:
    if os.path.lexists(path) and not os.path.isdir(path):
        fsio.clear(path)
