"""Chinese and Japanese have no spaces, so a line break between two of their signs is none in the words (CSS Text 3, section 4.1.3). Korean keeps it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

WIDE = (
    "\u2e80-\u30ff\u3105-\u312f\u3190-\u31ff\u3220-\u3247\u3280-\u33ff\u3400-\u4dbf\u4e00-\ua4cf\uf900-\ufaff\ufe30-\ufe4f"
    "\uff01-\uff60\uff61-\uff9f\uffe0-\uffe6\U00020000-\U0003ffff"
)
"""Han, kana, Bopomofo and Yi, their punctuation, and wide and half-width forms; not Hangul."""

CJK = f"{WIDE}\uac00-\ud7af"
"""The same, and Hangul."""

_WIDE = re.compile(f"[{WIDE}]")
_BREAK = re.compile(rf"(?<=[{WIDE}])[ \t]*\n[ \t]*(?=[{WIDE}])")
_THROUGH = frozenset(
    {"em_open", "em_close", "strong_open", "strong_close", "s_open", "s_close", "mark_open", "mark_close", "link_open", "link_close"}
)
"""Tokens that show nothing themselves."""


def join_lines(text: str) -> str:
    """Return a text without the line breaks between wide signs."""
    return text if text.isascii() or "\n" not in text else _BREAK.sub("", text)


def remove_breaks(state: StateCore) -> None:
    """Make nothing of soft breaks between wide signs."""
    if state.src.isascii() or _WIDE.search(state.src) is None:
        return
    for token in state.tokens:
        if token.type == "inline" and "\n" in token.content and not token.content.isascii():
            _remove(token.children or [])


def _remove(children: Sequence[Token]) -> None:
    for place, token in enumerate(children):
        if token.type == "softbreak" and _is_wide(children, place, -1) and _is_wide(children, place, 1):
            token.type, token.tag, token.content = "text", "", ""
        elif token.type == "image" and token.children:
            _remove(token.children)


def _is_wide(children: Sequence[Token], place: int, step: int) -> bool:
    """Whether the nearest sign that is shown before (-1) or after (1) a break is wide."""
    place += step
    while 0 <= place < len(children):
        token = children[place]
        if token.type == "text" and token.content:
            return _WIDE.match(token.content[0 if step > 0 else -1]) is not None
        if token.type != "text" and token.type not in _THROUGH:
            return False
        place += step
    return False
