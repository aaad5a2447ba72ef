"""Bare addresses become links: `https://…`, `www.…`, `mail@example.org` (GFM, section 6.9, and what readers expect beyond it)."""

from __future__ import annotations

import re

from markdown_it.rules_inline import StateInline

from wol.content.markdown.tags import read_references

_ADDRESS = re.compile(
    r"(?:https?://|www\.)([^\s<`“”«»…"
    r"\u3001-\u3003\u3008-\u3011\u3014-\u301f"  # CJK punctuation; not `々` and `・`, which are in words
    r"\uff01-\uff0f\uff1a-\uff20\uff3b-\uff3d\uff3f\uff40\uff5b-\uff64\ufe10-\ufe19\ufe30-\ufe4f"  # wide and vertical forms
    r"\u060c\u061b\u061d-\u061f\u066a-\u066d\u06d4"  # Arabic punctuation
    r"]*)"
)
_HOST = re.compile(r"(?:[^\W_]|[-_.]|[^\x00-\x7f])+")
_LOCAL = re.compile(r"(?:mailto:|xmpp:)?[A-Za-z0-9._+\-]+$")
_LOCAL_HOST = re.compile(r"localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|[\w-]+\.(?:local|localhost)")
_DOMAIN = re.compile(r"@[A-Za-z0-9_\-]+(?:\.[A-Za-z0-9_\-]+)+")
_ENTITY = re.compile(r"&[A-Za-z0-9]+;$")
_NOT_BEFORE = re.compile(r"[A-Za-z0-9/:@.=\-#?&\\]")
_NOT_AT_END = frozenset("?!.,:;*_~'\"“”‘’«»‹›。、，；：！？…")
_BRACKETS = {")": "(", "]": "[", "}": "{", "）": "（", "」": "「", "』": "『", "》": "《", "】": "【"}
_LONGEST_LOCAL = 320
_LONGEST_ENTITY = 40


def address(state: StateInline, silent: bool) -> bool:
    """Take a bare address. Labels of links are only scanned here, so it is plain text in them."""
    if silent or state.linkLevel > 0:
        return False
    start = state.pos
    found = _ADDRESS.match(state.src, start, state.posMax)
    if found is None or (start > 0 and _NOT_BEFORE.match(state.src[start - 1])):
        return False
    host = _HOST.match(found[1])
    if host is None or not _is_host(host[0]) or _LOCAL_HOST.fullmatch(host[0]):
        return False  # `http://localhost:8000` in a text is an example
    shown = _trim(found[0])
    return _push(state, 0, "http://" + shown if shown.startswith("www.") else shown, shown)


def mail(state: StateInline, silent: bool) -> bool:
    """Take a mail address, whose first part has been read as plain text already."""
    if silent or state.linkLevel > 0:
        return False
    start = state.pos
    domain = _DOMAIN.match(state.src, start, state.posMax)
    local = _LOCAL.search(state.src[max(0, start - _LONGEST_LOCAL) : start])
    if domain is None or local is None:
        return False
    name = domain[0].rstrip("-_")
    before = start - len(local[0])
    if not name[-1].isalnum() or not state.pending.endswith(local[0]):
        return False
    if before > 0 and (state.src[before - 1] in "/:@\\" or state.src[before - 1].isalnum()):
        return False
    shown = local[0] + name
    return _push(state, len(local[0]), shown if ":" in local[0] else "mailto:" + shown, shown)


def _is_host(host: str) -> bool:
    labels = host.rstrip(".").split(".")
    return bool(labels[0]) and not any("_" in label for label in labels[-2:])


def _trim(text: str) -> str:
    """Take away what belongs to the sentence rather than to the address: signs at the end, brackets that were opened before it."""
    end = len(text)
    surplus: dict[str, int] = {}
    while end > 0:
        last = text[end - 1]
        if last == ";" and (entity := _ENTITY.search(text, max(0, end - _LONGEST_ENTITY), end)):
            end = entity.start()
        elif last in _NOT_AT_END:
            end -= 1
        elif opening := _BRACKETS.get(last):
            left = surplus.get(last)
            if left is None:
                left = text.count(last) - text.count(opening)
            if left <= 0:
                break
            surplus[last] = left - 1
            end -= 1
        else:
            break
    return text[:end]


def _push(state: StateInline, behind: int, url: str, shown: str) -> bool:
    href = state.md.normalizeLink(read_references(url))
    if not state.md.validateLink(href):
        return False
    if behind:
        state.pending = state.pending[:-behind]
    token = state.push("link_open", "a", 1)
    token.attrs = {"href": href}
    token.markup = "autolink"
    token.info = "auto"
    state.push("text", "", 0).content = state.md.normalizeLinkText(read_references(shown))
    token = state.push("link_close", "a", -1)
    token.markup = "autolink"
    token.info = "auto"
    state.pos += len(shown) - behind
    return True
