"""Running a job over batches on machines that share nothing with this one, through whatever has the shape of a `concurrent.futures.Executor`."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

Context = TypeVar("Context")
Batch = TypeVar("Batch")
Result = TypeVar("Result")

PATIENCE = 10.0
"""Seconds without an answer from elsewhere after which it is asked whether anybody is there."""


class Elsewhere(msgspec.Struct):
    """Workers that share nothing with us, for one run of a job.

    `share` sends a value to all of them and gives what `executor.submit` takes in its place; `identity` tells there what they are made of, which must
    be `expected`. `alive` is asked, where no answer comes for long, whether there is still anybody to give one.
    """

    executor: Executor
    share: Callable[[Any], Any]
    identity: Callable[[], str]
    expected: str
    alive: Callable[[], bool]


Away = Callable[[], AbstractContextManager[Elsewhere]]


class WorkersLostError(Exception):
    """Workers elsewhere did not do what they were asked, for reasons of theirs."""


class OtherVersionsError(Exception):
    """A worker elsewhere is made of other versions than we are, so it could make other bytes."""


class _Shared(msgspec.Struct):
    """What a worker elsewhere gets once."""

    job: Callable[[Any, Any], Any]
    context: Any
    identity: Callable[[], str]
    expected: str


class _Piece(msgspec.Struct):
    """A batch, in a wrapper that no executor looks into."""

    batch: Any


class _Done(msgspec.Struct):
    """What came of a batch: a result, or what the job raised."""

    result: Any = None
    error: Exception | None = None


_alone = Lock()
"""Held by the thread of a worker elsewhere that runs a job: contexts serve one at a time."""
_known: set[str] = set()
"""In a worker elsewhere: the identities that were found to be its own. Its code is loaded once, so they stay."""


def run_away(job: Callable[[Context, Batch], Result], context: Context, work: Sequence[Batch], away: Away) -> Iterator[Result]:
    """Give the results that workers elsewhere send back; raises WorkersLostError and OtherVersionsError through `away`."""
    with away() as workers:
        waiting: deque[Future[_Done]] = deque()
        try:
            with _telling():
                shared = workers.share(_Shared(job, context, workers.identity, workers.expected))
                waiting.extend(workers.executor.submit(_do, shared, _Piece(batch)) for batch in work)
            while waiting:
                done = _answer(waiting.popleft(), workers)
                if done.error is not None:
                    raise done.error
                yield done.result
        finally:
            for future in waiting:
                future.cancel()


def _answer(future: Future[_Done], workers: Elsewhere) -> _Done:
    """Wait for a worker's answer, for as long as there are workers."""
    with _telling():
        while True:
            try:
                return future.result(PATIENCE)
            except TimeoutError:
                if not future.done() and not workers.alive():
                    raise WorkersLostError("no worker is left") from None


@contextmanager
def _telling() -> Iterator[None]:
    """Tell what an executor raises from what a job does."""
    try:
        yield
    except WorkersLostError:
        raise
    except Exception as error:
        raise WorkersLostError(f"{type(error).__name__}: {error}") from error


def _do(shared: _Shared, piece: _Piece) -> _Done:
    """In a worker elsewhere: run the job on a batch."""
    with _alone:
        try:
            if shared.expected not in _known and shared.identity() != shared.expected:
                raise OtherVersionsError
            _known.add(shared.expected)
            return _Done(shared.job(shared.context, piece.batch))
        except Exception as error:
            return _Done(error=error)
