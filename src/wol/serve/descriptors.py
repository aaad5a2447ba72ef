"""How many connections a preview may have, so that it never runs out of file descriptors: files, pipes and the build need some too."""

from __future__ import annotations

import contextlib
import errno
import os

WANTED = 4_096
"""File descriptors that are asked of the system: macOS gives a process 256."""

RESERVE = 40
"""File descriptors that connections leave to everything else: files that are sent, pipes, and what accepts the next connections."""

FEWEST, MOST = 4, 1_000
"""Connections that there may be whatever the limit of the system, and that are enough for any preview."""

AT_ONCE = 16
"""Connections that are accepted before any of them is counted, fewer than `RESERVE`."""

_NONE_LEFT = frozenset({errno.EMFILE, errno.ENFILE})


def are_used_up(error: OSError) -> bool:
    """Whether an error says that the process or the system has no file descriptor left."""
    return error.errno in _NONE_LEFT


def capacity() -> int:
    """Raise the limit of file descriptors as far as wanted and allowed, and return how many connections fit."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return MOST
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = WANTED if hard == resource.RLIM_INFINITY else min(WANTED, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            soft = wanted
    limit = WANTED if soft == resource.RLIM_INFINITY else soft
    return max(FEWEST, min(MOST, limit - _in_use() - RESERVE))


def _in_use() -> int:
    for folder in ("/proc/self/fd", "/dev/fd"):
        with contextlib.suppress(OSError):
            return len(os.listdir(folder))
    return RESERVE
