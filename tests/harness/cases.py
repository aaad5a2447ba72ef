"""Many small cases in one test: all of them run, and every one that fails is named."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

Case = Callable[[object], AbstractContextManager[None]]


@contextmanager
def cases() -> Iterator[Case]:
    """Yield `case(name)`, a block that records its failure and lets the next case run; at the end the test fails with all of them, or if there were none."""
    names: list[object] = []
    failures: list[str] = []

    @contextmanager
    def case(name: object) -> Iterator[None]:
        names.append(name)
        try:
            yield
        except (Exception, pytest.fail.Exception) as error:
            frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename != __file__]
            kind = "" if isinstance(error, AssertionError | pytest.fail.Exception) else f"{type(error).__name__}: "
            failures.append(f"{name!s} ({os.path.basename(frames[-1].filename)}:{frames[-1].lineno})\n    {kind}{error}")

    yield case
    assert names, "there are no cases"
    if failures:
        pytest.fail(f"{len(failures)} of {len(names)} cases failed:\n" + "\n".join(failures), pytrace=False)
