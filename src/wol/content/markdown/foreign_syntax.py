"""Syntax of other generators that is none here: told once a file, with each kind that was seen and where."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from wol.content.markdown.findings import Findings
from wol.content.markdown.tags import ELEMENTS, Piece

CODE = "foreign-syntax"


class _Kind(NamedTuple):
    """What a kind is called, alone and in a list, what becomes of it, and what to write instead."""

    one: str
    several: str
    fate: str = "here it is text"
    way_out: str = ""


_UNSEEN = "browsers show nothing of it"
KINDS: Mapping[str, _Kind] = {
    "template": _Kind("another generator's template syntax", "template syntax"),
    "php": _Kind("another generator's template syntax", "`<?`", _UNSEEN),
    "component": _Kind("a JSX component", "JSX components", _UNSEEN),
    "import": _Kind("an MDX import or export", "MDX imports"),
    "shortcode": _Kind("a shortcode", "shortcodes"),
    "wikilink": _Kind("a wikilink", "wikilinks", way_out="write `[Page](page.md)` for a link, and `![](picture.jpg)` for a picture"),
    "directive": _Kind(
        "a directive of another generator", "directives", way_out="write a callout: a line `> [!note]`, and `> ` before each line of it"
    ),
}

WIKILINK = re.compile(r"!?\[\[(?![\d\s,.;+-]*\]\])[^\[\]\n]+\]\]")
SHORTCODE = re.compile(r"""\[(?:/[a-z][\w-]*|[a-z][\w-]*(?:\s+[\w-]+=(?:"[^"\n]*"|'[^'\n]*'|[^\s\]]+))+\s*/?)\](?![(\[:])""")
_IMPORT = re.compile(r"""import\s[\w\s{},*]+\sfrom\s+["'][^"'\n]+["'];?|export\s+(?:const|default|function)\s""")
_DIRECTIVE = re.compile(r":::+[ \t]*\{?(?!circle|private)[a-z][\w-]*|!!!\s+[a-z]+")
_COMPONENT = re.compile(r"<[A-Z][a-z]\w*(?:\.\w+)*")


def note(findings: Findings, kind: str, shown: str, line: int) -> None:
    """Note what was seen at a line of the file."""
    findings.foreign.setdefault(kind, (line, shown))


def note_paragraph(findings: Findings, text: str, line: int) -> None:
    """Note what the beginning of a paragraph may be."""
    if text.startswith((":::", "!!!")) and (found := _DIRECTIVE.match(text)):
        note(findings, "directive", found[0], line)
    elif text.startswith(("import ", "export ")) and (found := _IMPORT.match(text)):
        note(findings, "import", found[0], line)


def is_component(tag: str, piece: Piece) -> bool:
    """Whether an opening tag is rather a component: `<Tweet id="1" />`. HTML is written in small or in capital letters alone."""
    return piece.name not in ELEMENTS and _COMPONENT.match(tag) is not None


def report(findings: Findings) -> None:
    """Report all that was noted, at the first place."""
    if not findings.foreign:
        return
    seen = sorted(findings.foreign, key=lambda kind: (findings.foreign[kind][0], list(KINDS).index(kind)))
    (line, shown), kind = findings.foreign[seen[0]], KINDS[seen[0]]
    message = f"`{_short(shown)}` looks like {kind.one}; {kind.fate}"
    others = [f"{KINDS[other].several} (line {findings.foreign[other][0]})" for other in seen[1:]]
    if others:
        message += f". Also here: {', '.join(others)}"
    findings.report(CODE, message, line, kind.way_out)


def _short(shown: str) -> str:
    return " ".join((shown if len(shown) <= 40 else f"{shown[:37]}…").split())
