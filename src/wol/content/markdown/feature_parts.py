"""Parts of a text that features render, and callouts that the theme renders: taken out of the tokens, which then hold a placeholder for each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

import msgspec
from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from wol.content.markdown.lean_states import copy_token
from wol.content.markdown.parts import BLOCK
from wol.content.markdown.rule_failures import RuleFailedError
from wol.content.markdown.rules.near_links import TYPED
from wol.model.item import Callout, Candidate, Dynamic, Part

PART = "part"
"""Type of a token that is a part, and key in its `meta` for kind and arguments."""

OPEN, CLOSE = "part_open", "part_close"

Render = Callable[[Sequence[Token]], tuple[Part, ...]]
"""Renders tokens to parts."""


class Taker:
    """Takes parts out of the tokens of one text, outermost first; a token is never changed, since a text is rendered more than once."""

    def __init__(self, callouts: Collection[str], kinds: Collection[str], render: Render, *, uncertain: bool = False) -> None:
        self._uncertain = uncertain
        self._callouts = callouts
        self._kinds = kinds
        self._render = render
        self.taken: list[Callout | Dynamic | Candidate] = []

    def blocks(self, tokens: Sequence[Token]) -> list[Token]:
        """Return blocks with placeholders; raises RuleFailedError for a token that is no part."""
        out: list[Token] = []
        depth = start = 0
        for place, token in enumerate(tokens):
            if depth:
                depth += token.nesting
                if depth == 0:
                    inner = tokens[start : place + 1]
                    self._take(out, self._block(inner), "html_block")
            elif token.type == OPEN or self._is_own_callout(token) or self._is_uncertain_figure(tokens, place):
                start, depth = place, 1
            elif token.type == PART:
                self._take(out, self._part((token,), ()), "html_block")
            elif token.type == "inline" and self._has_parts(token.children or ()):
                out.append(token.copy(children=self._inline(token.children or [])))
            elif token.type != CLOSE:
                out.append(token)
        if depth:
            raise RuleFailedError("", f"a token `{tokens[start].type}` has no close", _line(tokens[start]))
        return out

    def _inline(self, children: Sequence[Token]) -> list[Token]:
        out: list[Token] = []
        depth = start = 0
        for place, child in enumerate(children):
            if depth:
                depth += (child.type == OPEN) - (child.type == CLOSE)
                if depth == 0:
                    inner = Token("inline", "", 0, children=list(children[start + 1 : place]), block=True)
                    self._take(out, self._part((children[start],), (inner,)), "html_inline")
            elif child.type == OPEN:
                start, depth = place, 1
            elif child.type == PART:
                self._take(out, self._part((child,), ()), "html_inline")
            elif self._uncertain and child.type == "image" and TYPED in child.meta:
                self._take(out, self._candidate(child), "html_inline")
            elif child.type != CLOSE:
                out.append(child)
        if depth:
            raise RuleFailedError("", f"a token `{OPEN}` has no close in its block")
        return out

    def _is_own_callout(self, token: Token) -> bool:
        return token.type == "callout_open" and token.meta["name"] in self._callouts

    def _is_uncertain_figure(self, tokens: Sequence[Token], place: int) -> bool:
        return self._uncertain and tokens[place].type == "figure_open" and self._has_parts(tokens[place + 1].children or ())

    def _block(self, tokens: Sequence[Token]) -> Callout | Dynamic | Candidate:
        """Take a part, a callout or a figure, from its opening to its closing token."""
        if tokens[0].type == OPEN:
            return self._part(tokens, tokens[1:-1])
        return self._callout(tokens) if tokens[0].type == "callout_open" else self._figure(tokens)

    def _has_parts(self, children: Sequence[Token]) -> bool:
        if self._kinds and any(child.type in (PART, OPEN, CLOSE) for child in children):
            return True
        return self._uncertain and any(child.type == "image" and TYPED in child.meta for child in children)

    def _figure(self, tokens: Sequence[Token]) -> Candidate:
        """Take the figure of an image of which it is not certain that it is one."""
        image = next(child for child in tokens[1].children or () if child.type == "image")
        inner = copy_token(tokens[1])
        inner.children = [_certain(image)]
        return Candidate(image.meta["link"], self._render((tokens[0], inner, tokens[2])), f"<p>{escapeHtml(image.meta[TYPED])}</p>\n")

    def _candidate(self, image: Token) -> Candidate:
        """Take an image of which it is not certain that it is one."""
        inner = Token("inline", "", 0, children=[_certain(image)], block=True)
        return Candidate(image.meta["link"], self._render((inner,)), escapeHtml(image.meta[TYPED]))

    def _take(self, out: list[Token], part: Callout | Dynamic | Candidate, kind: str) -> None:
        out.append(Token(kind, "", 0, content=BLOCK.format(len(self.taken)), block=kind == "html_block"))
        self.taken.append(part)

    def _part(self, tokens: Sequence[Token], inner: Sequence[Token]) -> Dynamic:
        token = tokens[0]
        kind, args = self._said(token)
        return Dynamic(kind, args, self._render(inner) if inner else (), token.content)

    def _said(self, token: Token) -> tuple[str, dict[str, Any]]:
        """Return kind and arguments of a part; raises RuleFailedError."""
        line = _line(token)
        try:
            kind, args = token.meta[PART]
        except (KeyError, TypeError, ValueError):
            raise RuleFailedError("", f"the `meta` of a token `{token.type}` has no `part` with a kind and arguments", line) from None
        if kind not in self._kinds:
            raise RuleFailedError(
                "", f"a token is a part of the kind `{kind!s:.60}`, which no feature has in `parts` of its `syntax`", line
            )
        try:
            return kind, msgspec.convert(msgspec.msgpack.decode(msgspec.msgpack.encode(args)), dict[str, Any])
        except (TypeError, ValueError, OverflowError, RecursionError) as error:
            raise RuleFailedError("", f"the arguments of a part `{kind}` are no plain data by name: {error}", line) from None

    def _callout(self, tokens: Sequence[Token]) -> Callout:
        opening = tokens[0]
        meta = opening.meta
        classes = tuple(str(opening.attrs.get("class", "")).split())
        title, parts = self._render(tokens[2:3]), self._render(tokens[4:-1])
        return Callout(meta["name"], title, parts, meta["fold"], str(opening.attrs.get("id", "")), classes, meta["words"], meta["values"])


def _certain(image: Token) -> Token:
    """Copy an image as one of which it is certain that it is one."""
    certain = copy_token(image)
    certain.meta = {name: value for name, value in image.meta.items() if name != TYPED}
    return certain


def _line(token: Token) -> int:
    return token.map[0] if token.map else 0
