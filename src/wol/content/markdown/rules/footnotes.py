"""Footnotes: `[^label]` and `[^label]: text`, numbered by first use. No note is lost: one that nothing refers to comes last."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import chain

from markdown_it.common.utils import normalizeReference
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote.index import footnote_def

from wol.content.markdown.findings import Findings, Footnote, findings_of
from wol.content.markdown.rules.near_links import note_in_link
from wol.model.markdown_syntax import begins_with

_REFERENCE = re.compile(r"\[\^([^\]\s\[^]+)\]")
_DEFINITION = re.compile(r"\[[^\]^\[\n][^\]\[\n]*\]:[ \t]*\S")


@begins_with("[")
def footnote_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take a footnote's text by mdit-py-plugins' rule."""
    if not state.src.startswith("[^", state.bMarks[start] + state.tShift[start]):
        return False
    if silent:
        return footnote_def(state, start, end, True)
    findings = findings_of(state.env)
    findings.notes_open += 1
    try:
        return footnote_def(state, start, end, False)
    finally:
        findings.notes_open -= 1


@begins_with("[")
def definition_ends_note(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """End a footnote's paragraph at a line `[label]: address`: lists of notes and addresses are mixed in real texts."""
    if not silent or state.sCount[start] >= state.blkIndent or not findings_of(state.env).notes_open:
        return False
    return _DEFINITION.match(state.src, state.bMarks[start] + state.tShift[start], state.eMarks[start]) is not None


def gather_footnotes(state: StateCore) -> None:
    """Take the footnotes' blocks, as mdit-py-plugins' rule has made them, out of the text."""
    if "footnotes" not in state.env:
        return
    findings = findings_of(state.env)
    tokens: list[Token] = []
    outer: list[list[Token]] = []
    for token in state.tokens:
        if token.type == "footnote_reference_open":
            note = Footnote(token.meta["label"], [], line=token.map[0] if token.map else 0)
            if findings.footnotes.setdefault(normalizeReference(note.label), note) is not note:
                findings.spare_footnotes.append(note)
            outer.append(tokens)
            tokens = note.tokens
        elif token.type == "footnote_reference_close":
            tokens = outer.pop()
        else:
            tokens.append(token)
    state.tokens = tokens


def footnote_reference(state: StateInline, silent: bool) -> bool:
    """Take a reference to a footnote. In the text of links, which are looked through silently first, and of images it stays text."""
    if silent:
        return False
    found = _REFERENCE.match(state.src, state.pos, state.posMax)
    findings = findings_of(state.env)
    if found is None or findings.in_image:
        return False
    if state.linkLevel > 0:
        if normalizeReference(found[1]) in findings.footnotes:
            note_in_link(findings, state, found[0])
        return False
    note = findings.footnotes.get(normalizeReference(found[1]))
    token = state.push("footnote_ref" if note else "footnote_missing", "", 0)
    token.content = found[0]
    token.meta["at"] = state.pos
    if note:
        if not note.number:
            findings.used_footnotes.append(note)
            note.number = len(findings.used_footnotes)
        note.uses += 1
        token.meta.update(number=note.number, use=note.uses)
    state.pos = found.end()
    return True


def append_footnotes(state: StateCore, parse: Callable[[list[Token]], None]) -> None:
    """Parse the footnotes in the order of their use, and put them at the end of the text."""
    findings = findings_of(state.env)
    if not findings.footnotes:
        return
    done = 0
    unused = [note for note in chain(findings.footnotes.values(), findings.spare_footnotes) if not note.number]
    while done < len(findings.used_footnotes) or unused:
        if done == len(findings.used_footnotes):
            note = unused.pop(0)
            if note.number:
                continue
            _report_unused(findings, note)
            findings.used_footnotes.append(note)
            note.number = len(findings.used_footnotes)
        parse(findings.used_footnotes[done].tokens)
        done += 1
    state.tokens.append(Token("footnotes_open", "div", 1, block=True))
    for note in findings.used_footnotes:
        state.tokens += _item(note)
    state.tokens.append(Token("footnotes_close", "div", -1, block=True))


def _report_unused(findings: Findings, note: Footnote) -> None:
    """Report a footnote to which nothing refers; of what refers to one from within a link, that is reported."""
    first = findings.footnotes[normalizeReference(note.label)]
    line = findings.first_line + note.line
    if first is not note:
        message = f"The footnote `[^{note.label}]` is written twice, in line {findings.first_line + first.line} and here; this one comes last, without a number in the text"
        findings.report("footnote-duplicate", message, line)
    elif "footnote" not in findings.near_links:
        findings.report(
            "footnote-unused",
            f"Nothing refers to the footnote `[^{note.label}]`; it comes last",
            line,
            f"write `[^{note.label}]` where it belongs",
        )


def _item(note: Footnote) -> list[Token]:
    meta = {"number": note.number, "uses": note.uses}
    tokens = [Token("footnote_open", "li", 1, meta=meta, block=True), *note.tokens]
    back = Token("footnote_back", "", 0, meta=meta)
    if len(tokens) > 1 and tokens[-1].type == "paragraph_close":
        tokens.insert(-1, back)
    else:
        tokens.append(back)
    tokens.append(Token("footnote_close", "li", -1, block=True))
    return tokens


def report_missing(findings: Findings, token: Token) -> None:
    """Report a reference to a footnote that is not written."""
    label = token.content[2:-1]
    findings.report("footnote-missing", f"There is no footnote `[^{label}]`", findings.line(token), f"add a line `[^{label}]: …`")
