"""Running a job over batches, here or in several processes: the only module that knows of processes.

A job is a module-level pure function of (context, batch); values come back, never exceptions for what a user did. Workers end with the
process that started them, however it ends, and one that is killed costs time and nothing else: what it had not done is done here.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

Context = TypeVar("Context")
Batch = TypeVar("Batch")
Result = TypeVar("Result")

WORTH = 96
"""Pieces of work below which starting processes costs more than it saves."""

_STOPS = (signal.SIGINT, signal.SIGHUP, signal.SIGTERM)
_work: tuple[Callable[[Any, Any], Any], Any] | None = None
"""In a worker process: the job and the context that it was started for."""


def processes(jobs: int, pieces: int) -> int:
    """Decide how many processes to use: `jobs` as asked, or as many as there are cores; one for little work."""
    wanted = jobs or _cores()
    if pieces < WORTH and not jobs > 1:
        return 1
    return max(1, min(wanted, pieces))


def batches(work: Sequence[Batch], size: int) -> list[Sequence[Batch]]:
    """Cut a sequence into pieces of at most `size`."""
    return [work[i : i + size] for i in range(0, len(work), size)]


def start_method() -> str:
    """Choose how workers are started: by fork, so that nothing is copied, but where the system's own libraries cannot bear it."""
    import multiprocessing

    forks = "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"
    return "fork" if forks else "spawn"


def run(job: Callable[[Context, Batch], Result], context: Context, work: Sequence[Batch], count: int) -> Iterator[Result]:
    """Run a job on each batch and give the results in order.

    With one process all happens here. With more, the context is handed to each worker once: by fork nothing is copied, else it is pickled.
    Where no worker can be started, or one is killed (as by a system that is out of memory), the rest is done here, one after the other.
    """
    done = 0
    if count > 1 and len(work) > 1:
        for result in _in_workers(job, context, work, min(count, len(work))):
            yield result
            done += 1
    for batch in work[done:]:
        yield job(context, batch)


def _in_workers(job: Callable[[Context, Batch], Result], context: Context, work: Sequence[Batch], count: int) -> Iterator[Result]:
    """Give the results of the batches, in order, for as long as workers can be had."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    alien = {process.pid for process in multiprocessing.active_children()}
    pool: ProcessPoolExecutor | None = None
    finished = False
    try:
        try:
            pool = ProcessPoolExecutor(count, multiprocessing.get_context(start_method()), _start, (job, context))
            with _undisturbed():
                results = pool.map(_run, work)
        except (OSError, NotImplementedError, ImportError):  # no more processes or files are allowed, or there are no semaphores
            return
        yield from results
        finished = True
    except BrokenProcessPool:
        return
    finally:
        if not finished:
            for process in multiprocessing.active_children():
                if process.pid not in alien:
                    process.kill()
        if pool is not None:
            pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold back Ctrl-C and its like while workers are started: these begin with it held back, until they have said what to do then."""
    held = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)


def _start(job: Callable[[Any, Any], Any], context: Any) -> None:
    """Begin as a worker: to stop is decided by the process that started this one."""
    global _work
    _work = (job, context)
    for number in _STOPS:
        signal.signal(number, signal.SIG_DFL if number == signal.SIGTERM else signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPS)
    import threading

    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Wait for the end of the process that started this one, and end: else a killed build would leave workers that hold its lock."""
    import multiprocessing
    from multiprocessing.connection import wait

    parent = multiprocessing.parent_process()
    assert parent is not None
    wait([parent.sentinel])
    os._exit(1)


def _run(batch: Any) -> Any:
    assert _work is not None
    job, context = _work
    return job(context, batch)


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1
