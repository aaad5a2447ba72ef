"""Locks between processes: a lock of the operating system on a file that names its holder.

A lock ends with its process, so that none is ever stale.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from types import TracebackType

from wol import fsio

if os.name == "posix":
    import fcntl

_LONGEST_HOLDER = 200
"""Bytes that are read of a holder's text."""


class Lock:
    """A lock on a file, released at the end of a `with` block or by `release`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def acquire(self, holder: str) -> str | None:
        """Take the lock and write `holder` into its file; returns None, or the text of the present holder. Raises OSError if nothing can be locked there."""
        handle = fsio.open_lock(self._path)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            present = os.pread(handle, _LONGEST_HOLDER, 0).decode("utf-8", "replace").strip()
            os.close(handle)
            return present or "unknown"
        except BaseException:
            os.close(handle)
            raise
        self._handle = handle
        try:
            fsio.overwrite(handle, holder.encode("utf-8"))
        except OSError:
            return None  # the disk may be full; the lock holds all the same
        except BaseException:
            self.release()
            raise
        return None

    def release(self) -> None:
        """Give the lock up; without effect if it is not held."""
        if self._handle is not None:
            try:
                with contextlib.suppress(OSError):
                    fsio.overwrite(self._handle, b"")
            finally:
                os.close(self._handle)
                self._handle = None

    def __enter__(self) -> Lock:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.release()
