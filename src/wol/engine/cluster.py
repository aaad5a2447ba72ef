"""A Dask cluster as workers for jobs: found, looked at, and left again when the job is done. The only module that knows of Dask."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from wol.engine.away import Elsewhere, OtherVersionsError, WorkersLostError
from wol.errors import WolError, diagnostic

SECONDS = 8
"""How long a scheduler may take to answer, and to have a worker."""


@contextmanager
def opened(address: str, root: Path, identity: Callable[[], str], expected: str) -> Iterator[Elsewhere]:
    """Give the workers of the cluster whose scheduler is at `dask://HOST:PORT`; raises WolError (config-value) for all that it cannot do."""
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
            yield Elsewhere(
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
        found = client.run(identity, on_error="return")
    except Exception as error:
        message = f"The Dask cluster at `{address}` has no worker that answers"
        raise WolError(_wrong(root, message, "start workers, or remove the line to build on this machine")) from error
    other = sorted(place for place, told in found.items() if told != expected)
    if other:
        raise WolError(_others(root, address, f"the worker at `{other[0]}`", found[other[0]]))


def _others(root: Path, address: str, worker: str, told: object = None) -> Any:
    why = f" ({type(told).__name__}: {told})" if isinstance(told, Exception) else ""
    message = f"The Dask cluster at `{address}` cannot be used: {worker} has other versions of Python, wol, plugins or packages than this machine{why}"
    return _wrong(root, message, "install the same ones in the environment of every worker, and start the workers anew")


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
