"""Running the programs of others: git, ssh, a command of the user's own. Argument lists, never a shell; bounded in time."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from wol.deploy.secrets import scrubbed

SHOWN = 8
"""Lines of what a program said that an error shows: the last."""


class Ran(msgspec.Struct, frozen=True):
    """What a program did: its exit code (None: it was stopped because it took too long), and what it wrote."""

    code: int | None
    out: bytes
    words: str

    @property
    def notes(self) -> list[str]:
        """What it said last, for an error."""
        return [line for line in self.words.splitlines() if line.strip()][-SHOWN:]


class AbsentError(Exception):
    """There is no such program on this machine."""


def run(
    words: Sequence[str],
    *,
    timeout: float,
    data: bytes = b"",
    folder: Path | None = None,
    environment: Mapping[str, str | None] | None = None,
    secrets: Sequence[str] = (),
) -> Ran:
    """Run a program to its end, with `data` as its input; what it wrote to stderr (and to stdout, if that failed) is given without secrets.

    Variables of `environment` are added, those that are None taken away. Raises AbsentError. If this process is stopped, so is the program, with all that it started.
    """
    try:
        process = subprocess.Popen(  # noqa: S603  # the words are the user's settings and our own; no shell reads them
            list(words),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder,
            env={name: value for name, value in {**os.environ, **(environment or {})}.items() if value is not None},
            start_new_session=True,
        )
    except (FileNotFoundError, PermissionError, NotADirectoryError) as error:
        raise AbsentError(words[0]) from error
    try:
        out, err = process.communicate(data, timeout=timeout)
        code: int | None = process.returncode
    except subprocess.TimeoutExpired:
        _stop(process)
        out, err = process.communicate()
        code = None
    except BaseException:
        _stop(process)
        process.communicate()
        raise
    output = err if code == 0 else err + b"\n" + out
    return Ran(code, out, scrubbed(output.decode("utf-8", "replace"), *secrets))


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a program and what it started."""
    with contextlib.suppress(ProcessLookupError, subprocess.TimeoutExpired):
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(2)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
