"""One process, looked at from outside: how long it took, how much the processors worked for it, and how much memory it held."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PACE = 0.02
"""Seconds from one look at the memory to the next."""

PROC = Path("/proc")


class FailedError(Exception):
    """What was measured went wrong, so its figures are worth nothing."""


@dataclass(frozen=True)
class Run:
    """The figures of one run: seconds by the wall clock, seconds of work of it and its children, and cores that all others used meanwhile.

    `memory` is in MiB, the most that the proportional sets (memory that is shared counts once) of all its processes came to; None if nobody looked.
    `rendered` is how many files it made anew, where it was asked.
    """

    wall: float
    cpu: float
    others: float | None
    memory: float | None
    rendered: int | None = None


def run(command: Sequence[str], folder: Path, *, memory: bool = False) -> Run:
    """Run a command and wait for its end; raises FailedError. To look at the memory takes work, so such a run's seconds do not count."""
    log = folder.with_suffix(".log")
    busy, started, peak = _busy(), time.perf_counter(), 0.0
    with log.open("wb") as said:
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        while memory:
            peak = max(peak, held(process.pid))
            ended, status, used = os.wait4(process.pid, os.WNOHANG)
            if ended:
                break
            time.sleep(PACE)
        else:
            _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise FailedError(f"`{' '.join(command)}` gave {process.returncode}:\n{log.read_text('utf-8', 'replace')}")
    cpu = used.ru_utime + used.ru_stime
    after = _busy()
    others = None if busy is None or after is None else max(0.0, (after - busy - cpu) / wall)
    return Run(wall, cpu, others, peak if memory and peak else None)


def held(process: int) -> float:
    """Give the proportional set size of a process and its living descendants in MiB; 0 where there is no `/proc`."""
    children: dict[int, list[int]] = {}
    for found in PROC.glob("[0-9]*/stat"):
        try:
            parent = found.read_text().rpartition(")")[2].split()[1]
        except OSError:  # it has ended
            continue
        children.setdefault(int(parent), []).append(int(found.parent.name))
    size, waiting = 0, [process]
    while waiting:
        one = waiting.pop()
        waiting += children.get(one, [])
        try:
            lines = (PROC / str(one) / "smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        size += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return size / 1024


def _busy() -> float | None:
    """Give the seconds that all processors have worked since the machine was started; None where there is no `/proc`."""
    try:
        ticks = [int(field) for field in (PROC / "stat").read_text().split("\n", 1)[0].split()[1:9]]
    except OSError:
        return None
    idle, waiting = ticks[3:5]
    return (sum(ticks) - idle - waiting) / os.sysconf("SC_CLK_TCK")
