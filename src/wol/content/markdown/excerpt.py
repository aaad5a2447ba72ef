"""The excerpt of a text: what stands above `<!--more-->`, else the first paragraph."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token

from wol.content.markdown.lean_states import copy_token
from wol.content.markdown.rules.foreign import is_only_foreign
from wol.content.markdown.rules.headings import plain
from wol.content.markdown.visible_words import shows

_FOOT = "footnotes_open"
_SHOWN = frozenset({"fence", "code_block", "hr"})


def find_excerpt(tokens: Sequence[Token], *, more: bool) -> tuple[list[Token], bool]:
    """Give the blocks of the excerpt, and whether the text has more than them; `more` tells that there is a mark `<!--more-->`.

    The tokens are copies without anchors and notes.
    """
    above = _above_more(tokens) if more else None
    if above is not None and _shows(above[0]):
        return [_bare(token) for token in above[0]], _shows(above[1])
    chosen = _first_paragraph(tokens)
    if chosen is None:
        return [], _shows(tokens)
    start, end = chosen
    paragraph = [copy_token(_bare(token)) for token in tokens[start:end]]
    for token in paragraph:
        token.hidden = False
    return paragraph, _shows(tokens[:start]) or _shows(tokens[end:])


def bare(tokens: Sequence[Token]) -> list[Token]:
    """Give tokens without anchors and footnotes, for small texts, many of which may stand on one page."""
    return [_bare(token) for token in tokens]


def _above_more(tokens: Sequence[Token]) -> tuple[list[Token], list[Token]] | None:
    """Cut tokens at the mark, closing what is open there; None without a mark."""
    opened: list[Token] = []
    for place, token in enumerate(tokens):
        if token.type == _FOOT:
            return None
        if token.type == "comment" and token.meta.get("more"):
            return [*tokens[:place], *_closed(opened)], [*tokens[place + 1 :]]
        if token.type == "inline" and (cut := _cut_inline(token)) is not None:
            return [*tokens[:place], cut[0], *_closed(opened)], [cut[1], *tokens[place + 1 :]]
        if token.nesting > 0:
            opened.append(token)
        elif token.nesting < 0:
            opened.pop()
    return None


def _cut_inline(inline: Token) -> tuple[Token, Token] | None:
    children = inline.children or []
    opened: list[Token] = []
    for place, child in enumerate(children):
        if child.type == "comment" and child.meta.get("more"):
            return inline.copy(children=[*children[:place], *_closed(opened)]), inline.copy(children=children[place + 1 :])
        if child.nesting > 0:
            opened.append(child)
        elif child.nesting < 0:
            opened.pop()
    return None


def _closed(opened: Sequence[Token]) -> list[Token]:
    return [
        Token(
            token.type.removesuffix("_open") + "_close",
            token.tag,
            -1,
            level=token.level,
            block=token.block,
            hidden=token.hidden,
            meta=token.meta,
        )
        for token in reversed(opened)
    ]


def _first_paragraph(tokens: Sequence[Token]) -> tuple[int, int] | None:
    """Find the first paragraph with text: one that stands by itself, else one in a quote or list, else one of template syntax."""
    fallback: dict[int, tuple[int, int]] = {}
    for place, token in enumerate(tokens):
        if token.type == _FOOT:
            break
        if token.type == "paragraph_open" and (text := plain(tokens[place + 1].children).strip()):
            found = place, place + 3
            rank = 2 if is_only_foreign(text) else 1 if token.level else 0
            if rank == 0:
                return found
            fallback.setdefault(rank, found)
    return fallback.get(1) or fallback.get(2)


def _shows(tokens: Sequence[Token]) -> bool:
    """Tell whether tokens show anything."""
    for token in tokens:
        if token.type == "inline":
            if any(child.type == "image" or child.content.strip() for child in token.children or ()):
                return True
        elif (
            (token.type == "part" and token.content.strip())
            or token.type in _SHOWN
            or (token.type == "html_block" and shows(token.content))
        ):
            return True
    return False


def _bare(token: Token) -> Token:
    if not token.children and "id" not in token.attrs:
        return token
    bare = copy_token(token)
    bare.attrs = {name: value for name, value in token.attrs.items() if name != "id"}
    if token.children:
        bare.children = [_bare(child) for child in token.children if child.type != "footnote_ref"]
    return bare
