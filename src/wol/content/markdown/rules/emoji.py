"""Names of emoji between colons, one after another too: `:tada:`, `:heart::star:`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from markdown_it.rules_core import StateCore

from wol.content.markdown.rules.signs import changeable_texts

_NAME = re.compile(r":([a-z0-9_+\-]+):(?!\d)")
_SHORT = re.compile(r"\d+|[a-z]{1,3}")


@cache
def signs() -> Mapping[str, str]:
    """Return each name with its sign."""
    lines = files("wol.content.markdown").joinpath("emoji.tsv").read_text("utf-8").splitlines()
    return dict(line.split("\t") for line in lines if not line.startswith("#"))


def emoji(state: StateCore) -> None:
    """Put the sign for each name that is known; `10:30:45` is a time, and `urn:de:x` no flag."""
    for token in changeable_texts(state):
        if token.content.count(":") > 1:
            token.content = _replaced(token.content)


def _replaced(text: str) -> str:
    out: list[str] = []
    at = 0
    while (found := _NAME.search(text, at)) is not None:
        name = found[1]
        sign = signs().get(name, "")
        if sign and _is_in_word(text, found):
            sign = ""
        out.append(text[at : found.start()] + (sign or text[found.start() : found.end() - 1]))
        at = found.end() if sign else found.end() - 1
    return "".join(out) + text[at:]


def _is_in_word(text: str, found: re.Match[str]) -> bool:
    """Whether a short name or a number stands between letters or digits."""
    before, after = text[max(0, found.start() - 1) : found.start()], text[found.end() : found.end() + 1]
    return (
        _SHORT.fullmatch(found[1]) is not None
        and (before + after).isascii()
        and before.isalnum()
        and (after.isalnum() or found[1].isdigit())
    )
