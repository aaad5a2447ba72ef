"""Where the time of a build goes, if somebody wants to know: stages, pages, templates, features and sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

import msgspec

from wol import clock

if TYPE_CHECKING:
    from wol.model.target import Target


class Spent(msgspec.Struct):
    """The seconds that something took, and how many times it was done."""

    seconds: float = 0.0
    times: int = 0

    def add(self, seconds: float) -> None:
        self.seconds += seconds
        self.times += 1


class Timings:
    """Seconds by what they were spent on. Where `on` is false the clock is never asked, and all of it stays empty.

    `stages` come in their order, and a stage inside another is not counted twice; their seconds are those of the main process. All others are of all
    processes together: `pages` and other files by their path in the output, `templates` by name, `features` by what they did, `sources` by their key.
    The first page that a process renders also has the loading of its templates.
    """

    __slots__ = ("_within", "features", "on", "pages", "sources", "stages", "templates")

    def __init__(self, *, on: bool = True) -> None:
        self.on = on
        self.stages: dict[str, Spent] = {}
        self.pages: dict[str, Spent] = {}
        self.templates: dict[str, Spent] = {}
        self.features: dict[str, Spent] = {}
        self.sources: dict[str, Spent] = {}
        self._within: list[float] = []

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure a part of the build."""
        if not self.on:
            yield
            return
        spent = self.stages.setdefault(name, Spent())
        self._within.append(0.0)
        started = clock.elapsed()
        try:
            yield
        finally:
            whole = clock.elapsed() - started
            spent.add(whole - self._within.pop())
            if self._within:
                self._within[-1] += whole

    def feature(self, name: str, what: str) -> AbstractContextManager[None]:
        """Measure what a feature does for the whole site: `tables`, `targets` or `check`."""
        return self._measured(self.features, f"{name}: {what}")

    def fragment(self, template: str) -> AbstractContextManager[None]:
        """Measure the rendering of a part that is the same on every page."""
        return self._measured(self.templates, template)

    @contextmanager
    def _measured(self, where: dict[str, Spent], name: str) -> Iterator[None]:
        if not self.on:
            yield
            return
        started = clock.elapsed()
        try:
            yield
        finally:
            self._add(where, name, clock.elapsed() - started)

    def rendered(self, target: Target, feature: str, seconds: float) -> None:
        """Count what one file of the output took, for its template and for the feature whose kind it is."""
        self._add(self.pages, target.path, seconds)
        self._add(self.features, f"{feature}: {target.kind}", seconds)
        if target.template:
            self._add(self.templates, target.template, seconds)

    def read(self, source: str, seconds: float) -> None:
        """Count what the reading of one source took."""
        self._add(self.sources, source, seconds)

    @staticmethod
    def _add(where: dict[str, Spent], name: str, seconds: float) -> None:
        where.setdefault(name, Spent()).add(seconds)


OFF = Timings(on=False)
"""For builds of which nobody asks where the time goes."""


def slowest(spent: Mapping[str, Spent], number: int) -> list[tuple[str, Spent]]:
    """Return those that took longest, the longest first."""
    return sorted(spent.items(), key=lambda one: (-one[1].seconds, one[0]))[:number]
