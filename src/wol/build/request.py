"""What one build is asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from wol.build.timings import OFF, Timings
from wol.model.site import Visibility

Progress = Callable[[str, int, int], None]
"""Called with the name of the stage, how many are done, and how many there are."""


class BuildRequest(msgspec.Struct, frozen=True):
    """The options of one build.

    `root` is the folder of site.toml. `output` and `base_url` override the settings. `preview` builds for the writer's own browser, with
    `drafts` and `future` as they are asked for. `at` is the build's "now" in microseconds since 1970 UTC, None for the clock; `jobs` None
    for the setting. `clean` forgets the caches first, `adopt` takes over planned paths in a foreign output, `verify` renders everything and
    compares. `timings` is filled by the build, and changes nothing of it.
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
    progress: Progress | None = None
    timings: Timings = OFF

    @property
    def visibility(self) -> Visibility:
        if self.preview:
            return Visibility("preview", self.drafts, self.future)
        if self.drafts or self.future:
            return Visibility("drafts", self.drafts, self.future)
        return Visibility()
