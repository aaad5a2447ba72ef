"""From tokens to marks: each internal link, and each token that a feature's rule has marked, with the sentence that it is in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from html import unescape

from markdown_it.token import Token

from wol.content.markdown.findings import Findings
from wol.content.markdown.render import note_anchor
from wol.content.markdown.rule_failures import RuleFailedError
from wol.content.markdown.rules.headings import BREAKS, TEXT, image_text
from wol.content.markdown.sentences import BLOCK, Sentences, shortened
from wol.content.markdown.tags import RAW_TEXT, pieces
from wol.content.markdown.visible_words import visible
from wol.model.mark import LINK, Mark

MARK = "mark"
"""Key in a token's `meta` for what a rule marks it as: kind and arguments."""

STATES = "states"
"""Key in the `meta` of an inline token among whose children is something to mark."""

Fact = tuple[str, tuple[str, ...]]
"""Kind and arguments of a mark."""

_REFERENCE = re.compile(r'\shref="[\x01\x02](\d+)\x03"', re.IGNORECASE)
_ID = re.compile(r"""\sid\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""", re.IGNORECASE)
_ALT = re.compile(r"""\salt\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_UNSEEN = (RAW_TEXT - {"textarea", "xmp"}) | {"template", "noscript"}
"""Elements whose content readers do not see."""
_WITHIN = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "nobr",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
"""Elements that stand within a sentence."""
_OPAQUE = frozenset({"code_inline", "foreign"})


def find_marks(
    tokens: Sequence[Token], places: Iterable[int] | None, findings: Findings, kinds: Iterable[str] = (), language: str = ""
) -> dict[str, tuple[Mark, ...]]:
    """Return the marks of a text by kind, in its order; its headings have their anchors by now. `places` are the blocks to be looked at, None for all.

    Raises RuleFailedError for a token that a rule has marked otherwise than it may.
    """
    wanted = range(len(tokens)) if places is None else sorted((*places, *findings.headings))
    return _Finder(findings, frozenset(kinds), language).walk(tokens, wanted)


class _Finder:
    """One walk over the blocks of a text."""

    def __init__(self, findings: Findings, kinds: frozenset[str], language: str) -> None:
        self._findings = findings
        self._kinds = kinds
        self._language = language
        self._anchor = ""
        self._found: list[Mark] = []
        self._opened: list[tuple[tuple[int, str], int, int, Fact | None, str]] = []
        """Blocks that count: level and type of the token that closes each, where it begins, the number of its mark, the mark, and the anchor behind it."""

    def walk(self, tokens: Sequence[Token], places: Iterable[int]) -> dict[str, tuple[Mark, ...]]:
        """Go through the blocks, and know at each the nearest anchor."""
        for place in places:
            token = tokens[place]
            if token.type == "inline":
                if token.meta and STATES in token.meta:
                    self._inline(token)
            elif token.nesting > 0:
                if token.attrs or token.meta:
                    self._open(token, place)
            elif token.nesting < 0:
                if self._opened and self._opened[-1][0] == (token.level, token.type):
                    self._close(tokens, place)
            elif token.type == "html_block":
                self._html(token)
            elif token.meta and MARK in token.meta:
                self._found.append(Mark(*self._fact(token), shortened(token.content), str(token.attrs.get("id") or self._anchor)))
        by_kind: dict[str, list[Mark]] = {}
        for mark in self._found:
            by_kind.setdefault(mark.kind, []).append(mark)
        return {kind: tuple(found) for kind, found in by_kind.items()}

    def _open(self, token: Token, place: int) -> None:
        """Note a block that has an id of its own or is marked; a heading's holds on behind it."""
        before = self._anchor
        own = token.attrs.get("id") or (note_anchor(token.meta["number"]) if token.type == "footnote_open" else "")
        self._anchor = str(own) or before
        fact = self._fact(token) if MARK in token.meta else None
        if fact or (own and token.type != "heading_open"):
            end = (token.level, token.type.removesuffix("_open") + "_close")
            self._opened.append((end, place, len(self._found), fact, self._anchor if token.type == "heading_open" else before))
        if fact:
            self._found.append(Mark(*fact, anchor=self._anchor))

    def _close(self, tokens: Sequence[Token], place: int) -> None:
        """End such a block."""
        _, start, number, fact, self._anchor = self._opened.pop()
        if fact:
            found = self._found[number]
            self._found[number] = Mark(found.kind, found.args, shortened(visible(tokens[start + 1 : place])), found.anchor)

    def _inline(self, inline: Token) -> None:
        """Take the marks of one block of text."""
        text = _Text(self._anchor)
        links: list[tuple[Token, int]] = []
        opened: list[tuple[Token, int] | None] = []
        for child in inline.children or ():
            kind = child.type
            if kind in TEXT:
                start = text.add(child.content.replace(BLOCK, " ") if kind == "foreign" else child.content)
                if kind in _OPAQUE:
                    text.opaque.append((start, text.length))
            elif kind in BREAKS:
                text.add(" ")
            elif kind == "link_open":
                links.append((child, text.length))
            elif kind == "link_close":
                token, start = links.pop()
                if (number := token.meta.get("link")) is not None:
                    text.mark(start, (LINK, self._findings.links[number].address))
            elif kind == "image":
                text.add(image_text(child))
            elif kind == "html_inline":
                self._tags(child.content, text, inside=True)
            if child.nesting > 0:
                opened.append((child, text.length) if MARK in child.meta else None)
            elif child.nesting < 0:
                if (opening := opened.pop()) is not None:
                    text.mark(opening[1], self._fact(opening[0]))
            elif child.meta and MARK in child.meta:
                text.mark(text.length - len(child.content) if kind in TEXT else text.length, self._fact(child))
        self._take(text)

    def _html(self, block: Token) -> None:
        """Take the links of a block of raw HTML; its own headings count as headings."""
        html = block.content
        if "\x03" in html or ("<h" in html.lower() and _ID.search(html)):
            text = _Text(self._anchor)
            self._tags(html, text, inside=False)
            self._take(text)

    def _tags(self, html: str, text: _Text, *, inside: bool) -> None:
        """Add raw HTML to a text; `inside` a block, where only tags come, each alone."""
        for piece in pieces(html):
            name = piece.name
            if piece.kind == "close":
                if name == text.unseen:
                    text.unseen = ""
                elif name == "a" and text.references:
                    start, number = text.references.pop()
                    if number >= 0:
                        text.mark(start, (LINK, self._findings.links[number].address))
                elif name not in _WITHIN and not inside:
                    text.add(BLOCK)
            elif piece.kind == "open" and not text.unseen:
                tag = html[piece.start : piece.end]
                if name == "a":
                    text.references.append((text.length, self._number(tag)))
                elif name == "area" and (number := self._number(tag)) >= 0:
                    text.mark(text.add(_value(_ALT, tag)), (LINK, self._findings.links[number].address))
                elif name == "img":
                    text.add(_value(_ALT, tag))
                elif name == "br":
                    text.add(" ")
                elif name in _UNSEEN:
                    text.unseen = name
                elif name not in _WITHIN and not inside:
                    text.add(BLOCK)
                    if len(name) == 2 and name[0] == "h" and name[1] in "123456" and (anchor := _value(_ID, tag)):
                        self._anchor = anchor
                        text.headings.append((text.length, anchor))
            elif piece.kind in ("text", "raw") and not inside:
                text.add(unescape(html[piece.start : piece.end]).replace(BLOCK, " "))

    def _number(self, tag: str) -> int:
        """Return the number of the link that a tag makes; -1 if it leads out of the site."""
        found = _REFERENCE.search(tag)
        return int(found[1]) if found else -1

    def _take(self, text: _Text) -> None:
        """Make marks of what was found in a text, in its order."""
        for start, number in text.references:
            if number >= 0:
                text.mark(start, (LINK, self._findings.links[number].address))
        facts = text.facts
        if not facts:
            return
        if len(facts) > 1:
            facts.sort(key=lambda fact: fact[:2])
        sentences = Sentences("".join(text.pieces), list(_apart(facts)), text.opaque, self._language)
        starts = [start for start, _ in text.headings]
        for start, end, fact in facts:
            heading = bisect_right(starts, start) - 1
            anchor = text.headings[heading][1] if heading >= 0 else text.anchor
            self._found.append(Mark(*fact, sentences.around(start, end), anchor))

    def _fact(self, token: Token) -> Fact:
        """Return what a rule marks a token as; raises RuleFailedError."""
        try:
            kind, args = token.meta[MARK]
        except (TypeError, ValueError):
            raise RuleFailedError(
                "", f"a token's `meta` has `{token.meta[MARK]!r:.60}` as its `mark`, where kind and arguments belong"
            ) from None
        if kind not in self._kinds:
            raise RuleFailedError("", f"a token is marked as `{kind!s:.60}`, which no feature declares in `marks`")
        if not isinstance(args, (tuple, list)) or not all(isinstance(one, str) for one in args):
            raise RuleFailedError("", f"the arguments of a mark `{kind}` are `{args!r:.60}`, where texts belong")
        return kind, tuple(args)


class _Text:
    """The plain text of a block as it grows, and the places in it that count."""

    def __init__(self, anchor: str) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.opaque: list[tuple[int, int]] = []
        self.facts: list[tuple[int, int, Fact]] = []
        self.anchor = anchor
        self.headings: list[tuple[int, str]] = []
        """Headings inside it, of raw HTML: where, and their anchors."""
        self.references: list[tuple[int, int]] = []
        """Open `<a>` tags: where, and the number of the link."""
        self.unseen = ""
        """The open element whose content is not shown."""

    def add(self, piece: str) -> int:
        """Add what readers see; returns where it begins."""
        start = self.length
        if piece and not self.unseen:
            self.pieces.append(piece)
            self.length += len(piece)
        return start

    def mark(self, start: int, fact: Fact) -> None:
        """Note a fact that is stated from a place up to here."""
        self.facts.append((start, self.length, fact))


def _value(attribute: re.Pattern[str], tag: str) -> str:
    found = attribute.search(tag)
    return unescape(next((value for value in found.groups() if value is not None), "")) if found else ""


def _apart(facts: Iterable[tuple[int, int, Fact]]) -> Iterator[tuple[int, int]]:
    """Yield the ranges of facts, which come in order; those that overlap as one."""
    first = last = -1
    for start, end, _ in facts:
        if start >= last:
            if last >= 0:
                yield first, last
            first, last = start, end
        else:
            last = max(last, end)
    if last >= 0:
        yield first, last
