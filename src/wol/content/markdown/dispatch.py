"""Trying only the rules that can match: by the sign at which a line, or a piece of a line, begins.

markdown-it tries all its rules in turn at every line and at every stop of a line; nearly all of them look at one sign and say no. Here it
is known of each rule, by the function itself, with which signs it begins. A rule of which that is not known is tried always, in its turn,
so the outcome is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from markdown_it import rules_block, rules_inline
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from wol.model.markdown_syntax import ENDS, SIGNS

InlineRule = Callable[[StateInline, bool], bool]
BlockRule = Callable[[StateBlock, int, int, bool], bool]
AnyRule = TypeVar("AnyRule", bound=Callable[..., bool])

_STOCK: dict[Callable[..., bool], str] = {
    rules_inline.newline: "\n",
    rules_inline.escape: "\\",
    rules_inline.backtick: "`",
    rules_inline.strikethrough.tokenize: "~",
    rules_inline.emphasis.tokenize: "*_",
    rules_inline.link: "[",
    rules_inline.image: "!",
    rules_inline.autolink: "<",
    rules_inline.html_inline: "<",
    rules_inline.entity: "&",
    rules_block.code: "",
    rules_block.fence: "`~",
    rules_block.blockquote: ">",
    rules_block.hr: "*-_",
    rules_block.list_block: "*-+0123456789",
    rules_block.reference: "[",
    rules_block.html_block: "<",
    rules_block.heading: "#",
}
"""Rules of markdown-it-py and the signs with which they begin; that of indented code begins with none, for its lines are not looked up."""


def first_signs(rule: Callable[..., bool], *, ends: bool = False) -> str | None:
    """Give the signs with which a rule begins, or with which it `ends` another block; None where that is not known."""
    signs: str | None = getattr(rule, ENDS if ends else SIGNS, None)
    return _STOCK.get(rule) if signs is None else signs


class BySign:
    """One inline rule made of many, each for one sign."""

    def __init__(self, rules: Mapping[str, InlineRule]) -> None:
        self.rules = rules
        self.signs = "".join(rules)

    def __call__(self, state: StateInline, silent: bool) -> bool:
        rule = self.rules.get(state.src[state.pos])
        return rule is not None and rule(state, silent)


class PlainText:
    """The inline rule that takes plain text: all that an expression matches at a place, which may be nothing."""

    def __init__(self, match: Callable[[str, int, int], Any]) -> None:
        self.match = match

    def __call__(self, state: StateInline, silent: bool) -> bool:
        start = state.pos
        end: int = self.match(state.src, start, state.posMax).end()
        if end == start:
            return False
        if not silent:
            state.append_pending(state.src[start:end])
        state.pos = end
        return True


def by_sign(rules: Sequence[AnyRule], *, ends: bool = False) -> tuple[dict[str, tuple[AnyRule, ...]], tuple[AnyRule, ...]]:
    """Give, in their order, the rules to be tried at each sign, and those to be tried at any other; `ends`: to end another block."""
    known = [(rule, first_signs(rule, ends=ends)) for rule in rules]
    signs = {sign for _, begins in known for sign in begins or ""}
    table = {sign: tuple(_for_sign(rule, sign) for rule, begins in known if begins is None or sign in begins) for sign in signs}
    return table, tuple(rule for rule, begins in known if begins is None)


def _for_sign(rule: AnyRule, sign: str) -> AnyRule:
    return rule.rules[sign] if isinstance(rule, BySign) else rule  # type: ignore[return-value]


class BlockRuler(Ruler[BlockRule]):
    """The block rules, of which each chain is one rule that looks up those to be tried."""

    def __init__(self, stock: Ruler[BlockRule]) -> None:
        super().__init__()
        self.__rules__ = stock.__rules__

    def __compile__(self) -> None:
        super().__compile__()
        chains = self.__cache__ or {}
        self.__cache__ = {name: [_chain(rules, ends=bool(name))] for name, rules in chains.items()}


def _chain(rules: Sequence[BlockRule], *, ends: bool) -> BlockRule:
    """Make one rule of a chain. Lines of indented code, and what is no line, are left to all of its rules."""
    table, other = by_sign(rules, ends=ends)
    rules_at = table.get

    def first_that_matches(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        at = state.bMarks[start] + state.tShift[start]
        likely = at < state.eMarks[start] and state.sCount[start] - state.blkIndent < 4
        for rule in rules_at(state.src[at], other) if likely else rules:  # noqa: SIM110 - a loop is twice as fast as `any`
            if rule(state, start, end, silent):
                return True
        return False

    return first_that_matches
