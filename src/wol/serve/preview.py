"""What can be shown at this moment: the files of the last build, and before them those that the build in flight has ready."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from wol.engine.output import ownership
from wol.serve.descriptors import are_used_up


class Opened(msgspec.Struct, frozen=True):
    """A file that is open for reading, and by which tag (ETag without quotes) its state is known. Whoever has it closes `handle`."""

    place: str
    handle: int
    stat: os.stat_result

    @property
    def tag(self) -> str:
        """Name this state of the file: another whenever it was written anew (RFC 9110, 8.8.3)."""
        return f"{self.stat.st_mtime_ns:x}-{self.stat.st_size:x}-{self.stat.st_ino:x}"

    def read(self) -> bytes:
        """Return its bytes, and close it."""
        with open(self.handle, "rb") as file:
            return file.read()

    def close(self) -> None:
        os.close(self.handle)


class Preview:
    """The files that may be shown, by their path in the output: those that the last build owns, and no others that may lie there."""

    def __init__(self, output: Path) -> None:
        self._output = str(output)
        self._owned: set[str] = set()
        self._ahead: dict[str, str] = {}
        self.reload(output)

    def __contains__(self, path: object) -> bool:
        return path in self._owned or path in self._ahead

    @property
    def is_empty(self) -> bool:
        """Return whether no build has left anything yet."""
        return not self._owned

    def is_ahead(self, path: str) -> bool:
        """Return whether the build in flight has this file ready."""
        return path in self._ahead

    def reload(self, output: Path) -> None:
        """Take the list of files as the last build left it; `output` is `preview/` beside the records of it."""
        self._output, self._ahead = str(output), {}
        found = ownership.read(output.parent / "state" / output.name / "owned")
        self._owned = set(found.files) if found is not None else set()

    def show_ahead(self, staged: Mapping[str, str]) -> None:
        """Show files that are staged, until the build ends."""
        self._ahead.update(staged)

    def drop_ahead(self) -> None:
        """Show only what was committed."""
        self._ahead = {}

    def committed(self, written: Iterable[str], removed: Iterable[str]) -> None:
        """Take over what a build has done."""
        self._ahead = {}
        self._owned.update(written)
        self._owned.difference_update(removed)

    def open(self, path: str) -> Opened | None:
        """Open a file; None where it may not be shown or is not there. A commit may move it meanwhile: then it is at its place."""
        staged = self._ahead.get(path)
        opened = _open(staged, os.path.dirname(staged)) if staged is not None else None
        if opened is None and path in self:
            opened = _open(f"{self._output}/{path}", self._output)
        return opened

    def tag(self, path: str) -> str:
        """Name the state of a file; nothing where it is not there."""
        opened = self.open(path)
        if opened is None:
            return ""
        opened.close()
        return opened.tag


def _open(place: str, top: str) -> Opened | None:
    """Open a file below a folder, if it is one and no link leads out on the way. Raises OSError where no file descriptor is left."""
    try:
        handle = os.open(place, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and are_used_up(error):
            raise
        return None
    found = os.fstat(handle)
    real = os.path.realpath(os.path.dirname(place))
    inside = os.path.realpath(top)
    if not stat.S_ISREG(found.st_mode) or not f"{real}/".startswith(f"{inside}/"):
        os.close(handle)
        return None
    return Opened(place, handle, found)
