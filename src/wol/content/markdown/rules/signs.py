"""Signs that the site may switch on: marks, dashes and quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from markdown_it.rules_core import StateCore, smartquotes
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from wol.content.markdown.rules.east_asian import CJK

_QUOTES: dict[str, str | list[str]] = {
    "bg": "„“’‘",
    "ca": "«»“”",
    "cs": "„“‚‘",
    "da": "„“‚‘",
    "de": "„“‚‘",
    "de-ch": "«»‹›",
    "el": "«»“”",
    "es": "«»“”",
    "et": "„“‚‘",
    "fa": "«»‹›",
    "fi": "””’’",
    "fr": ["«\u00a0", "\u00a0»", "“", "”"],
    "fr-ch": "«»‹›",
    "he": "””’’",
    "hr": "„”‚’",
    "hu": "„”»«",
    "is": "„“‚‘",
    "it": "«»“”",
    "lt": "„“‚‘",
    "nb": "«»‘’",
    "nl": "“”‘’",
    "nn": "«»‘’",
    "no": "«»‘’",
    "pl": "„”«»",
    "pt": "“”‘’",
    "pt-pt": "«»“”",
    "ro": "„”«»",
    "ru": "«»„“",
    "sk": "„“‚‘",
    "sl": "„“‚‘",
    "sr": "„”’’",
    "sv": "””’’",
    "uk": "«»„“",
}
_SIGNS = re.compile(r"-{2,}|\.{3,}")
_PAIR = re.compile(rf'(?<=[{CJK}])"([^"\n]+)"|"([^"\n]+)"(?=[{CJK}])')
"""Quotes that the stock rule takes for apostrophes, since a letter stands on both sides of one: `他说"你好"吗`."""
_APOSTROPHE = re.compile(
    r"""(?<![\w'"‘“])'(?=(?:tis|twas|twere|til|em|cause|cuz|bout|round|cept|neath|nuff|gainst|tween)\b|\d\ds?\b(?!'))""", re.IGNORECASE
)
"""A `'` that begins a word and is no quote: ’tis, ’em, ’90s."""
_AND = re.compile(r"(?<!\w)'n'(?!\w)", re.IGNORECASE)
_LONGEST = 100_000
"""Characters of a paragraph above which quotes stay straight: the stock rule takes time by the square of the length."""


def quotes(language: str) -> str | list[str]:
    """Give the quotation marks of a language: opening and closing, then those inside."""
    primary, _, rest = language.lower().partition("-")
    return _QUOTES.get(f"{primary}-{rest.rpartition('-')[2]}") or _QUOTES.get(primary, "“”‘’")


def mark(state: StateInline, silent: bool) -> bool:
    """Take `==marked==`."""
    start, limit = state.pos, state.posMax
    source = state.src
    if silent or not source.startswith("==", start) or source[start + 2 : start + 3] in ("", "=", " ", "\n", "\t"):
        return False
    seen, seen_limit = state.env.get("unmarked", (None, 0))
    if seen is state and seen_limit == limit:
        return False
    state.pos = start + 2
    while state.pos < limit:
        if source.startswith("==", state.pos, limit) and not source[state.pos - 1].isspace():
            break
        state.md.inline.skipToken(state)
    end = state.pos
    state.pos = start
    if end >= limit:
        state.env["unmarked"] = (state, limit)  # no later mark can end either; without this, time grows by the square
        return False
    state.pos, state.posMax = start + 2, end
    state.push("mark_open", "mark", 1)
    state.md.inline.tokenize(state)
    state.push("mark_close", "mark", -1)
    state.pos, state.posMax = end + 2, limit
    return True


def changeable_texts(state: StateCore) -> Iterator[Token]:
    """Give the texts that may be changed: not those of bare addresses."""
    for inline in state.tokens:
        address = False
        for token in inline.children or ():
            if token.info == "auto":
                address = token.type == "link_open"
            elif token.type == "text" and not address:
                yield token


def dashes(state: StateCore) -> None:
    """Put `–` for `--`, `—` for `---`, `…` for `...`."""

    def sign(found: re.Match[str]) -> str:
        return {"--": "–", "---": "—", "...": "…"}.get(found[0], found[0])

    for token in changeable_texts(state):
        token.content = _SIGNS.sub(sign, token.content)


def curl_quotes(state: StateCore) -> None:
    """Put curly quotes by the stock rule, in the language of the text; before it apostrophes, and quotes beside signs of scripts without spaces."""
    findings = state.env.get("findings")
    language = findings.language if findings else state.env.get("language")
    marks: Any = quotes(language) if language else state.md.options["quotes"]
    for token in changeable_texts(state):
        if "'" in token.content:
            token.content = _APOSTROPHE.sub("’", _AND.sub("’n’", token.content))
        if '"' in token.content and not token.content.isascii():
            token.content = _PAIR.sub(lambda found: f"{marks[0]}{found[1] or found[2]}{marks[1]}", token.content)
    long = [(token, token.content) for token in state.tokens if token.type == "inline" and len(token.content) > _LONGEST]
    for token, _ in long:
        token.content = ""
    usual, state.md.options["quotes"] = state.md.options["quotes"], marks
    try:
        smartquotes(state)
    finally:
        state.md.options["quotes"] = usual
    for token, content in long:
        token.content = content
