"""Where artifacts wait until the whole build is known to be good: a folder of our own on the file system of the output."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from wol import fsio
from wol.engine.folders import Folders


class Staging(msgspec.Struct, frozen=True):
    """A staging folder; `whole` if nothing is in the output, so that the stage becomes the output by one rename."""

    folder: Path
    whole: bool

    def drop(self) -> None:
        """Remove what was staged."""
        fsio.remove_tree(self.folder)


def staging(place: Folders) -> Staging:
    """Choose the folder: among our caches, else beside the output, else in it. What a killed run left there is removed."""
    device = _device(place.output)
    beside = place.output.parent / f".{place.output.name}.wol-stage"
    folder = next((f for f in (place.state / "stage", beside) if _device(f) == device), place.output / ".wol-stage")
    fsio.clear(folder)
    return Staging(folder, whole=_is_vacant(place.output) and place.output not in folder.parents)


def _device(path: Path) -> int:
    while not path.exists():
        path = path.parent
    return path.stat().st_dev


def _is_vacant(output: Path) -> bool:
    if not os.path.lexists(output):
        return True
    return output.is_dir() and not output.is_symlink() and not os.path.ismount(output) and next(output.iterdir(), None) is None
