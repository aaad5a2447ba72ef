"""One build of a site at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wol import clock
from wol.errors import WolError, diagnostic
from wol.fsio import Lock

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
        message = f"`{cache}`, where wol keeps what it knows of the site, cannot be written: {error.strerror or error}"
        hint = "make it writable, or name a folder for such things in the variable XDG_STATE_HOME"
        raise WolError(diagnostic("write-failed", message, hint=hint)) from error
    with lock:
        yield


def _name() -> str:
    return f"process {os.getpid()} on {os.uname().nodename}, since {clock.stamp()}"
