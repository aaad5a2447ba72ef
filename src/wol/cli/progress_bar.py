"""A progress bar for long builds, on terminals only."""

from __future__ import annotations

import shutil
from typing import TextIO

from wol import clock
from wol.cli.terminal import Styler

PATIENCE = 1.0
"""Seconds before anything is shown."""

PACE = 0.1
"""Seconds from one change of the line to the next."""

_STAGES = {"read": "Reading", "render": "Rendering", "check": "Checking", "copy": "Copying", "send": "Sending"}
_WIDTH = 30


class ProgressBar:
    """Shows the stage, a bar and the numbers; `__call__` is what a build calls as its progress. Has no thread, so processes may be forked."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._style = Styler(stream)
        self._next = clock.elapsed() + PATIENCE
        self._shown = False

    def __call__(self, stage: str, done: int, total: int) -> None:
        if clock.elapsed() < self._next:
            return
        self._next = clock.elapsed() + PACE
        filled = _WIDTH * done // total if total else 0
        bar = self._style("━" * filled, "cyan") + self._style("─" * (_WIDTH - filled), dim=True)
        line = f"{_STAGES.get(stage, stage):<9} {bar} {done:,} of {total:,}"
        if shutil.get_terminal_size().columns < len("Rendering  10,000 of 10,000") + _WIDTH + 1:
            line = f"{_STAGES.get(stage, stage)} {done:,} of {total:,}"
        self._stream.write(f"\r\x1b[K{line}")
        self._stream.flush()
        self._shown = True

    def clear(self) -> None:
        """Remove the line."""
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._shown = False
