"""The protocol of those that hear of the builds of a watched site: the terminal of `wol watch`, the hub of `wol serve`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from wol.watch.messages import BuildCrashed, BuildFailed, BuildSucceeded


class Listener(Protocol):
    """Is called in the thread of the event loop; must not block."""

    def building(self, causes: Sequence[str]) -> None:
        """A build begins. `causes` are the paths that changed, from the site's root where they are in it; none at first, or where only time has passed."""

    def progress(self, stage: str, done: int, total: int) -> None:
        """A build that takes long is so far."""

    def rendered(self, staged: Mapping[str, str]) -> None:
        """Pages are whole before the build is: output path to the file that has them until the next `built`, `failed` or `broken`."""

    def built(self, built: BuildSucceeded) -> None:
        """The output is up to date. `built.written` and `built.removed` are empty where nothing had changed."""

    def failed(self, failed: BuildFailed) -> None:
        """The sources have errors; the output is as it was, and what was rendered is gone."""

    def broken(self, defect: BuildCrashed) -> None:
        """The build broke off by no fault of the site; else as `failed`."""

    def noticed(self, sentence: str) -> None:
        """Something about the watching itself that a person should know: that it polls, that the builder was started again."""
