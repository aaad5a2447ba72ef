"""Callouts: a block quote whose first line is `[!type] Title`, as GitHub and Obsidian write them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from markdown_it.rules_block import StateBlock, blockquote

from wol.content.markdown.findings import findings_of
from wol.content.markdown.rules.attributes import read_attributes
from wol.errors import did_you_mean
from wol.model.markdown_syntax import begins_with

ALIASES = {
    "summary": "abstract",
    "tldr": "abstract",
    "hint": "tip",
    "check": "success",
    "done": "success",
    "help": "question",
    "faq": "question",
    "attention": "warning",
    "fail": "failure",
    "missing": "failure",
    "error": "danger",
    "cite": "quote",
}
"""Obsidian's other names of its types."""

GITHUB = ("note", "tip", "important", "warning", "caution")
OBSIDIAN = ("abstract", "info", "todo", "success", "question", "failure", "danger", "bug", "example", "quote")
TYPES = frozenset((*GITHUB, *OBSIDIAN))

_HEAD = re.compile(
    r"[ \t]?[ ]{0,3}\[!(?P<type>[A-Za-z][\w-]*)(?P<words>(?:[ \t|][^\]]*)?)\](?P<fold>[+-]?)(?:[ \t]+(?P<title>.*?))?[ \t]*$"
)
_BRACE = re.compile(r"(?:^|[ \t]+)\{:?([^{}]*)\}$")
_WORD = re.compile(r"""([A-Za-z][\w-]*)=(?:"([^"]*)"|(\S*))|[^\s|]+""")


def callout_rule(own: Collection[str]) -> Callable[[StateBlock, int, int, bool], bool]:
    """Make the rule of block quotes and callouts; `own` are the types that the theme renders."""

    @begins_with(">")
    def quote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        at = state.bMarks[start] + state.tShift[start]
        limit = state.eMarks[start]
        if not state.src.startswith(">", at, limit):
            return False
        if silent or state.is_code_block(start):
            return blockquote(state, start, end, silent)
        head = _HEAD.match(state.src[at + 1 : limit])
        if head is None:
            return blockquote(state, start, end, silent)
        typed = head["type"].lower()
        name = typed if typed in own else ALIASES.get(typed, typed)
        if name not in TYPES and name not in own:
            _report(state, start, head["type"], own)
            return blockquote(state, start, end, silent)
        index = len(state.tokens)
        state.eMarks[start] = at + 1  # the parser sees an empty first line; so the title cannot run into what follows it
        try:
            blockquote(state, start, end, False)
        finally:
            state.eMarks[start] = limit
        _rename(state, index, head, name, start)
        return True

    return quote


def _rename(state: StateBlock, index: int, head: re.Match[str], name: str, line: int) -> None:
    """Make a callout of the block quote that was pushed at an index."""
    words, values = [], {}
    for word in _WORD.finditer(head["words"]):
        if word[1]:
            values[word[1]] = word[2] or word[3] or ""
        else:
            words.append(word[0])
    title = head["title"] or ""
    token = state.tokens[index]
    token.type, token.tag, token.markup = "callout_open", "aside", ""
    brace = _BRACE.search(title)
    attributes = read_attributes(brace[1]) if brace else None
    if brace and attributes is not None:
        title = title[: brace.start()]
        token.attrs = dict(attributes)
        if "id" in attributes:
            token.meta["given"] = attributes["id"]
    token.meta.update(name=name, fold=head["fold"], words=tuple(words), values=values)
    if not title:
        title = " ".join(words) or head["type"].capitalize()
    close = state.tokens[-1]
    close.type, close.tag, close.markup, close.meta = "callout_close", "aside", "", token.meta
    level = state.level
    after = state.tokens[index + 1 :]
    del state.tokens[index + 1 :]
    state.level = level + 1
    state.push("callout_title_open", "p", 1)
    inline = state.push("inline", "", 0)
    inline.content = title
    inline.map = [line, line + 1]
    state.push("callout_title_close", "p", -1)
    state.level = level
    state.tokens += after


def _report(state: StateBlock, line: int, name: str, own: Collection[str]) -> None:
    findings = findings_of(state.env)
    hint = did_you_mean(name.lower(), [*TYPES, *ALIASES, *own])
    findings.report("callout-unknown", f"There is no callout of type `{name}`; it stays a block quote", findings.first_line + line, hint)
