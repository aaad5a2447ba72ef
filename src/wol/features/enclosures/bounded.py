"""A file of which little may be read: whatever its headers say, looking at them costs little time and memory."""

from __future__ import annotations

import os
from typing import BinaryIO

_READS = 20_000
_BYTES = 8 << 20
_AT_ONCE = 1 << 20


class TooMuchError(Exception):
    """The headers ask for more than headers have."""


class BoundedFile:
    """A part of a file, from `start` on, that can be read and sought in until too much was asked for; raises TooMuchError then."""

    def __init__(self, file: BinaryIO, start: int = 0, allowance: BoundedFile | None = None) -> None:
        self._file = file
        self._start = start
        self._left: list[int] = allowance._left if allowance is not None else [_READS, _BYTES]
        self.size = max(file.seek(0, os.SEEK_END) - start, 0)
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        """Read some bytes; to the end only if there are few."""
        wanted = max(min(size if size >= 0 else self.size, self.size - self._at), 0)
        self._left[0] -= 1
        self._left[1] -= wanted
        if min(self._left) < 0 or wanted > _AT_ONCE:
            raise TooMuchError
        self._file.seek(self._start + self._at)
        data = self._file.read(wanted)
        self._at += len(data)
        return data

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go somewhere; before the beginning is an OSError, as in any file."""
        at = offset + (0, self._at, self.size)[whence]
        if at < 0:
            raise OSError("before the beginning of the file")
        self._at = at
        return at

    def tell(self) -> int:
        """Give where the next byte is read."""
        return self._at

    def at(self, offset: int, size: int) -> bytes:
        """Read some bytes somewhere."""
        self.seek(offset)
        return self.read(size)

    def after(self, start: int) -> BoundedFile:
        """Give the rest of the file as a file, with the same allowance."""
        return BoundedFile(self._file, self._start + start, self)
