"""What a terminal can show: whether one is there, colours, and text without control characters."""

from __future__ import annotations

import os
import re
from typing import TextIO

import click

_INVISIBLE = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")


class Styler:
    """Colours text for one stream; leaves it as it is if that is not a terminal, is a dumb one, or NO_COLOR is set."""

    def __init__(self, stream: TextIO | None) -> None:
        self.on = is_terminal(stream) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"

    def __call__(self, text: str, colour: str = "", *, bold: bool = False, dim: bool = False) -> str:
        return click.style(text, fg=colour or None, bold=bold or None, dim=dim or None) if self.on else text


def is_terminal(stream: TextIO | None) -> bool:
    """Return whether a stream is a terminal."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # it is closed
        return False


def printable(text: str) -> str:
    """Escape characters that would control the terminal: `\\x1b`."""
    return _INVISIBLE.sub(lambda char: char[0].encode("unicode_escape").decode("ascii"), text)
