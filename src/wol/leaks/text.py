"""Texts in the one form in which they are compared, and the words in them."""

from __future__ import annotations

import html
import re
import unicodedata
from urllib.parse import unquote

SHORTEST = 5
"""Letters in the shortest word that counts; three in text that is not ASCII, where a character may be a syllable or a word."""

DEEP = 3
"""Levels of escaping that are undone: a feed holds HTML in XML."""

LETTERS = "a-z\u00c0-\u1fff\u2c00-\u2dff\u3040-\ud7ff\uf900-\ufdff\ufe70-\uffdc\U00010000-\U0010ffff"
INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|cite|code|del|em|font|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|u|var|wbr)(?:\s[^<>]*)?/?>|<!--.*?-->",
    re.DOTALL,
)
"""Markup that may be in the middle of a word."""

ESCAPED = re.compile(r"\\[abfnrtv]")
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_WORD = re.compile(f"[{LETTERS}]{{3,}}")
_LONG_WORD = re.compile(f"[{LETTERS}]{{{SHORTEST},}}")
_RUN = re.compile(f"[{LETTERS}]+")
_JSON = re.compile(r"(?:\\u[0-9a-fA-F]{4})+")
_ALIKE = {
    **INVISIBLE,
    **dict.fromkeys(map(ord, "\u2018\u2019\u02bc\uff07"), "'"),
    **dict.fromkeys(map(ord, "\u201c\u201d\u201e\u00ab\u00bb"), '"'),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014"), "-"),
    0x2026: "...",
}
"""Invisible characters, and those that typography substitutes for others."""


def folded(text: str) -> str:
    """Return a text in one case and one spelling: without escapes (URLs, HTML, JSON), invisible characters and typography."""
    for _ in range(DEEP):
        before = text
        if "%" in text:
            text = unquote(text, errors="ignore")
        if "&" in text:
            text = html.unescape(text)
        if "\\u" in text:
            text = _JSON.sub(_unescaped, text)
        if text == before:
            break
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.translate(_ALIKE))
    return text.replace("\\/", "/").casefold()


def _unescaped(found: re.Match[str]) -> str:
    units = bytes.fromhex(found[0].replace("\\u", ""))
    return units.decode("utf-16-be", "ignore")


def words_of(plain: str) -> set[str]:
    """Return the words of a folded text that are long enough to count."""
    return set((_LONG_WORD if plain.isascii() else _WORD).findall(plain))


def counts(word: str) -> bool:
    """Whether a word of a hidden item is long enough to be looked for."""
    return len(word) >= SHORTEST or not word.isascii()


def runs(plain: str) -> list[str]:
    """Return all runs of letters in a folded text, however short."""
    return _RUN.findall(plain)


def output_words(plain: str) -> set[str]:
    """Return the words of a folded artifact or hidden text, including those that tags break up; `\\n` in a string ends a word."""
    if "\\" in plain:
        plain = ESCAPED.sub(" ", plain)
    found = words_of(plain)
    if "<" in plain and len(joined := INLINE.sub("", plain)) != len(plain):
        found |= words_of(joined)
    return found
