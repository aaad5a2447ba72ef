"""Jobs give the same results in one process and in several, however these are started."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from harness.site import Site, differences
from wol.engine.jobs import execute


def add(context: int, batch: Sequence[int]) -> list[int]:
    return [context + n for n in batch]


METHODS = pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())


@METHODS
@pytest.mark.parametrize("count", [1, 2])
def test_results_come_in_order(monkeypatch: pytest.MonkeyPatch, method: str, count: int) -> None:
    """Whatever runs the batches, their results come in the order of the work."""
    monkeypatch.setattr(execute, "start_method", lambda: method)
    work = execute.batches(list(range(10)), 3)
    assert [len(batch) for batch in work] == [3, 3, 3, 1]
    assert [n for result in execute.run(add, 5, work, count) for n in result] == list(range(5, 15))


@pytest.mark.parametrize(("jobs", "pieces", "expected"), [(0, 10, 1), (2, 10, 2), (1, 10_000, 1), (8, 3, 3), (3, 10_000, 3)])
def test_how_many_processes(jobs: int, pieces: int, expected: int) -> None:
    """Little work stays in one process unless more are asked for."""
    assert execute.processes(jobs, pieces) == expected


def die(context: int, batch: Sequence[int]) -> list[int]:
    """In a worker, be killed at one batch."""
    if 4 in batch and multiprocessing.parent_process() is not None:
        os.kill(os.getpid(), signal.SIGKILL)
    return add(context, batch)


@METHODS
def test_a_worker_that_is_killed(monkeypatch: pytest.MonkeyPatch, method: str) -> None:
    """What workers did not do is done here, once, in order."""
    monkeypatch.setattr(execute, "start_method", lambda: method)
    work = execute.batches(list(range(10)), 3)
    assert [n for result in execute.run(die, 5, work, 2) for n in result] == list(range(5, 15))
    assert not multiprocessing.active_children()


def die_talking(context: int, batch: Sequence[int]) -> bytes:
    """In a worker, be killed while the result is on its way."""
    if 3 in batch and multiprocessing.parent_process() is not None:
        threading.Timer(0.01, os.kill, (os.getpid(), signal.SIGKILL)).start()
    return bytes(batch[0] + context) * 6_000_000


def test_a_worker_that_is_killed_in_the_middle_of_a_word() -> None:
    """Half a result, and work for a worker that nobody will read any more, stop nothing."""
    done = execute.run(die_talking, 1, [[n, *[0] * 100_000] for n in range(6)], 2)
    assert [len(result) for result in done] == [(n + 1) * 6_000_000 for n in range(6)]


@pytest.mark.parametrize(("job", "count"), [(add, 1), (add, 2), (die, 2)])
def test_pieces_that_are_left_out(job: Callable[[int, Sequence[int]], list[int]], count: int) -> None:
    """A batch is asked about when it is handed out; what is left out then is done by nobody, also where a worker is killed."""
    asked: list[int] = []

    def without(number: int) -> frozenset[int]:
        asked.append(number)
        return frozenset({0, 2}) if number == 1 else frozenset({0}) if number == 3 else frozenset()

    work = execute.batches(list(range(10)), 3)
    found = []
    for result in execute.run(job, 5, work, count, without=without):
        found.append(result)
        assert set(range(len(found))) <= set(asked)
    assert found == [[5, 6, 7], [9], [11, 12, 13], []]


def fail(context: int, batch: Sequence[int]) -> list[int]:
    raise ArithmeticError(str(context))


def test_an_exception_in_a_worker() -> None:
    """A defect in a job is raised as it is, and no worker stays."""
    with pytest.raises(ArithmeticError, match="5"):
        list(execute.run(fail, 5, [[1], [2]], 2))
    assert not multiprocessing.active_children()


def test_results_that_nobody_wants() -> None:
    """Whoever stops asking leaves no worker behind."""
    results = execute.run(add, 5, execute.batches(list(range(100)), 1), 2)
    assert next(results) == [5]
    results.close()  # type: ignore[attr-defined]  # it is a generator
    assert not multiprocessing.active_children()


class Interrupted(BaseException):
    """What a handler raises."""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP, signal.SIGTERM, signal.SIGIO])
def test_interrupted_while_workers_start(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """A signal is handled when all workers have been started: around a fork, Python would ignore what its handler raises."""
    start, started = execute._worker, []

    def interrupted(*arguments: Any) -> Any:
        signal.raise_signal(number)
        started.append(start(*arguments))
        return started[-1]

    def handle(*_: object) -> None:
        raise Interrupted

    monkeypatch.setattr(execute, "_worker", interrupted)
    before = signal.signal(number, handle)
    try:
        with pytest.raises(Interrupted):
            list(execute.run(add, 5, [[1], [2], [3]], 3))
    finally:
        signal.signal(number, before)
    assert len(started) == 3
    assert not multiprocessing.active_children()


@METHODS
def test_a_site_in_several_processes(site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch, method: str) -> None:
    """The bytes are those of one process."""
    files = {
        f"content/posts/p{n}.md": f"---\ntitle: P{n}\ndate: 2026-01-{n % 28 + 1:02}\ntags: [a]\n---\nSee [next](p{(n + 1) % 70}.md)\n"
        for n in range(70)
    }
    one, several = site(files), site(files)
    one.build(jobs=1)
    monkeypatch.setattr(execute, "start_method", lambda: method)
    several.build(jobs=2)
    assert not (told := differences(one.files(), several.files())), told
