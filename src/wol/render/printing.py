"""What templates print: a value as HTML, and all that a page prints as one text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate, islice
from typing import Any

from jinja2 import Undefined
from markupsafe import Markup, escape

from wol.errors import WolError, diagnostic
from wol.model.page import MAX_PAGE
from wol.render.addresses import Href
from wol.render.bounds import size_of
from wol.render.failures import EndlessError
from wol.render.holes import Fragment, PrintedText, is_whole

_AT_ONCE = 1_000
_SPECIAL = re.compile("[&<>'\"]")


def shown(value: Any) -> str:
    """Give what is printed of a value, as HTML: nothing for None; what could only show an address in memory is an error."""
    kind = type(value)
    if kind is str or kind is Href:
        return value if _SPECIAL.search(value) is None else str(escape(value))
    if kind is Markup:
        found: str = value
        return found
    if kind is Fragment:
        return str(value)
    if value is None:
        return ""
    if (callable(value) or isinstance(value, Iterator)) and not isinstance(value, Undefined):
        what = "a function; call it with `()`" if callable(value) else "a sequence; make it a text with `|join`"
        raise WolError(diagnostic("template-failed", f"This cannot be shown: it is {what}"))
    if isinstance(value, list | tuple | dict):
        if size_of(value, MAX_PAGE) > MAX_PAGE:
            raise EndlessError(f"what it shows has over {MAX_PAGE:,} characters")
        for element in value.values() if isinstance(value, dict) else value:
            shown(element)  # raises for what cannot be shown by itself either
    return str(escape(value))


def limited(text: str) -> str:
    """Pass on a text that `~` made, if it is no longer than any page."""
    if len(text) > MAX_PAGE:
        raise EndlessError(f"`~` makes a text of over {MAX_PAGE:,} characters")
    return text


def place(value: Any) -> str:
    """Give what is printed of a value that may be a fragment: that stays one, so that its place is known."""
    fragment: str = value
    return fragment if is_whole(value) else shown(value)


def joined(pieces: Iterable[str]) -> PrintedText:
    """Join the pieces of a page, as many as any page needs."""
    source, text = iter(pieces), ""
    fragments: list[tuple[int, Fragment]] = []
    while len(text) <= MAX_PAGE and (more := list(islice(source, _AT_ONCE))):
        if Fragment in map(type, more):
            starts = accumulate(map(len, more), initial=len(text))
            fragments += [(start, piece) for start, piece in zip(starts, more, strict=False) if isinstance(piece, Fragment)]
        text += "".join(more)
    if len(text) > MAX_PAGE:
        raise EndlessError(f"the page has over {MAX_PAGE:,} characters")
    return PrintedText(text, fragments)
