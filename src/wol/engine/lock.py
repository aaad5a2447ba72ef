"""One build of a site at a time."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wol import clock
from wol.errors import Diagnostic, WolError, diagnostic
from wol.locks import Lock

PATIENCE = 5.0
"""Seconds to wait for another build before giving up."""


@contextmanager
def locked(cache: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock of a site. Raises WolError: build-locked, naming the holder, if another build does not end soon; else write-failed."""
    lock = Lock(cache / "lock")
    end = clock.elapsed() + patience
    try:
        while (holder := lock.acquire(_name())) is not None:
            if clock.elapsed() > end:
                raise WolError(diagnostic("build-locked", f"Another build of this site is running: {holder}"))
            clock.wait(0.05)
    except OSError as error:
        raise WolError(_unusable(cache, error)) from error
    with lock:
        yield


def not_a_folder(cache: Path) -> Diagnostic:
    """Report that something else is where the folder of records must be."""
    message = f"`{cache}`, where wol keeps what it knows of the site, is not a folder"
    return diagnostic("write-failed", message, hint=f"remove it: `rm {shlex.quote(str(cache))}`")


def _unusable(cache: Path, error: OSError) -> Diagnostic:
    """Report why the folder of records cannot be used."""
    if os.path.lexists(cache) and not os.path.isdir(cache):
        return not_a_folder(cache)
    message = f"`{cache}`, where wol keeps what it knows of the site, cannot be written: {error.strerror or error}"
    return diagnostic("write-failed", message, hint="make it writable, or name a folder for such things in the variable XDG_STATE_HOME")


def _name() -> str:
    return f"process {os.getpid()} on {os.uname().nodename}, since {clock.stamp()}"
