"""Writes that fail or are cut short: a full disk, a broken one and a kill, at a place of one's choice, inside this process."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import pytest

from wol import fsio

How = Literal["once", "full", "kill", "ctrl-c"]
"""One write fails, or meets Ctrl-C; from one on nothing can be written, though removed; from one on nothing happens any more, as after a kill."""

GROWING = ("open", "write", "makedirs", "fsync", "pwrite")
OTHERS = ("replace", "rename", "unlink", "rmdir", "ftruncate", "link", "symlink")


class Killed(BaseException):
    """Stands for the end of the process."""


RMTREE = shutil.rmtree


class Faults:
    """Stands for `os` and `shutil` in the module that writes: counts what would change the disk, and lets it fail from `at` on."""

    def __init__(self, at: int, how: How) -> None:
        self._at = at
        self._how = how
        self.done = 0
        self.journal = 0
        """How many changes were done when the journal was begun."""

    def __getattr__(self, name: str) -> Any:
        if name == "rmtree":
            return self._rmtree
        real = getattr(os, name)
        if name not in GROWING + OTHERS:
            return real

        def changed(*arguments: Any, **options: Any) -> Any:
            if not self.journal and "journal" in str(arguments[0]):
                self.journal = self.done
            if self._fails(name):
                if name == "write":
                    real(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
                self._fail(arguments[0])
            return real(*arguments, **options)

        return changed

    def _fails(self, name: str) -> bool:
        self.done += 1
        if self._how in ("once", "ctrl-c"):
            return self.done == self._at
        return self.done >= self._at and (self._how == "kill" or name in GROWING)

    def _fail(self, where: object) -> None:
        if self._how == "ctrl-c":
            raise KeyboardInterrupt
        if self._how == "kill":
            raise Killed
        number = errno.EIO if self._how == "once" else errno.ENOSPC
        raise OSError(number, os.strerror(number), None if isinstance(where, int) else os.fspath(where))  # type: ignore[call-overload]

    def _rmtree(self, folder: Path, **options: Any) -> None:
        if self._fails("rmtree"):
            if self._how in ("kill", "ctrl-c"):
                self._fail(folder)
            return
        RMTREE(folder, **options)


@contextmanager
def faults(at: int, how: How) -> Iterator[Faults]:
    """Let the `at`-th change of the disk (counted from 1) fail, or all from it on."""
    found = Faults(at, how)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fsio, "os", found)
        patch.setattr(shutil, "rmtree", found.rmtree)
        yield found
