"""What one build is asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Protocol

import msgspec

from wol.engine.timings import OFF, Timings
from wol.model.site import Visibility

Progress = Callable[[str, int, int], None]
"""Called with the name of the stage, how many are done, and how many there are."""


class Ahead(Protocol):
    """Somebody who looks at a preview while it is made. All is asked and told by the end of the build, in its own thread."""

    def wanted(self) -> Collection[str]:
        """Return the output paths that are looked at, the first first. Those that are outdated are rendered before all others; asked again between batches."""

    def rendered(self, staged: Mapping[str, str]) -> None:
        """Take files that are whole now: output path to the place in staging.

        When the build is committed they move to their places in the output; where it ends in an error they are dropped.
        """


class BuildRequest(msgspec.Struct, frozen=True):
    """The options of one build.

    `root` is the folder of site.toml. `output` and `base_url` override the settings. `preview` builds for the writer's own browser, with
    `drafts` and `future` as they are asked for. `at` is the build's "now" in microseconds since 1970 UTC, None for the clock; `jobs` None
    for the setting. `clean` forgets the caches first, `adopt` takes over planned paths in a foreign output, `verify` renders everything and
    compares. `ahead` is told of the pages of a preview as they are made. `timings` is filled by the build, and changes nothing of it.
    """

    root: Path
    output: Path | None = None
    base_url: str | None = None
    drafts: bool = False
    future: bool = False
    preview: bool = False
    at: int | None = None
    jobs: int | None = None
    strict: bool = False
    clean: bool = False
    adopt: bool = False
    verify: bool = False
    ahead: Ahead | None = None
    progress: Progress | None = None
    timings: Timings = OFF

    def __post_init__(self) -> None:
        if self.ahead is not None and not self.preview:
            raise ValueError("only a preview may be looked at before it is committed")

    @property
    def visibility(self) -> Visibility:
        if self.preview:
            return Visibility("preview", self.drafts, self.future)
        if self.drafts or self.future:
            return Visibility("drafts", self.drafts, self.future)
        return Visibility()
