"""Diagnostics for errors of the operating system: which file could not be written, why, and how to fix it. For every room that writes."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from wol.errors import Diagnostic, WolError, diagnostic

PERMANENT = frozenset(
    {
        errno.ENAMETOOLONG,
        errno.EISDIR,
        errno.ENOTDIR,
        errno.EEXIST,
        errno.ENOTEMPTY,
        errno.ELOOP,
        errno.ENOENT,
        errno.EXDEV,
        errno.EINVAL,
        errno.EILSEQ,
        errno.EOVERFLOW,
        errno.EFBIG,
        errno.ENOTSUP,
    }
)
"""Errors that trying again does not fix: the path itself, or what is already there, is at fault."""

_DETACHED = "reconnect that disk or network folder, and run the command again"
_NAME = "that file system refuses the name: write another `url:`, or rename the file"
_BUSY = "close the program that uses it, and run the command again"
_FILES = "raise the limit of open files, such as with `ulimit -n 4096`, and run the command again"
_HINTS: Mapping[int, str] = {
    errno.ENOSPC: "free some space on that disk, and run the command again",
    errno.EDQUOT: "free some of your disk quota, and run the command again",
    errno.EROFS: "make that file system writable, or name a folder elsewhere",
    errno.EACCES: "give yourself write permission on it and its folder, with `chmod` or `chown`, and run the command again",
    errno.EPERM: "make it and its folder your own (`chown`) and changeable (`chattr -i`), and run the command again",
    errno.EISDIR: "move that folder away, and run the command again",
    errno.ENOTDIR: "part of that path is not a folder: move it away, and run the command again",
    errno.EEXIST: "move away what is in its place, and run the command again",
    errno.ENOTEMPTY: "move that folder away, and run the command again",
    errno.ELOOP: "remove the symbolic link in that path, and run the command again",
    errno.ENAMETOOLONG: "make its name or its folders shorter, or move the site to a folder with a shorter path",
    errno.EXDEV: "keep the output and `.wol/` on one disk, or name a folder elsewhere",
    errno.EINVAL: _NAME,
    errno.EILSEQ: _NAME,
    errno.EFBIG: "make the file smaller, or name a folder on another file system",
    errno.EMFILE: _FILES,
    errno.ENFILE: _FILES,
    errno.EBUSY: _BUSY,
    errno.ETXTBSY: _BUSY,
    errno.EIO: "check that disk for faults, or name a folder on another one",
    errno.ENODEV: _DETACHED,
    errno.ENXIO: _DETACHED,
    errno.ESTALE: _DETACHED,
    errno.ENOTCONN: _DETACHED,
}


def is_permanent(error: OSError) -> bool:
    """Return whether the same step would fail again, however often it is retried."""
    return error.errno in PERMANENT


def hint_for(error: OSError) -> str:
    """Return the hint for an operating system error; empty if the code's general hint is the best there is."""
    return _HINTS.get(error.errno or 0, "")


@contextmanager
def reported() -> Iterator[None]:
    """Raise an OSError of the body as WolError (write-failed)."""
    try:
        yield
    except OSError as error:
        raise WolError(write_failed(error)) from error


def write_failed(error: OSError) -> Diagnostic:
    """Report which file could not be written, and why."""
    return diagnostic("write-failed", f"{_name(error)} could not be written: {_reason(error)}", hint=hint_for(error))


def system_refused(error: OSError) -> Diagnostic:
    """Report a file or folder that the operating system would not let wol use, when its purpose is unknown."""
    return diagnostic("system-refused", f"{_name(error)} cannot be used: {_reason(error)}", hint=hint_for(error))


def _name(error: OSError) -> str:
    name = error.filename2 or error.filename
    if isinstance(name, bytes):
        name = os.fsdecode(name)
    return f"`{name}`" if name else "A file"


def _reason(error: OSError) -> str:
    return error.strerror or str(error) or type(error).__name__
