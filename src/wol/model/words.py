"""Words of a plain text: runs without spaces that begin with a letter or digit, and single characters in Chinese and Japanese."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

_ALONE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Kana and Han: scripts without spaces, in which a character counts as a word."""
_NO_WORDS = {code: None for code in range(128) if not chr(code).isalnum() and not chr(code).isspace()}
"""Takes from an ASCII text what makes no word: then each run of what is left holds a letter or digit, and is one word."""


WORDS_A_MINUTE = 230
"""How fast a text is read."""


@cache
def _word() -> re.Pattern[str]:
    """Give the expression of a word. It takes milliseconds to make, and a text in ASCII does without."""
    return re.compile(rf"[{_ALONE}]|[^\W_](?:(?![{_ALONE}])\S)*")


def count_words(text: str) -> int:
    """Count the words of a plain text."""
    if text.isascii():
        return len(text.translate(_NO_WORDS).split())
    return len(_word().findall(text))


def reading_minutes(words: int) -> int:
    """Give how long it takes to read so many words, at least a minute."""
    return max(1, round(words / WORDS_A_MINUTE))


def first_words(text: str, number: int) -> str | None:
    """Give a text up to its word of that number; None if it has no more words than that."""
    found = list(islice(_word().finditer(text), number + 1))
    return text[: found[number - 1].end() if number > 0 else 0] if len(found) > number else None
