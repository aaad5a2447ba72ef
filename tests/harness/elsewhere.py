"""Workers that share nothing with a site: processes of their own that may not look into its folder, and a real Dask cluster."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from wol.engine.jobs.remote import RemoteWorkers

FILES = ("open", "os.listdir", "os.scandir")


def keep_out(root: str) -> None:
    """In a worker: live in another folder, and end at once where a file of the site is asked for."""
    os.chdir("/")

    def look(event: str, arguments: tuple[Any, ...]) -> None:
        if event in FILES and isinstance(arguments[0], str | bytes | os.PathLike) and os.fsdecode(arguments[0]).startswith(root):
            os.write(2, f"{event} {arguments[0]!r} in a worker that has not the site\n".encode())
            os._exit(1)

    sys.addaudithook(look)


class Strangers:
    """Two processes that get everything pickled; in the place of `wol.engine.jobs.remote.open_cluster`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.asked = 0

    @contextmanager
    def opened(self, address: str, root: Path, identity: Any, expected: str) -> Iterator[RemoteWorkers]:
        self.asked += 1
        with ProcessPoolExecutor(2, get_context("spawn"), keep_out, (str(self.root),)) as pool:
            yield RemoteWorkers(pool, lambda value: value, identity, expected, lambda: True)


CLUSTER = """
import os, signal, sys
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=2, processes=True, host="127.0.0.1", dashboard_address=None) as cluster:
        print(cluster.scheduler_address, flush=True)
        for line in sys.stdin:
            os.kill(cluster.workers[int(line)].pid, signal.SIGKILL)
"""


@contextmanager
def cluster() -> Iterator[tuple[str, Callable[[int], None]]]:
    """Start a scheduler with two workers in processes of their own; give its address as settings have it, and what kills a worker by number."""
    words = [sys.executable, "-c", CLUSTER]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd="/") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        write = process.stdin

        def kill(number: int) -> None:
            print(number, file=write, flush=True)

        try:
            yield process.stdout.readline().strip().replace("tcp://", "dask://"), kill
        finally:
            process.stdin.close()  # it ends then, and its workers with it
            process.wait(60)
