"""Signs that were meant as Markdown and stay visible: bullets pasted from a word processor, and asterisks that CommonMark does not take for emphasis."""

from __future__ import annotations

import re
import unicodedata

from wol.content.markdown.findings import Findings
from wol.content.markdown.rules.east_asian import CJK
from wol.errors import shown
from wol.fixes import Hint, Replace

LIST, EMPHASIS = "list-syntax", "emphasis-syntax"

_BULLET = re.compile(r"^[ \t]*([•‣◦▪▫●○■□◆➢➤✓✔]|[·–—](?=[\t\xa0]))[ \t\xa0]+(?=[^\W_])", re.MULTILINE)
_SEVERAL = 2
_STRONG = re.compile(r"(\*{2,3})(?=[^\s*])([^*]*[^\s*])\1(?!\*)")
_WORD_BEFORE = re.compile(r"[^\W_]{1,12}\Z")
_WORD_AFTER = re.compile(r"[^\W_]{1,12}")
_OPENING, _CLOSING = "([{（「『《【", ")]}）」』》】"
_WIDE = re.compile(f"[{CJK}]")


def note_bullets(findings: Findings, text: str, line: int) -> None:
    """Note the lines of a paragraph that begin with a bullet; several are a list that is shown as one run of words."""
    found = list(_BULLET.finditer(text))
    if not found or findings.bullets >= _SEVERAL:
        return
    if not findings.bullets:
        findings.first_bullet = (
            line + text.count("\n", 0, found[0].start()),
            found[0][1],
            text[found[0].start() :].partition("\n")[0].strip(),
        )
    findings.bullets += len(found)
    if findings.bullets >= _SEVERAL:
        line, bullet, typed = findings.first_bullet
        findings.report(
            LIST,
            f"`{shown(typed)}` looks like a list but is shown as text",
            line,
            f"write `- ` for `{bullet}` at the beginning of each line",
        )


def note_asterisks(findings: Findings, text: str, written: str, line: int) -> None:
    """Report asterisks of a text without emphasis that were meant as such; `written` is the whole block, as typed. Told once a file."""
    if findings.has_asterisks or "\\*" in written or (found := _STRONG.search(text)) is None:
        return
    signs, inner = found[1], found[2]
    before, after = _word(_WORD_BEFORE.search(text, 0, found.start())), _word(_WORD_AFTER.match(text, found.end()))
    if not _is_balanced(inner):
        return
    right = _right(signs, inner, before, after)
    if right is None:
        return
    findings.has_asterisks = True
    place = written.find(found[0])
    line += written.count("\n", 0, max(0, place))
    message = (
        f"`{shown(before + found[0] + after)}` is shown with its asterisks: next to `{_sign(inner, before)}` CommonMark reads no emphasis"
    )
    findings.report(EMPHASIS, message, line, Hint(f"write `{shown(right)}`", Replace(before + found[0] + after, right)))


def _right(signs: str, inner: str, before: str, after: str) -> str | None:
    """Return how emphasis is to be written that has a punctuation mark inside it and a letter beside it; None where there is another reason."""
    begins, ends = _is_mark(inner[0]) and before != "", _is_mark(inner[-1]) and after != ""
    if not begins and not ends:
        return None
    if not any(char.isalnum() for char in inner):
        return f"{before}{inner}{after}"
    if begins and ends and len(inner) > 2:
        return f"{before}{inner[0]}{signs}{inner[1:-1]}{signs}{inner[-1]}{after}"
    if ends:
        if _is_mark(inner[0]) and len(inner) > 2:
            return f"{before}{inner[0]}{signs}{inner[1:-1]}{signs}{inner[-1]}{after}"
        if _WIDE.match(inner[-1]) or _WIDE.match(after):
            return f"{before}{signs}{inner[:-1]}{signs}{inner[-1]}{after}"
        return f"{before}{signs}{inner}{signs} {after}"
    return f"{before} {signs}{inner}{signs}{after}"


def _sign(inner: str, before: str) -> str:
    return inner[0] if _is_mark(inner[0]) and before else inner[-1]


def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"


def _word(found: re.Match[str] | None) -> str:
    return found[0] if found else ""


def _is_balanced(text: str) -> bool:
    """Whether no bracket is closed or opened outside: `f(**a) and g(**b)` is no emphasis."""
    opened: list[str] = []
    for char in text:
        if (place := _OPENING.find(char)) >= 0:
            opened.append(_CLOSING[place])
        elif char in _CLOSING and (not opened or opened.pop() != char):
            return False
    return not opened
