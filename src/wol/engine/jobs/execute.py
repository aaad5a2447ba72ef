"""Running a job over batches, here or in several processes: the only module that knows of processes.

A job is a module-level pure function of (context, batch); values come back, never exceptions for what a user did. Workers end with the
process that started them, however it ends, and one that is killed costs time and nothing else: what it had not done is done here.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar, cast

from wol.collector import collect_seldom

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import DefaultContext
    from multiprocessing.process import BaseProcess

    from wol.engine.jobs.remote import OpenRemote

Context = TypeVar("Context")
Piece = TypeVar("Piece")
Result = TypeVar("Result")

WORTH = 96
"""Pieces of work below which starting processes costs more than it saves."""

_STOPS = (signal.SIGINT, signal.SIGHUP, signal.SIGTERM)

_HELD = (*_STOPS, signal.SIGIO)
"""Signals whose handlers may raise. The last tells the worker of a watch that its supervisor is gone."""


def processes(jobs: int, pieces: int) -> int:
    """Decide how many processes to use: `jobs` as asked, or as many as there are cores; one for little work."""
    wanted = jobs or _cores()
    if pieces < WORTH and not jobs > 1:
        return 1
    return max(1, min(wanted, pieces))


Without = Callable[[int], Collection[int]]
"""Asked when a batch, by its number, is handed out: which of its pieces, by their places, are not to be done. It may be asked again, and says the same."""


def batches(work: Sequence[Piece], size: int) -> list[Sequence[Piece]]:
    """Cut a sequence into pieces of at most `size`."""
    return [work[i : i + size] for i in range(0, len(work), size)]


def start_method() -> str:
    """Choose how workers are started: by fork, so that nothing is copied, but where the system's own libraries cannot bear it."""
    import multiprocessing

    forks = "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"
    return "fork" if forks else "spawn"


def whole(number: int) -> Collection[int]:
    """Leave out nothing."""
    return ()


def run(
    job: Callable[[Context, Sequence[Piece]], Result],
    context: Context,
    work: Sequence[Sequence[Piece]],
    count: int,
    remote: OpenRemote | None = None,
    without: Without = whole,
) -> Iterator[Result]:
    """Run a job on each batch and give the results in order.

    With workers elsewhere all goes to them at once, without asking what to leave out, and the context must be all that the job needs. With one process all happens here. With more, context and batches are handed to each worker once: by fork nothing is copied, else they are
    pickled. Where no worker can be started, or one is killed (as by a system that is out of memory), the rest is done here, in turn.
    """
    if remote is not None:
        from wol.engine.jobs.remote import run_remotely

        yield from run_remotely(job, context, work, remote)
        return
    done = 0
    if count > 1 and len(work) > 1:
        for result in _in_workers(job, context, work, min(count, len(work)), without):
            yield result
            done += 1
    for number in range(done, len(work)):
        yield job(context, _part(work[number], without(number)))


def _part(batch: Sequence[Piece], left_out: Collection[int]) -> Sequence[Piece]:
    return [piece for place, piece in enumerate(batch) if place not in left_out] if left_out else batch


def _in_workers(
    job: Callable[[Context, Sequence[Piece]], Result], context: Context, work: Sequence[Sequence[Piece]], count: int, without: Without
) -> Iterator[Result]:
    """Return the results of the batches, in order, for as long as all workers live.

    Each has a pipe of its own, into which only numbers are written, of batches and of what to leave out: a queue that they share, as
    `concurrent.futures` has it, hangs for ever if one is killed while it writes or holds its lock.
    """
    from multiprocessing.connection import wait

    workers: dict[Connection, BaseProcess] = {}
    results: dict[int, Result] = {}
    numbers = iter(range(len(work)))
    finished = False
    try:
        try:
            with _undisturbed():
                for _ in range(count):
                    workers.update([_worker(job, context, work)])
        except OSError:  # no more processes or open files are allowed
            return
        for pipe in [*workers, *workers]:
            _send_next(pipe, numbers, without)
        for number in range(len(work)):
            while number not in results:
                for ready in wait(list(workers)):
                    pipe = cast("Connection", ready)
                    done, result, error = _received(pipe)
                    if error is not None:
                        raise error
                    results[done] = result
                    _send_next(pipe, numbers, without)
            yield results.pop(number)
        finished = True
    except _WorkerGoneError:
        return
    finally:
        for pipe, process in workers.items():
            if finished:
                with suppress(OSError):
                    pipe.send(None)
            else:
                process.kill()
        for pipe, process in workers.items():
            process.join()
            pipe.close()


class _WorkerGoneError(Exception):
    """A worker has ended before its work."""


def _worker(job: Callable[[Any, Any], Any], context: Any, work: Sequence[Any]) -> tuple[Connection, BaseProcess]:
    """Start a worker; return our end of its pipe, and the process."""
    import multiprocessing

    method = cast("DefaultContext", multiprocessing.get_context(start_method()))
    ours, theirs = method.Pipe()
    process = method.Process(target=_serve, args=(theirs, job, context, work), daemon=True)
    process.start()
    theirs.close()  # so that the end of the process is the end of the pipe
    return ours, process


def _send_next(pipe: Connection, numbers: Iterator[int], without: Without) -> None:
    number = next(numbers, None)
    if number is not None:
        try:
            pipe.send((number, without(number)))
        except OSError as error:
            raise _WorkerGoneError from error


def _received(pipe: Connection) -> tuple[int, Any, Exception | None]:
    try:
        reply: tuple[int, Any, Exception | None] = pipe.recv()
    except (EOFError, OSError) as error:
        raise _WorkerGoneError from error
    return reply


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold back Ctrl-C and its like while workers are started: these begin with it held back, until they have said what to do then.

    Python ignores an exception in a function that it calls around a fork (`os.register_at_fork`; `logging` has some), so that a handler
    that ran there would stop nothing.
    """
    held = signal.pthread_sigmask(signal.SIG_BLOCK, _HELD)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)


def _serve(pipe: Connection, job: Callable[[Any, Any], Any], context: Any, work: Sequence[Any]) -> None:
    """Be a worker: do the batches that are asked for. When to stop is decided by the process that started this one."""
    import threading

    for number in _STOPS:
        signal.signal(number, signal.SIG_DFL if number == signal.SIGTERM else signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _HELD)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.freeze()  # what came by fork stays shared: the collector would write into each object of it
    collect_seldom()
    while (asked := pipe.recv()) is not None:
        number, left_out = asked
        reply: tuple[int, Any, Exception | None]
        try:
            reply = (number, job(context, _part(work[number], left_out)), None)
        except Exception as error:
            reply = (number, None, error)
        pipe.send(reply)


def _end_with_parent() -> None:
    """Wait for the end of the process that started this one, and end: else a killed build would leave workers that hold its lock."""
    import multiprocessing
    from multiprocessing.connection import wait

    parent = multiprocessing.parent_process()
    assert parent is not None
    wait([parent.sentinel])
    os._exit(1)


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1
