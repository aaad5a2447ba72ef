"""What builds from nothing give: what every other build is compared with."""

from __future__ import annotations

from collections.abc import Callable

from harness.drivers import Done

BuildClean = Callable[[], tuple[Done, dict[str, bytes]]]
"""Builds some inputs from nothing: what the build told, and the files that it made."""


class CleanBuilds:
    """What clean builds of some inputs gave: of the `many` that were asked for last, since steps come back to them."""

    def __init__(self, many: int = 8) -> None:
        self.many = many
        self._found: dict[str, tuple[Done, dict[str, bytes]]] = {}
        self._texts: dict[bytes, bytes] = {}

    def of(self, inputs: str, build: BuildClean) -> tuple[Done, dict[str, bytes]]:
        """Return the result of a build of the inputs with this digest; equal files of several builds are kept once."""
        if inputs not in self._found:
            if len(self._found) >= self.many:
                self._found.clear()
                self._texts.clear()
            done, files = build()
            self._found[inputs] = (done, {path: self._texts.setdefault(data, data) for path, data in files.items()})
        return self._found[inputs]

    def __contains__(self, inputs: str) -> bool:
        return inputs in self._found
