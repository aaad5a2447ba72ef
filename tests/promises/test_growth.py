"""A text twice as long takes about twice the time and memory to read, whatever it is made of."""

from __future__ import annotations

import gc
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from harness.constructs import CONSTRUCTS
from harness.settings import settings
from wol.content.markdown.reader import Reader
from wol.content.read import read_source
from wol.content.settings import read_settings

SETTINGS = read_settings(settings(site={"language": "en", "timezone": "UTC"}))
READER = Reader(SETTINGS)

MANY = 300
"""How often a construct is repeated, and then twice as often."""

MOST = 2.6
"""How many times the calls and bytes of the shorter text the longer one may take."""

SMALL = 1_000_000
"""Bytes below which memory is not compared, since it is mostly that of modules and caches."""


@contextmanager
def counted() -> Iterator[Callable[[], int]]:
    """Count the calls of Python functions and of functions in C."""
    calls = 0

    def count(*_: object) -> None:
        nonlocal calls
        calls += 1

    if hasattr(sys, "monitoring"):
        monitoring = sys.monitoring
        events = monitoring.events.PY_START | monitoring.events.CALL
        monitoring.use_tool_id(monitoring.PROFILER_ID, "growth")
        for event in (monitoring.events.PY_START, monitoring.events.CALL):
            monitoring.register_callback(monitoring.PROFILER_ID, event, count)
        monitoring.set_events(monitoring.PROFILER_ID, events)
        try:
            yield lambda: calls
        finally:
            monitoring.set_events(monitoring.PROFILER_ID, 0)
            monitoring.free_tool_id(monitoring.PROFILER_ID)
    else:
        before = sys.getprofile()
        sys.setprofile(count)
        try:
            yield lambda: calls
        finally:
            sys.setprofile(before)


def read(text: str) -> None:
    """Read a source; what is wrong with it does not matter."""
    read_source("posts/a.md", text.encode(), [], SETTINGS, READER)


def cost(text: str) -> tuple[int, int]:
    """Return the calls that reading takes, and the bytes of memory at its peak."""
    read(text)
    with counted() as calls:
        read(text)
    taken = calls()
    gc.collect()
    tracemalloc.start()
    try:
        read(text)
        return taken, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "construct", [pytest.param(name, marks=[pytest.mark.long] if number % 6 else []) for number, name in enumerate(CONSTRUCTS)]
)
def test_twice_as_much_costs_twice_as_much(construct: str) -> None:
    """Calls and memory grow with the length of a text, and not with its square."""
    make = CONSTRUCTS[construct]
    calls, memory = cost(make(MANY))
    more_calls, more_memory = cost(make(2 * MANY))
    assert more_calls < MOST * calls
    assert more_memory < max(SMALL, MOST * memory)


@pytest.mark.long
@pytest.mark.timeout(60)
@pytest.mark.parametrize("construct", CONSTRUCTS)
def test_texts_of_a_megabyte(construct: str) -> None:
    """What works in C, whose calls are not counted, comes to an end as well."""
    make = CONSTRUCTS[construct]
    read(make(max(1, 1_000_000 * MANY // max(1, len(make(MANY))))))
