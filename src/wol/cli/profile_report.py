"""Where the time of a build went, for `wol build --profile`: as text for people and as data for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wol.cli.formatting import counted
from wol.engine.timings import Spent, Timings, slowest

FEW = 10
"""How many pages, templates, features and sources are shown: those that took longest."""

REST = "other"
"""What belongs to no stage."""


def lines(timings: Timings, seconds: float) -> Iterator[str]:
    """Return the lines to print; `seconds` is what the whole build took."""
    yield "Where the time went, in seconds:"
    for name, spent in _stages(timings, seconds):
        yield f"  {spent:8.3f} {spent / seconds if seconds else 0:5.0%}  {name}"
    for title, costs in _parts(timings):
        if costs:
            yield f"Slowest {title}, in seconds of all processes:"
            for name, one in slowest(costs, FEW):
                often = f", {counted(one.times, 'time')}" if one.times > 1 else ""
                yield f"  {one.seconds:8.3f}  {name}{often}"


def data(timings: Timings, seconds: float) -> Mapping[str, Any]:
    """Return the same for `--format json`."""
    stages = [{"name": name, "seconds": round(spent, 6)} for name, spent in _stages(timings, seconds)]
    parts = {
        title: [{"name": name, "seconds": round(one.seconds, 6), "times": one.times} for name, one in slowest(costs, FEW)]
        for title, costs in _parts(timings)
    }
    return {"stages": stages, **parts}


def _stages(timings: Timings, seconds: float) -> Iterator[tuple[str, float]]:
    for name, spent in timings.stages.items():
        yield name, spent.seconds
    yield REST, max(0.0, seconds - sum(spent.seconds for spent in timings.stages.values()))


def _parts(timings: Timings) -> Iterator[tuple[str, Mapping[str, Spent]]]:
    yield "sources", timings.sources
    yield "pages", timings.pages
    yield "templates", timings.templates
    yield "features", timings.features
