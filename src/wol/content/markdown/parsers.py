"""The parsers of markdown-it-py with their loops over rules made short, for versions of it that are known."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any, NamedTuple

import markdown_it
from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkDestination
from markdown_it.parser_block import ParserBlock
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline, emphasis, link_pairs, strikethrough
from markdown_it.token import Token
from markdown_it.utils import EnvType

from wol.content.markdown.dispatch import BlockRuler, InlineRule, PlainText, by_sign
from wol.content.markdown.lean_states import LeanBlock, LeanInline, join_fragments, make_token

KNOWN_VERSIONS = ("4.3.",)
"""Versions of markdown-it-py whose loops and states have been compared with those here; with any other it works as it comes."""

_PLAIN_LINK = re.compile(
    r"(?:https?://(?:[a-z0-9-]{1,60}\.){1,3}[a-z0-9-]{1,60}(?=[/?#]|\Z)[\w;/?:@&=+$,\-.!~*'()#]*|(?!//)[\w;/?@&=+$,\-.!~*'()#]*)", re.ASCII
)
"""Addresses that are normal already and allowed: of the web, or without a scheme or host, and of plain signs."""

_PIECES = re.compile(r"(?s)(?:%[0-9A-Fa-f]{2}|.){1,1000}")
"""Pieces of a long address, none of which ends within an escape."""

_PATH = "/a"
"""What is put before a piece, so that it is taken for a path and not for a host."""

_PLAIN_DESTINATION = re.compile(r"[\w/.:?=#~+%,;@!$'*-]+(?=[ )\n])", re.ASCII)


_OF_PAIRS = {link_pairs: "", strikethrough.postProcess: "~", emphasis.postProcess: ""}
"""Rules that go through the signs of emphasis and the like, and have nothing to do where there are none; and what sign they need."""


class _Destination(NamedTuple):
    """What a link leads to, as the stock helper tells it."""

    pos: int
    str: str
    ok: bool = True


def _destination(source: str, start: int, end: int) -> Any:
    """Read what a link leads to: at once where it is of plain signs up to a blank or the closing bracket."""
    found = _PLAIN_DESTINATION.match(source, start, end)
    return _Destination(found.end(), found[0]) if found else parseLinkDestination(source, start, end)


class Parser(MarkdownIt):
    """The parser of markdown-it, which takes neither links nor their addresses apart that are plain."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        helpers: Any = SimpleNamespace(
            parseLinkDestination=_destination, parseLinkLabel=self.helpers.parseLinkLabel, parseLinkTitle=self.helpers.parseLinkTitle
        )
        self.helpers = helpers

    def normalizeLink(self, url: str) -> str:  # noqa: N802  # a name of markdown-it
        """Return an address with its special characters escaped; a long one in pieces, since mdurl takes time that grows with the square of its length."""
        if _PLAIN_LINK.fullmatch(url):
            return url
        first, *pieces = _PIECES.findall(url) or [url]
        normal = super().normalizeLink
        return normal(first) + "".join(normal(_PATH + piece)[len(_PATH) :] for piece in pieces)

    def validateLink(self, url: str) -> bool:  # noqa: N802  # a name of markdown-it
        """Tell whether an address is allowed: scripts and the like are not."""
        return _PLAIN_LINK.fullmatch(url) is not None or super().validateLink(url)

    def look_up_rules(self) -> None:
        """Make the loops short, after all rules are set; but not with a version of markdown-it-py that is not known."""
        if markdown_it.__version__.startswith(KNOWN_VERSIONS):
            self.inline = InlineParser(self.inline)
            self.block = BlockParser(self.block)


class InlineParser(ParserInline):
    """The inline parser of markdown-it with its two loops over rules made short; its first rule must be a `PlainText`."""

    def __init__(self, stock: ParserInline) -> None:
        super().__init__()
        self.ruler = stock.ruler
        self.ruler2 = stock.ruler2
        self._known: list[InlineRule] = []
        self._quick = False

    def _look_up(self, rules: list[InlineRule]) -> None:
        text = rules[0]
        if not isinstance(text, PlainText):
            raise TypeError("the first inline rule must be that of plain text")
        self._match = text.match
        table, self._other = by_sign(rules[1:])
        self._rules = table.get
        self._quick = all(rule in _OF_PAIRS or rule is join_fragments for rule in self.ruler2.getRules(""))
        self._known = rules

    def _is_plain(self, source: str) -> bool:
        """Tell whether a text is a single run of plain text, and no rule comes after that has not been compared."""
        rules = self.ruler.getRules("")
        if rules is not self._known:
            self._look_up(rules)
        return self._quick and 0 < len(source) == self._match(source, 0, len(source)).end()

    def tokenize(self, state: StateInline) -> None:
        """Make the tokens of a range: the loop of the stock parser."""
        rules = self.ruler.getRules("")
        if rules is not self._known:
            self._look_up(rules)
        match, rules_at, other = self._match, self._rules, self._other
        source, end, pos = state.src, state.posMax, state.pos
        deepest = state.md.options["maxNesting"]
        while pos < end:
            if state.level < deepest:
                stop = match(source, pos, end).end()
                if stop > pos:
                    state._pending_buffer.append(source[pos:stop])
                    state.pos = pos = stop
                    if pos >= end:
                        break
                for rule in rules_at(source[pos], other):
                    if rule(state, False):
                        if state.pos <= pos:
                            raise RuntimeError("inline rule didn't increment state.pos")
                        pos = state.pos
                        break
                else:
                    state.append_pending(source[pos])
                    state.pos = pos = pos + 1
            else:
                state.append_pending(source[pos])
                state.pos = pos = pos + 1
        if state.pending:
            state.pushPending()

    def skipToken(self, state: StateInline) -> None:  # noqa: N802  # a name of markdown-it
        """Go over one token without making it: the loop of the stock parser."""
        pos = state.pos
        cache = state.cache
        if pos in cache:
            state.pos = cache[pos]
            return
        rules = self.ruler.getRules("")
        if rules is not self._known:
            self._look_up(rules)
        if state.level < state.md.options["maxNesting"]:
            stop = self._match(state.src, pos, state.posMax).end()
            if stop > pos:
                state.pos = stop
            else:
                self._skip(state, pos)
        else:
            state.pos = state.posMax + 1  # as there: one more than the end
        cache[pos] = state.pos

    def _skip(self, state: StateInline, pos: int) -> None:
        state.level += 1
        for rule in self._rules(state.src[pos], self._other):
            if rule(state, True):
                state.level -= 1
                if state.pos <= pos:
                    raise RuntimeError("inline rule didn't increment state.pos")
                return
        state.level -= 1
        state.pos += 1

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Parse the text of one block."""
        if self._is_plain(src) and not tokens:
            tokens.append(make_token("text", "", 0, 0, src))
            return tokens
        state = LeanInline(src, md, env, tokens)
        self.tokenize(state)
        if self._quick and not state.texts:
            return tokens
        paired = bool(state.delimiters) or any(meta.get("delimiters") for meta in state.tokens_meta if meta)
        for rule in self.ruler2.getRules(""):
            if rule not in _OF_PAIRS or (paired and _OF_PAIRS[rule] in src):
                rule(state)
        return state.tokens


class BlockParser(ParserBlock):
    """The block parser of markdown-it with its rules looked up."""

    def __init__(self, stock: ParserBlock) -> None:
        super().__init__()
        self.ruler = BlockRuler(stock.ruler)

    def parse(self, src: str, md: MarkdownIt, env: EnvType, outTokens: list[Token]) -> list[Token] | None:  # noqa: N803  # a name of markdown-it
        """Parse the blocks of a text."""
        if not src:
            return None
        state = LeanBlock(src, md, env, outTokens)
        self.tokenize(state, state.line, state.lineMax)
        return state.tokens
