"""The only module that writes or deletes files.

Every change of a file that somebody may read is one rename: a reader, or a run after a kill, sees the old bytes or the new ones.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from wol import digest, stamps
from wol.stamps import Clock, Stamp

UNFINISHED = ".tmp"
"""How the names of files end that are not yet what they will be."""

PUBLIC_FILE, PUBLIC_FOLDER = 0o644, 0o755
"""Permissions of what a web server must be able to read."""


_ROOM = 100
"""Bytes of a name that leave room for an ending on every file system."""


def _unfinished(path: Path, owner: str) -> str:
    """Return the name under which a file is written before it gets its own: beside it, and never too long where the file's own is not."""
    folder, name = os.path.split(path)
    if len(os.fsencode(name)) > _ROOM:
        name = digest.short(digest.of_bytes(os.fsencode(name)))
    return os.path.join(folder, f"{name}.{owner}{UNFINISHED}")


def write_new(path: Path, data: bytes) -> None:
    """Write a file that does not exist yet, with its folders; raises FileExistsError and leaves what is there."""
    os.makedirs(path.parent, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        _fill(handle, data)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(path)
        raise


def replace(path: Path, data: bytes, *, sync: bool = True) -> None:
    """Write a file so that it is old or new at any moment; `sync` makes it last through a loss of power."""
    os.makedirs(path.parent, exist_ok=True)
    beside = _unfinished(path, str(os.getpid()))
    try:
        _fill(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666), data, sync=sync)
        os.replace(beside, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(beside)
        raise


def rewrite(path: Path, data: bytes) -> None:
    """Write a file among the sources: old or new at any moment, with the permissions that it had; a link stays one.

    Only one process at a time may do so. What a killed one leaves half written, its next run writes over.
    """
    real = Path(os.path.realpath(path))
    os.makedirs(real.parent, exist_ok=True)
    beside = _unfinished(real, "wol")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
        with contextlib.suppress(FileNotFoundError):
            os.fchmod(handle, stat.S_IMODE(os.stat(real).st_mode))
        _fill(handle, data, sync=True)
        os.replace(beside, real)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(beside)
        raise


def move(old: Path, new: Path) -> None:
    """Give a file or folder another name, making the folders above it; raises FileExistsError if something is there already."""
    if os.path.lexists(new) and not os.path.samefile(old, new):  # another spelling of the same name is the same file on careless systems
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(new))
    os.makedirs(new.parent, exist_ok=True)
    os.rename(old, new)


def write_pieces(path: Path, pieces: Iterable[bytes | memoryview]) -> None:
    """Write a file of our own of many pieces, in place; nobody may read it before it is named elsewhere."""
    os.makedirs(path.parent, exist_ok=True)
    _fill(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666), *pieces)


def append(path: Path, data: bytes) -> int:
    """Add bytes to the end of a file and give the offset at which they begin."""
    os.makedirs(path.parent, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
    offset = os.lseek(handle, 0, os.SEEK_END)
    _fill(handle, data)
    return offset


def write(path: str, data: bytes) -> Stamp:
    """Write a file of our own staging folder, in place; returns its stamp."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    except FileNotFoundError:
        folder = os.path.dirname(path)
        try:
            os.mkdir(folder)
        except (FileNotFoundError, FileExistsError):
            os.makedirs(folder, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    return stamps.of(_fill(handle, data))


def clock(folder: Path) -> Clock | None:
    """Ask the file system of a folder of ours for its time, by writing a file there; None where that is not possible."""
    probe = folder / "clock"
    try:
        write(str(probe), b"\n")
        found = os.stat(probe)  # not of the open file: a network file system sets its time when the file is closed
    except OSError:
        return None
    return Clock(found.st_dev, stamps.of(found).mtime_ns)


def publish(path: Path, data: bytes) -> None:
    """Write a new file that others may read, whatever the umask; nobody may read it before it is named elsewhere."""
    make_public_folder(path.parent)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    with contextlib.suppress(OSError):  # a file system without permissions
        os.fchmod(handle, PUBLIC_FILE)
    _fill(handle, data)


def copy_public(source: Path, path: Path) -> None:
    """Copy a file, or a symbolic link, of somebody else, with its permissions and times."""
    import shutil  # it brings the modules of all archive formats

    make_public_folder(path.parent)
    shutil.copy2(source, path, follow_symlinks=False)


def make_readable(folder: Path) -> None:
    """Let others enter a folder of wol's own that an earlier run may have closed to them."""
    with contextlib.suppress(OSError):
        if stat.S_IMODE(os.stat(folder).st_mode) & PUBLIC_FOLDER != PUBLIC_FOLDER:
            os.chmod(folder, PUBLIC_FOLDER)


def make_public_folder(folder: Path) -> None:
    """Make a folder, and those above it, which others may enter, whatever the umask; those that are there stay as they are."""
    if os.path.isdir(folder):
        return
    make_public_folder(folder.parent)
    with contextlib.suppress(FileExistsError):
        os.mkdir(folder)
        with contextlib.suppress(OSError):  # a file system without permissions
            os.chmod(folder, PUBLIC_FOLDER)


def _fill(handle: int, *pieces: bytes | memoryview, sync: bool = False) -> os.stat_result:
    """Write all bytes to an open file and close it."""
    try:
        for piece in pieces:
            written = os.write(handle, piece)
            while written < len(piece):
                written += os.write(handle, memoryview(piece)[written:])
        if sync:
            os.fsync(handle)
        return os.fstat(handle)
    finally:
        os.close(handle)


def sweep(folder: Path, keep: str = "") -> None:
    """Remove what does not belong into a folder of our own files: what a killed run left half written, and folders, but for one to `keep`."""
    if not folder.is_dir():
        remove(folder)
        return
    with os.scandir(folder) as found:
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                if entry.name != keep:
                    remove_tree(Path(entry.path))
            elif entry.name.endswith(UNFINISHED):
                remove(entry.path)


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
        os.makedirs(path.parent, exist_ok=True)
        os.rename(staged, path)
    except OSError as error:
        if error.errno in (errno.EXDEV, errno.EBUSY, errno.ENOTEMPTY, errno.EEXIST, errno.EPERM, errno.EACCES, errno.ENOTDIR):
            return False
        raise
    return True


def link(source: str, path: str) -> bool:
    """Give a file, or a symbolic link, a second name, making its folders; False where that cannot be done."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    try:
        os.link(source, path, follow_symlinks=False)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):
        return False
    return True


def point(name: Path, target: str) -> None:
    """Let a symbolic link lead to `target`; who follows it gets the old or the new at any moment."""
    beside = _unfinished(name, str(os.getpid()))
    remove(beside)
    os.symlink(target, beside)
    try:
        os.replace(beside, name)
    except BaseException:
        remove(beside)
        raise


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


def remove_empty_below(folder: Path | str) -> None:
    """Remove a folder and those in it as far as they are empty."""
    for place, _, _ in os.walk(folder, topdown=False):
        with contextlib.suppress(OSError):
            os.rmdir(place)


def clear(path: Path) -> None:
    """Remove whatever is at a path of our own: a file, a link, or a folder with all that is in it; raises OSError if it cannot go."""
    if os.path.isdir(path) and not os.path.islink(path):
        import shutil  # it brings the modules of all archive formats

        shutil.rmtree(path)
    else:
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            os.unlink(path)


def remove_tree(folder: Path) -> None:
    """Remove a folder of our own with all that is in it."""
    import shutil  # it brings the modules of all archive formats

    shutil.rmtree(folder, ignore_errors=True)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it."""
    os.makedirs(folder, exist_ok=True)


def open_lock(path: Path) -> int:
    """Open a file to be locked, making it and its folders; what is there and is not a file is removed. Returns its descriptor."""
    os.makedirs(path.parent, exist_ok=True)
    if os.path.lexists(path) and not os.path.isfile(path):
        clear(path)
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o666)


def overwrite(handle: int, data: bytes) -> None:
    """Replace the content of an open file of our own, in place."""
    os.ftruncate(handle, 0)
    os.pwrite(handle, data, 0)


@contextmanager
def scratch(like: Path) -> Iterator[Path]:
    """Give a private folder for a while, with copies of the files of another as they are now."""
    import shutil
    import tempfile

    with tempfile.TemporaryDirectory(prefix="wol-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        with contextlib.suppress(OSError), os.scandir(like) as found:
            for entry in found:
                with contextlib.suppress(OSError):
                    shutil.copyfile(entry.path, folder / entry.name)
        yield folder
