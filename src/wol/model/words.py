"""Words of a plain text: runs without spaces that begin with a letter or digit, and single characters in Chinese and Japanese.

Thai, Lao, Khmer and Burmese have no spaces between words, and to find those takes a dictionary. Here a word of Thai and Lao is four clusters (a letter with its marks),
one of Khmer and Burmese three: an estimate, so that a long text is not one word.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

_ALONE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
"""Kana and Han: scripts without spaces, in which a character counts as a word."""
_CLUSTERS = (
    r"(?:[\u0e01-\u0e30\u0e32\u0e40-\u0e46\u0e50-\u0e59][\u0e31\u0e33-\u0e3a\u0e47-\u0e4e]*){1,4}",
    r"(?:[\u0e81-\u0eb0\u0eb2\u0ebd\u0ec0-\u0ec6\u0ed0-\u0edf][\u0eb1\u0eb3-\u0ebc\u0ec8-\u0ece]*){1,4}",
    r"(?:[\u1780-\u17b3\u17d7\u17dc\u17e0-\u17e9](?:\u17d2[\u1780-\u17b3]|[\u17b4-\u17d1\u17d3\u17dd])*){1,3}",
    r"(?:[\u1000-\u102a\u103f-\u1049\u1050-\u1055](?:\u1039[\u1000-\u102a]|[\u102b-\u1038\u103a-\u103e\u1056-\u1059])*){1,3}",
)
"""A word of Thai, Lao, Khmer and Burmese, estimated."""
_UNSPACED = rf"{_ALONE}\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_NO_WORDS = {code: None for code in range(128) if not chr(code).isalnum() and not chr(code).isspace()}
"""Takes from an ASCII text what makes no word: then each run of what is left holds a letter or digit, and is one word."""


WORDS_A_MINUTE = 230
"""How fast a text is read."""


@cache
def _word() -> re.Pattern[str]:
    """Give the expression of a word. It takes milliseconds to make, and a text in ASCII does without."""
    return re.compile(rf"[{_ALONE}][\uff9e\uff9f]*|{'|'.join(_CLUSTERS)}|(?![{_UNSPACED}])[^\W_](?:(?![{_UNSPACED}])\S)*")


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
