"""The anchors of headings as other tools make them, so that links to a blog's headings survive its move (`[markdown] heading_ids`).

Compared with those tools on 500 headings: `tests/fixtures/headings`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

from wol.model.slugs import heading_slug

_KEPT = frozenset({"Nd", "Nl", "Pc"})
_NOT_KRAMDOWN = re.compile(r"[^a-zA-Z0-9 -]")
_BEFORE_LETTERS = re.compile(r"[^a-zA-Z]+")

Style = Callable[[str, str], str]
"""Makes an anchor of the words of a heading and of its source."""


def _github(text: str, source: str) -> str:
    """As GitHub, github-slugger, and Jekyll with its usual GFM parser: letters, marks and digits of any script, `_` and `-` stay."""
    return "".join("-" if char == " " else char for char in text.lower() if char in " -" or _is_word(char))


def _kramdown(text: str, source: str) -> str:
    """As kramdown 2: of the source from its first letter on, what is ASCII; `section` if nothing is left (`basic_generate_id`)."""
    start = _BEFORE_LETTERS.match(source)
    kept = _NOT_KRAMDOWN.sub("", source[start.end() :] if start else source)
    return kept.replace(" ", "-").lower() or "section"


def _is_word(char: str) -> bool:
    category = unicodedata.category(char)
    return category[0] in "LM" or category in _KEPT or "\u24b6" <= char <= "\u24e9"


STYLES: Mapping[str, tuple[Style, int]] = {
    "wol": (lambda text, source: heading_slug(text), 2),
    "github": (_github, 1),
    "kramdown": (_kramdown, 1),
}
"""Each style with the number that the second heading with the same anchor gets."""
