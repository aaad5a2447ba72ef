"""The states of the parsers of markdown-it-py, with the same outcome for less: tokens, pending text, lines and flanking signs.

What is replaced here is called for every token and every line of a text. Each method says what the stock one says, by its own tests of
sameness; `dispatch` uses them with versions of markdown-it-py only in which that has been checked.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from markdown_it.utils import EnvType

Nesting = Literal[-1, 0, 1]

_new = Token.__new__


def make_token(kind: str, tag: str, nesting: Nesting, level: int, content: str = "", *, block: bool = False) -> Token:
    """Make a token as `Token` does, without looking at attributes that are not there."""
    token = _new(Token)
    token.type = kind
    token.tag = tag
    token.nesting = nesting
    token.attrs = {}
    token.map = None
    token.level = level
    token.children = None
    token.content = content
    token.markup = ""
    token.info = ""
    token.meta = {}
    token.block = block
    token.hidden = False
    return token


def copy_token(token: Token) -> Token:
    """Copy a token, but not what it holds."""
    return Token(
        token.type,
        token.tag,
        token.nesting,
        token.attrs,
        token.map,
        token.level,
        token.children,
        token.content,
        token.markup,
        token.info,
        token.meta,
        token.block,
        token.hidden,
    )


@lru_cache(maxsize=4096)
def _flanks(before: str, after: str, splits_words: bool) -> tuple[bool, bool]:
    """Tell whether signs of emphasis between two others can open it, and whether they can close it."""
    space_before, space_after = isWhiteSpace(ord(before)), isWhiteSpace(ord(after))
    sign_before = isMdAsciiPunct(ord(before)) or isPunctChar(before)
    sign_after = isMdAsciiPunct(ord(after)) or isPunctChar(after)
    left = not (space_after or (sign_after and not (space_before or sign_before)))
    right = not (space_before or (sign_before and not (space_after or sign_after)))
    return left and (splits_words or not right or sign_before), right and (splits_words or not left or sign_after)


class LeanInline(StateInline):
    """The state of one inline text; `texts` tells that a rule has made a text, so that two may stand side by side."""

    texts = False

    def pushPending(self) -> Token:  # noqa: N802  # a name of markdown-it
        buffer = self._pending_buffer
        text = buffer[0] if len(buffer) == 1 and not self._pending else self.pending
        token = make_token("text", "", 0, self.pendingLevel, text)
        self.tokens.append(token)
        self._pending = ""
        self._pending_buffer = []
        return token

    def push(self, ttype: str, tag: str, nesting: Nesting) -> Token:
        buffer = self._pending_buffer
        if (buffer or self._pending) and (text := buffer[0] if len(buffer) == 1 and not self._pending else self.pending):
            self.tokens.append(make_token("text", "", 0, self.pendingLevel, text))
            self._pending = ""
            self._pending_buffer = []
        if nesting < 0:
            self.level -= 1
            self.delimiters = self._prev_delimiters.pop()
        elif ttype == "text":
            self.texts = True
        token = make_token(ttype, tag, nesting, self.level)
        self.tokens.append(token)
        if nesting > 0:
            self.level += 1
            self._prev_delimiters.append(self.delimiters)
            self.delimiters = []
            self.tokens_meta.append({"delimiters": self.delimiters})
        else:
            self.tokens_meta.append(None)
        self.pendingLevel = self.level
        return token

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803  # a name of markdown-it
        source, end = self.src, self.posMax
        marker = source[start]
        stop = start + 1
        while stop < end and source[stop] == marker:
            stop += 1
        before = source[start - 1] if start > 0 else " "
        after = source[stop] if stop < end else " "
        can_open, can_close = _flanks(before, after, canSplitWord)
        return Scanned(can_open, can_close, stop - start)


def join_fragments(state: StateInline) -> None:
    """Join texts that stand side by side, and give all tokens their level, since some texts have become tags."""
    level = 0
    tokens: list[Token] = []
    run: list[str] = []
    before = ""
    for token in state.tokens:
        if token.nesting < 0:
            level -= 1
        token.level = level
        if token.nesting > 0:
            level += 1
        kind = token.type
        if kind == "text" == before:
            run = run or [tokens[-1].content]
            run.append(token.content)
            tokens[-1] = token
            continue
        if run:
            tokens[-1].content = "".join(run)
            run = []
        tokens.append(token)
        before = kind
    if run:
        tokens[-1].content = "".join(run)
    if len(tokens) < len(state.tokens):
        state.tokens[:] = tokens


class LeanBlock(StateBlock):
    """The state of the blocks of a text; `underlines` are the lines that may underline a heading."""

    def __init__(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> None:
        super().__init__("", md, env, tokens)
        self.src = src
        self.underlines: list[int] = []
        self._mark_lines(src)

    def _mark_lines(self, src: str) -> None:
        """Note where each line begins and ends, and how far it is indented, as the stock state does."""
        lines = src.split("\n")
        if not lines[-1].strip(" \t"):
            lines.pop()  # what is no line, since nothing stands there
        starts = list(accumulate([len(line) + 1 for line in lines], initial=0))
        ends = [start - 1 for start in starts[1:]]
        shifts = [0] * len(starts)
        indents = [0] * len(starts)
        for number, line in enumerate(lines):
            if line[:1] in _BLANKS:
                shift = indent = 0
                for sign in line:
                    if sign == " ":
                        indent += 1
                    elif sign == "\t":
                        indent += 4 - indent % 4
                    else:
                        break
                    shift += 1
                shifts[number], indents[number] = shift, indent
            if line[-1:] in _UNDERLINES and line.rstrip(" \t")[-1:] in ("-", "="):
                self.underlines.append(number)
        self.lineMax = len(lines)
        starts[-1] = len(src)
        ends.append(len(src))
        self.bMarks, self.eMarks, self.tShift, self.sCount, self.bsCount = starts, ends, shifts, indents, [0] * len(starts)

    def push(self, ttype: str, tag: str, nesting: Nesting) -> Token:
        if nesting < 0:
            self.level -= 1
        token = make_token(ttype, tag, nesting, self.level, block=True)
        if nesting > 0:
            self.level += 1
        self.tokens.append(token)
        return token

    def getLines(self, begin: int, end: int, indent: int, keepLastLF: bool) -> str:  # noqa: N802, N803  # a name of markdown-it
        if indent > 0 or begin >= end:
            return super().getLines(begin, end, indent, keepLastLF)
        source, starts, ends = self.src, self.bMarks, self.eMarks
        last = end - 1
        lines = [source[starts[line] : ends[line] + 1] for line in range(begin, last)]
        lines.append(source[starts[last] : ends[last] + keepLastLF])
        return "".join(lines)


_BLANKS = frozenset(" \t")
_UNDERLINES = frozenset("-= \t")
