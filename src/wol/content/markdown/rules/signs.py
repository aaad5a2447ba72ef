"""Signs that the site may switch on: marks, emoji names, dashes and quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it.rules_core import StateCore, smartquotes
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

_QUOTES: dict[str, str | list[str]] = {
    "cs": "„“‚‘",
    "da": "„“‚‘",
    "de": "„“‚‘",
    "es": "«»“”",
    "fi": "””’’",
    "fr": ["«\u00a0", "\u00a0»", "“", "”"],
    "it": "«»“”",
    "nb": "«»‘’",
    "nl": "“”‘’",
    "nn": "«»‘’",
    "no": "«»‘’",
    "pl": "„”‚’",
    "pt": "“”‘’",
    "ru": "«»„“",
    "sk": "„“‚‘",
    "sl": "„“‚‘",
    "sv": "””’’",
    "uk": "«»„“",
}
_EMOJI = re.compile(r"(?<![\w:]):([a-z0-9_+\-]+):(?![\w:])")
_SIGNS = re.compile(r"-{2,}|\.{3,}")
_LONGEST = 100_000
"""Characters of a paragraph above which quotes stay straight: the stock rule takes time by the square of the length."""


def quotes(language: str) -> str | list[str]:
    """Give the quotation marks of a language: opening and closing, then those inside."""
    return _QUOTES.get(language.split("-")[0].lower(), "“”‘’")


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


def _texts(state: StateCore) -> Iterator[Token]:
    """Give the texts that may be changed: not those of bare addresses."""
    for inline in state.tokens:
        address = False
        for token in inline.children or ():
            if token.info == "auto":
                address = token.type == "link_open"
            elif token.type == "text" and not address:
                yield token


def emoji(state: StateCore) -> None:
    """Put the sign for `:name:`, as far as Rich's table has the name."""
    from rich.emoji import Emoji, NoEmoji

    def sign(found: re.Match[str]) -> str:
        try:
            return str(Emoji(found[1]))
        except NoEmoji:
            return found[0]

    for token in _texts(state):
        if ":" in token.content:
            token.content = _EMOJI.sub(sign, token.content)


def dashes(state: StateCore) -> None:
    """Put `–` for `--`, `—` for `---`, `…` for `...`."""

    def sign(found: re.Match[str]) -> str:
        return {"--": "–", "---": "—", "...": "…"}.get(found[0], found[0])

    for token in _texts(state):
        token.content = _SIGNS.sub(sign, token.content)


def curl_quotes(state: StateCore) -> None:
    """Put curly quotes by the stock rule."""
    long = [(token, token.content) for token in state.tokens if token.type == "inline" and len(token.content) > _LONGEST]
    for token, _ in long:
        token.content = ""
    smartquotes(state)
    for token, content in long:
        token.content = content
