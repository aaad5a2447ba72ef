"""Running a job over batches, here or in several processes: the only module that knows of processes.

A job is a module-level pure function of (context, batch); values come back, never exceptions for what a user did.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

Context = TypeVar("Context")
Batch = TypeVar("Batch")
Result = TypeVar("Result")

WORTH = 96
"""Pieces of work below which starting processes costs more than it saves."""

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


def run(job: Callable[[Context, Batch], Result], context: Context, work: Sequence[Batch], count: int) -> Iterator[Result]:
    """Run a job on each batch and give the results in order.

    With one process all happens here. With more, the context is handed to each worker once: by fork where that exists, so that nothing is
    copied, else by pickling it (spawn).
    """
    if count <= 1 or len(work) <= 1:
        for batch in work:
            yield job(context, batch)
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    pool = ProcessPoolExecutor(
        max_workers=min(count, len(work)), mp_context=multiprocessing.get_context(method), initializer=_start, initargs=(job, context)
    )
    try:
        yield from pool.map(_run, work)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _start(job: Callable[[Any, Any], Any], context: Any) -> None:
    global _work
    _work = (job, context)


def _run(batch: Any) -> Any:
    assert _work is not None
    job, context = _work
    return job(context, batch)


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1
