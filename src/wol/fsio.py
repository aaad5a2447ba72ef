"""The only module that writes or deletes files.

Every change of a file that somebody may read is one rename: a reader, or a run after a kill, sees the old bytes or the new ones.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

if os.name == "posix":
    import fcntl


def write_new(path: Path, data: bytes) -> None:
    """Write a file that does not exist yet, with its folders; raises FileExistsError and leaves what is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "xb") as file:
        file.write(data)


def replace(path: Path, data: bytes, *, sync: bool = True) -> None:
    """Write a file so that it is old or new at any moment; `sync` makes it last through a loss of power."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        with open(beside, "wb") as file:
            file.write(data)
            if sync:
                file.flush()
                os.fsync(file.fileno())
        os.replace(beside, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(beside)
        raise


def write_pieces(path: Path, pieces: Iterable[bytes | memoryview]) -> None:
    """Write a file of our own of many pieces, in place; nobody may read it before it is named elsewhere."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "wb") as file:
        file.writelines(pieces)


def append(path: Path, data: bytes) -> int:
    """Add bytes to the end of a file and give the offset at which they begin."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "ab") as file:
        offset = file.seek(0, os.SEEK_END)
        file.write(data)
    return offset


def write(path: str, data: bytes) -> tuple[int, int]:
    """Write a file of our own staging folder, in place; gives its size and its time in nanoseconds."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(handle, view) :]
        found = os.fstat(handle)
    finally:
        os.close(handle)
    return found.st_size, found.st_mtime_ns


def place(staged: str, path: str) -> None:
    """Move a staged file to its place, making its folders; a file that stands where a folder must be is an error."""
    try:
        os.replace(staged, path)
    except FileNotFoundError:
        if not os.path.lexists(staged):
            raise
        os.makedirs(os.path.dirname(path), exist_ok=True)
        os.replace(staged, path)


def place_folder(staged: Path, path: Path) -> bool:
    """Move a whole folder to a place where nothing or an empty folder is; False if that cannot be done in one step."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.rename(staged, path)
    except OSError as error:
        if error.errno in (errno.EXDEV, errno.EBUSY, errno.ENOTEMPTY, errno.EEXIST, errno.EPERM, errno.EACCES, errno.ENOTDIR):
            return False
        raise
    return True


def remove(path: Path | str) -> bool:
    """Remove a file or a link; False if it was not there."""
    try:
        os.unlink(path)
    except FileNotFoundError:
        return False
    except (IsADirectoryError, NotADirectoryError, PermissionError):
        if not os.path.lexists(path) or stat.S_ISDIR(os.lstat(path).st_mode):
            return False
        raise
    return True


def remove_empty(folder: Path, top: Path) -> None:
    """Remove a folder and those above it, up to but without `top`, as long as they are empty."""
    while folder != top and top in folder.parents:
        try:
            os.rmdir(folder)
        except OSError:
            return
        folder = folder.parent


def remove_tree(folder: Path) -> None:
    """Remove a folder of our own with all that is in it."""
    shutil.rmtree(folder, ignore_errors=True)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it."""
    folder.mkdir(parents=True, exist_ok=True)


class Lock:
    """A lock of the operating system on a file, which names its holder; it ends with the process, so it never gets stale.

    `acquire` gives the text that the holder wrote if the lock is taken, else None.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def acquire(self, holder: str) -> str | None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            other = os.pread(handle, 200, 0).decode("utf-8", "replace").strip()
            os.close(handle)
            return other or "unknown"
        os.ftruncate(handle, 0)
        os.pwrite(handle, holder.encode("utf-8"), 0)
        self._handle = handle
        return None

    def release(self) -> None:
        if self._handle is not None:
            os.ftruncate(self._handle, 0)
            os.close(self._handle)
            self._handle = None

    def __enter__(self) -> Lock:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.release()
