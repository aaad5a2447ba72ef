"""Inline parsing: the loop over all inline texts, the lines at which links and tags stand, and rules by their first sign.

Tokens inside an `inline` token have no line of their own in markdown-it; the position is noted when they are made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from wol.content.markdown.dispatch import InlineRule, PlainText
from wol.content.markdown.findings import Findings, findings_of
from wol.content.markdown.foreign_syntax import note
from wol.content.markdown.rule_failures import RuleFailedError
from wol.content.markdown.rules.near_links import NEAR_LINK
from wol.model.markdown_syntax import begins_with

_ALWAYS = "\n!&*<[]\\_`{%"
"""Signs at which plain text stops: those that a rule begins with, and `]`, at which labels end."""


def parse_inline(tokens: Iterable[Token], md: MarkdownIt, state: StateCore) -> None:
    """Parse the text of all `inline` tokens, and give their children lines."""
    line = [0, 0]
    findings = findings_of(state.env)
    for token in tokens:
        if token.type == "inline":
            if token.map is None:
                token.map = line
            line = token.map
            token.children = []
            try:
                md.inline.parse(token.content, md, state.env, token.children)
            except RuleFailedError as error:
                error.line = line[0] + token.content.count("\n", 0, error.position)
                raise
            _give_lines(token, line[0])
            if findings.noted or findings.seen:
                _report_noted(findings, token.content, line[0])


def _give_lines(token: Token, line: int) -> None:
    at = 0
    for child in token.children or ():
        if (position := child.meta.get("at") if child.meta else None) is not None:
            line += token.content.count("\n", at, position)
            at = position
            child.map = [line, line + 1]


def _report_noted(findings: Findings, text: str, line: int) -> None:
    """Report what rules have noted of a block, at its lines."""
    for place, message, hint in findings.noted:
        findings.report(NEAR_LINK, message, findings.first_line + line + text.count("\n", 0, place), hint)
    for place, kind, shown in findings.seen:
        note(findings, kind, shown, findings.first_line + line + text.count("\n", 0, place))
    findings.noted.clear()
    findings.seen.clear()


def positioned(rule: InlineRule, first: str) -> InlineRule:
    """Wrap a stock rule, which begins with the sign `first`, so that the token it makes knows its position."""

    def wrapped(state: StateInline, silent: bool) -> bool:
        start = state.pos
        if state.src[start] != first:
            return False
        before = len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent:
            made = state.tokens[before]
            if made.type == "text":
                made = state.tokens[before + 1]
            made.meta["at"] = start
        return True

    return begins_with(first)(wrapped)


def imaging(rule: InlineRule) -> InlineRule:
    """Wrap the rule of images, whose alternative text is parsed on its own: what is found in it shows nowhere."""

    def wrapped(state: StateInline, silent: bool) -> bool:
        if state.src[state.pos] != "!" or silent:
            return rule(state, silent)
        findings = findings_of(state.env)
        findings.in_image += 1
        try:
            return rule(state, silent)
        finally:
            findings.in_image -= 1

    return begins_with("!")(wrapped)


def either(first: InlineRule, second: InlineRule) -> InlineRule:
    """Make one rule of two that begin with the same sign."""
    return lambda state, silent: first(state, silent) or second(state, silent)


def plain_text(signs: str, *, addresses: bool) -> PlainText:
    """Make the rule that takes plain text up to the next place at which some other rule may begin.

    It is the stock rule with fewer places to stop at: those of the rules that there are, and of addresses not each `:` and `w`.
    """
    stops = re.escape("".join(sorted({*_ALWAYS, *signs})))
    run = rf"[^{stops}hw]*(?:[hw](?!ttps?://|ww\.)[^{stops}hw]*)*" if addresses else rf"[^{stops}]*"
    return PlainText(re.compile(run).match)
