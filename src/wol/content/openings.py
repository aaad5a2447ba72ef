"""Front matter that was meant but not typed as such: no slip in a fence may publish a draft.

Source: the authoring format, section 1.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

from wol.errors import Diagnostic, diagnostic

if TYPE_CHECKING:
    from wol.content.opening_walk import OpeningFinding

__all__ = ["Before", "examine", "examine_breaks"]

ODD_BREAK = re.compile(r"[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
"""What some programs show as a line break, and Markdown does not."""

_WORDS = re.compile(
    r"\s*+(?!\[(?:\[?_?toc|//|comment|#)|[\u30fc\u3164\u115f\u1160\uffa0]|(?:export|const|let|var)\s)[*_(!>`\[]*+[^\W_]"
    r"(?![\w.-]*+[^\w\s:=]?\s*[:=\uff1a\ufe55\uff1d])[^\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]*+(?:\n(?! {0,3}[-=])|\Z)",
    re.IGNORECASE,
)
"""A first line that is no fence and no `key: value`, nor a heading with an underline: so most texts begin."""


class Before(Enum):
    """What was read as front matter before the text that is looked at."""

    NOTHING = "nothing"
    FIELDS = "fields"
    EMPTY = "empty"
    LINES = "lines"


def examine(text: str, path: str, first_line: int, before: Before) -> Diagnostic | None:
    """Say what is wrong with the beginning of a text that would be published, if anything.

    Errors: `front-matter-syntax` for a line that hides, and for a line like a fence with fields behind it. Warning:
    `front-matter-as-text`, for two fields without either.
    """
    if before in (Before.FIELDS, Before.EMPTY) and _WORDS.match(text):
        return None
    from wol.content.opening_walk import Walk  # few texts need it, and its patterns are slow to compile

    walk = Walk(text, first_line, before)
    found = walk.look()
    if found is not None:
        return _error(found, path, before)
    named = {pair.field: (number, pair) for number, pair in reversed(walk.fields)}
    if before in (Before.NOTHING, Before.LINES) and len(named) > 1:
        (line, one), (_, other) = sorted(named.values())[:2]
        message = f"`{one.key}` and `{other.key}` look like front matter, but are published as text"
        return diagnostic("front-matter-as-text", message, path, line, 1, hint=_ways(before, f"{one.key}: {one.value}", 0))
    return None


def examine_breaks(text: str, path: str) -> Diagnostic | None:
    """Say whether a front matter, which begins a text, holds a field that hides behind a character that only looks like a line break.

    Word, Google Docs and some pages use them; YAML and TOML take what follows as part of the value before it.
    """
    if ODD_BREAK.search(text) is None:
        return None
    from wol.content.opening_lines import is_hiding, level, pair_of

    for number, row in enumerate(text.split("\n"), 1):
        for part in ODD_BREAK.split(row)[1:]:
            pair = pair_of(level(part))
            if pair is not None and is_hiding(pair, part):
                message = f"`{pair.key}: {pair.value}` belongs to the value before it, since what stands between them is not a line break"
                hint = "delete the invisible character before it and press Enter; if it belongs to the value, type a space there"
                return diagnostic("front-matter-syntax", message, path, number, 1, hint=hint)
    return None


def _error(found: OpeningFinding, path: str, before: Before) -> Diagnostic:
    if found.hidden:
        message = f"`{found.shown}` does not hide this text, because it is not in the front matter"
    elif before is not Before.NOTHING:
        message = "A second front matter seems to begin here, and only the first one is read"
    elif found.shown in ("---", "+++"):
        message = "Front matter seems to begin here, but it is read at the top of the file only"
    else:
        message = f"Front matter seems to begin here, with `{found.shown}` instead of `---`"
    return diagnostic("front-matter-syntax", message, path, found.line, 1, hint=_ways(before, found.shown, found.fence))


def _ways(before: Before, shown: str, fence: int) -> str:
    """Say how it becomes front matter, and how it stays text."""
    as_rule = f"write line {fence} as `***`" if fence else ""
    if before is Before.NOTHING:
        text = f"put two lines `---` at the top{' and ' if fence else ''}{as_rule}"
        return f"if it is front matter, move it to the top of the file, between two lines `---`, with a line `key: value` for each field; if it is text, {text}"
    if before is Before.LINES and not fence:
        escaped = shown.replace(":", "\\:", 1)
        return f"if it is front matter, remove the empty line above it; if it is text, write it as `{escaped}`"
    return f"if it is front matter, move its fields into the front matter above it; if it is text, {as_rule}"
