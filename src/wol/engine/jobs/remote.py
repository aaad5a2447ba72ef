"""Running a job over batches on machines that share nothing with this one: through a `concurrent.futures.Executor`, or a Dask cluster.

The only module that knows of Dask.
"""

from __future__ import annotations

import logging
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from wol.errors import WolError, diagnostic

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

Context = TypeVar("Context")
Batch = TypeVar("Batch")
Result = TypeVar("Result")

PATIENCE = 10.0
"""Seconds without an answer from elsewhere after which it is asked whether anybody is there."""


class RemoteWorkers(msgspec.Struct):
    """Workers that share nothing with us, for one run of a job.

    `share` sends a value to all of them and gives what `executor.submit` takes in its place; `identity` tells there what they are made of, which must
    be `expected`. `alive` is asked, where no answer comes for long, whether there is still anybody to give one.
    """

    executor: Executor
    share: Callable[[Any], Any]
    identity: Callable[[], str]
    expected: str
    alive: Callable[[], bool]


OpenRemote = Callable[[], AbstractContextManager[RemoteWorkers]]


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


def run_remotely(job: Callable[[Context, Batch], Result], context: Context, work: Sequence[Batch], remote: OpenRemote) -> Iterator[Result]:
    """Return the results that workers elsewhere send back; raises WorkersLostError and OtherVersionsError through `remote`."""
    with remote() as workers:
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


def _answer(future: Future[_Done], workers: RemoteWorkers) -> _Done:
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


SECONDS = 8
"""How long a scheduler may take to answer, and to have a worker."""


@contextmanager
def open_cluster(address: str, root: Path, identity: Callable[[], str], expected: str) -> Iterator[RemoteWorkers]:
    """Return the workers of the cluster whose scheduler is at `dask://HOST:PORT`; raises WolError (config-value) for all that it cannot do."""
    try:
        from distributed import Client
    except ImportError as error:
        message = "`executor` in `[build]` names a Dask cluster, and Dask is not installed"
        raise WolError(_wrong(root, message, 'install it with `pip install "wol-ssg[dask]"`, or remove the line')) from error
    with _quiet():
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of versions that differ, which are refused below
                client = Client("tcp" + address.removeprefix("dask"), timeout=SECONDS, set_as_default=False, name="wol")
        except (OSError, ValueError, RuntimeError) as error:
            message = f"The Dask scheduler at `{address}` cannot be reached"
            raise WolError(_wrong(root, message, "start it, or remove the line to build on this machine")) from error
        try:
            _refuse_others(client, address, root, identity, expected)
            yield RemoteWorkers(
                executor=client.get_executor(pure=False),
                share=lambda value: client.scatter(value, broadcast=True, hash=False),
                identity=identity,
                expected=expected,
                alive=lambda: client.status == "running" and bool(client.nthreads()),
            )
        except OtherVersionsError as error:
            raise WolError(_others(root, address, "a worker")) from error
        except WorkersLostError as error:
            message = f"The Dask cluster at `{address}` did not finish the work: {error}"
            raise WolError(_wrong(root, message, "look at the logs of its workers, or remove the line to build on this machine")) from error
        finally:
            client.close(timeout=SECONDS)


def _refuse_others(client: Any, address: str, root: Path, identity: Callable[[], str], expected: str) -> None:
    """Refuse a cluster without workers, and one with a worker that is not what we are."""
    try:
        client.wait_for_workers(1, timeout=SECONDS)
        identities = client.run(identity, on_error="return")
    except Exception as error:
        message = f"The Dask cluster at `{address}` has no worker that answers"
        raise WolError(_wrong(root, message, "start workers, or remove the line to build on this machine")) from error
    other = sorted(place for place, told in identities.items() if told != expected)
    if other:
        raise WolError(_others(root, address, f"the worker at `{other[0]}`", identities[other[0]]))


def _others(root: Path, address: str, worker: str, told: object = None) -> Any:
    why = f" ({type(told).__name__}: {told})" if isinstance(told, Exception) else ""
    message = f"The Dask cluster at `{address}` cannot be used: {worker} has other versions of Python, wol, plugins or packages than this machine{why}"
    return _wrong(root, message, "install the same ones in the environment of every worker, and restart the workers")


def _wrong(root: Path, message: str, hint: str) -> Any:
    from wol.config.load import NAME, read
    from wol.config.locate import locate
    from wol.config.syntax import decode

    line, column = locate(decode(read(root))).of_value(("build", "executor"))
    return diagnostic("config-value", message, NAME, line, column, hint=hint)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep Dask from telling in its own words what becomes a message of ours."""
    loggers = [logging.getLogger(name) for name in ("distributed", "distributed.client", "distributed.comm", "tornado")]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)
