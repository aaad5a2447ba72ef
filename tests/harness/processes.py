"""Processes of a running command, as the system sees them (Linux: `/proc`)."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path


def children(process: int) -> frozenset[int]:
    """Return the processes that a process has started and that still run."""
    found = set()
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = place.read_text("utf-8", "replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == process and fields[0] != "Z":
            found.add(int(place.parent.name))
    return frozenset(found)


def running(process: int) -> bool:
    """Whether a process runs: one that has ended and waits to be noticed does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def workers(command: subprocess.Popen[str], number: int = 2, patience: float = 30) -> frozenset[int]:
    """Wait until a command has so many workers, and give them."""
    end = time.monotonic() + patience
    while len(found := children(command.pid)) < number:
        assert command.poll() is None, command.communicate()
        assert time.monotonic() < end, "no workers were started"
        time.sleep(0.002)
    return found


def ended(processes: frozenset[int], patience: float = 2) -> bool:
    """Whether all of these processes end soon."""
    end = time.monotonic() + patience
    while any(map(running, processes)):
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def limited(**limits: int) -> str:
    """Return Python that sets limits of the system for a process: `limited(NOFILE=20)`."""
    return "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);" + "".join(
        f"resource.setrlimit(resource.RLIMIT_{name}, ({value}, {value}));" for name, value in limits.items()
    )


NO_PRIVILEGES = (
    """
import ctypes
header = (ctypes.c_uint32 * 2)(0x20080522, 0)
data = (ctypes.c_uint32 * 6)()
libc = ctypes.CDLL(None, use_errno=True)
libc.capget(header, data)
for field in (0, 1):
    data[field] &= ~0b1110  # may override owners' permissions, read everything, act as every owner
libc.capset(header, data)
"""
    if os.geteuid() == 0
    else ""
)
"""Python that makes permissions bind the superuser too."""
