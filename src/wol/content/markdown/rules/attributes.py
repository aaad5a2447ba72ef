"""Attributes in braces: `{.class #id key="v"}`, taken only where the whole brace is one; anything else stays text.

They stand directly after an image, link or code span, at the end of a heading or paragraph, or on a line of their own before a block; in
kramdown's form `{: .class}` after a block too.
"""

from __future__ import annotations

import re
from itertools import zip_longest

from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from wol.content.markdown.rules.near_links import TYPED
from wol.model.markdown_syntax import begins_with

NAMES = frozenset({"class", "id", "alt", "width", "height", "lang", "dir", "title", "loading"})
"""Names that are taken, and `data-…`."""

Attributes = dict[str, str]

_BRACE = re.compile(r"""\{:?((?:[^{}"'\n]|"[^"\n]*"|'[^'\n]*')*)\}""")
_ITEM = (
    r"""\s*(?:\#(?P<id>[^\s{}"'=<>\#]+)"""
    r"""|\.(?P<class>[A-Za-z_\-\u0080-\U0010ffff][^\s{}"'=<>.\#]*)"""
    r"""|(?P<name>[A-Za-z][\w-]*)=(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'{}=<>`]+)))(?=[\s.]|$)"""
)
_AFTER = frozenset({"image", "link_close", "code_inline"})
_BLOCKS = frozenset(
    (
        "paragraph_open",
        "heading_open",
        "bullet_list_open",
        "ordered_list_open",
        "blockquote_open",
        "callout_open",
        "table_open",
        "dl_open",
        "fence",
        "code_block",
        "hr",
    )
)


def read_attributes(text: str) -> Attributes | None:
    """Read what stands between braces, or give None if any of it is no attribute."""
    attributes: Attributes = {}
    at = 0
    text = text.strip()
    item = re.compile(_ITEM)  # made when first needed: it takes milliseconds
    while (found := item.match(text, at)) is not None:
        at = found.end()
        if found["id"]:
            attributes["id"] = found["id"]
        elif found["class"]:
            join(attributes, {"class": found["class"]})
        else:
            name = found["name"].lower()
            if name not in NAMES and not name.startswith("data-"):
                return None
            join(attributes, {name: found["double"] or found["single"] or found["bare"] or ""})
    return attributes if attributes and at == len(text) else None


def join(attributes: dict[str, str], more: Attributes) -> None:
    """Add attributes: classes are put together, of all else the later wins."""
    for name, value in more.items():
        attributes[name] = f"{attributes[name]} {value}" if name == "class" and attributes.get(name) else value


def give(token: Token, attributes: Attributes) -> None:
    """Give a token attributes; an `id` is remembered as the writer's own."""
    old = {name: str(value) for name, value in token.attrs.items()}
    join(old, attributes)
    token.attrs = dict(old)
    if "id" in attributes:
        token.meta["given"] = attributes["id"]
    if "alt" in attributes:
        token.meta["alt"] = attributes["alt"]


def attributes_inline(state: StateInline, silent: bool) -> bool:
    """Take a brace directly after an image, a link or a code span."""
    if silent or not state.tokens or state.pending or state.tokens[-1].type not in _AFTER:
        return False
    found = _BRACE.match(state.src, state.pos, state.posMax)
    attributes = read_attributes(found[1]) if found else None
    if found is None or attributes is None:
        return False
    index = len(state.tokens) - 1
    if state.tokens[index].type == "link_close":
        level = state.tokens[index].level
        while state.tokens[index].type != "link_open" or state.tokens[index].level != level:
            index -= 1
    give(state.tokens[index], attributes)
    if TYPED in state.tokens[index].meta:
        state.tokens[index].meta[TYPED] += found[0]
    state.pos = found.end()
    return True


@begins_with("{")
def attributes_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take a line that is a brace and nothing else; kramdown's form ends a paragraph, list or quote before it."""
    at = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("{:" if silent else "{", at) or state.is_code_block(start):
        return False
    text = state.src[at : state.eMarks[start]].rstrip()
    found = _BRACE.fullmatch(text)
    attributes = read_attributes(found[1]) if found else None
    if attributes is None:
        return False
    if not silent:
        token = state.push("attributes", "", 0)
        token.map = [start, start + 1]
        token.content = text
        token.meta = {"typed": [text], "attributes": attributes, "touches": start > 0 and not state.isEmpty(start - 1)}
        state.line = start + 1
    return True


def attach_attributes(state: StateCore) -> None:
    """Give the attributes of lines of their own, and those at the end of headings and paragraphs, to their blocks."""
    if "{" not in state.src:
        return
    tokens: list[Token] = []
    latest: dict[int, Token] = {}
    for token, after in zip_longest(state.tokens, state.tokens[1:]):
        if token.type == "attributes":
            _attach(token, tokens, latest, after)
            continue
        if token.nesting >= 0:
            latest[token.level] = token
        tokens.append(token)
        if token.type == "inline" and token.content.endswith("}") and tokens[-2].type in ("paragraph_open", "heading_open"):
            _take_end(token, tokens[-2], latest)
    state.tokens = tokens


def _attach(line: Token, tokens: list[Token], latest: dict[int, Token], after: Token | None) -> None:
    """Give the attributes of a line to the block before it or after it. Where there is none, kramdown's form says nothing; the other is text."""
    previous = None
    if line.meta["touches"] and tokens and tokens[-1].level == line.level and tokens[-1].nesting <= 0:
        previous = _taker(latest.get(line.level), latest)
    following = after if after is not None and after.level == line.level and after.nesting >= 0 else None
    if following is not None and following.type == "attributes":
        if not line.content.startswith("{:") or previous is None:
            attributes = dict(line.meta["attributes"])
            join(attributes, following.meta["attributes"])
            typed = line.meta["typed"]
            typed += following.meta["typed"]
            following.meta.update(attributes=attributes, touches=line.meta["touches"], typed=typed)
            line.meta.clear()  # else each of many lines would keep all that is in those before it
            return
    elif following is not None and following.type not in _BLOCKS:
        following = None
    target = previous or following if line.content.startswith("{:") else following or previous
    if target is not None:
        give(target, line.meta["attributes"])
        return
    if all(typed.startswith("{:") for typed in line.meta["typed"]):
        return
    inline = Token("inline", "", 0, level=line.level + 1, content="\n".join(line.meta["typed"]), map=line.map, children=[], block=True)
    tokens.append(Token("paragraph_open", "p", 1, level=line.level, map=line.map, block=True))
    tokens += (inline, Token("paragraph_close", "p", -1, level=line.level, block=True))
    latest[line.level] = tokens[-3]


def _taker(block: Token | None, latest: dict[int, Token]) -> Token | None:
    """Give the token that shows the attributes of a block: the list item for a paragraph of a tight list."""
    if block is None or block.type not in _BLOCKS:
        return None
    return latest.get(block.level - 1) if block.hidden else block


def _take_end(inline: Token, block: Token, latest: dict[int, Token]) -> None:
    """Take the brace at the end of a heading or paragraph out of its text."""
    text = inline.content
    start = text.rfind("{")
    if start > 0 and "}" in text[start:-1]:
        start = text.rfind("{", 0, start)
    found = _BRACE.fullmatch(text, start) if start >= 0 else None
    attributes = read_attributes(found[1]) if found else None
    before = text[:start]
    if attributes is None or before.endswith("\\"):
        return
    loose = block.type == "heading_open" and before[-1:] not in (")", "]", "`")
    if not before.strip() or not (before[-1:].isspace() or loose):
        return
    inline.content = before.rstrip()
    give(_taker(block, latest) or block, attributes)
