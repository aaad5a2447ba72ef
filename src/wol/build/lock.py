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
    """Hold the lock of a site; raises WolError (build-locked), naming the holder, if another build does not end soon."""
    lock = Lock(cache / "lock")
    end = clock.elapsed() + patience
    while (holder := lock.acquire(f"process {os.getpid()}")) is not None:
        if clock.elapsed() > end:
            raise WolError(diagnostic("build-locked", f"Another build of this site is running ({holder})"))
        clock.wait(0.05)
    with lock:
        yield
