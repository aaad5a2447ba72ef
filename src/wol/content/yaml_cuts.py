"""Values that YAML cuts off at ` #`: what follows is a comment to the parser, and often was none to the writer.

`title: Issue #5 is done` is "Issue" in YAML, and `tags: #learning` nothing. The parser's marks tell where each value ends; what the text
holds from there is looked at. A comment with a space after its `#` is one, and so is a line of its own that continues no value.
Source: the authoring format, section 1.
"""

from __future__ import annotations

import re
from typing import Any

from wol.errors import Diagnostic, diagnostic
from wol.fixes import Hint, SetLine
from wol.model.field_table import FIELD_BY_NAME, MUST_SAY, normal

_POSSIBLE = re.compile(r"#\S")
_SAME_LINE = re.compile(r"[ \t]*(#)(?=\S)")
_NEXT_LINE = re.compile(r"[ \t]*\n([ \t]*)(#)(?=\S)")
_BLOCK_HEADER = re.compile(r"[|>][0-9+-]*[ \t]*(#)(?=\S)")
_COMMENT = re.compile(r"#[^\n]*")
_LEFT_OUT = re.compile(r"#(?:-|[\w-]+:(?:[ \t]|$))", re.MULTILINE)
"""An element or a key that was made a comment, below a key that has no others."""

_TEXTS = ("text", "markdown", "list", "terms", "authors", "image", "link", "url", "urls", "path", "reason", "extra")
_COMMENT_HINT = "if it is a comment, put a space after the `#`"


class Cuts:
    """The cuts of one YAML text whose first line is line `first_line` of the file `path`."""

    def __init__(self, text: str, path: str, first_line: int) -> None:
        self.text = text
        self.path = path
        self.first_line = first_line
        self.found: dict[int, Diagnostic] = {}
        self.flow = 0
        """Lists and maps in brackets that are open, at the last event."""
        self.end = 0
        """Where the last event ended."""
        self.swallowed = ""
        """What a comment took from the last scalar, if that was left empty."""

    def look(self, event: Any, key: str, indent: int) -> None:
        """Look at what stands around an event of a value: `key` is the key of the top level, `indent` the column of its own key or dash."""
        start, end = event.start_mark.index, event.end_mark.index
        kind = type(event).__name__
        if self.flow:
            for comment in _COMMENT.finditer(self.text, self.end, start):
                if len(comment[0]) > 1 and not comment[0][1].isspace():
                    self.tell(comment.start(), f"put it in quotes; {_COMMENT_HINT}")
        self.end = end
        if kind == "ScalarEvent":
            self.scalar(event, key, indent)
        elif kind.endswith("StartEvent"):
            self.flow += bool(self.flow or event.flow_style)
        elif self.flow:
            self.flow -= 1
            self.bracket(end)

    def scalar(self, event: Any, key: str, indent: int) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        self.swallowed = ""
        if event.style in ("|", ">"):
            header = _BLOCK_HEADER.match(self.text, start)
            if header is not None:
                self.tell(header.start(1), _COMMENT_HINT)
            return
        same = _SAME_LINE.match(self.text, end)
        if same is not None:
            self.swallowed = self.text[same.end() :].partition("\n")[0].strip() if start == end else ""
            self.tell(same.start(1), self.hint(event, key, start, end, same.start(1)))
        elif not event.style and not self.flow and indent >= 0:
            below = _NEXT_LINE.match(self.text, end)
            continues = below is not None and len(below[1]) > indent and not (start == end and _LEFT_OUT.match(self.text, below.start(2)))
            if below is not None and continues:
                self.tell(below.start(2), f"put the whole value in quotes; {_COMMENT_HINT}")

    def bracket(self, end: int) -> None:
        """Look at what follows a closing bracket."""
        same = _SAME_LINE.match(self.text, end)
        if same is not None:
            self.tell(same.start(1), f"{_COMMENT_HINT}; if it belongs to the value, put it inside the brackets, in quotes")

    def hint(self, event: Any, key: str, start: int, end: int, at: int) -> str:
        """Give the way out for a single value, with the line as it should be."""
        line_start = self.text.rfind("\n", 0, at) + 1
        line_end = self.text.find("\n", at)
        rest = self.text[at + 1 : line_end if line_end >= 0 else len(self.text)].rstrip()
        before = self.text[line_start:at]
        if event.style:
            return f"{_COMMENT_HINT}; if it belongs to the value, move it inside the quotation marks"
        field = FIELD_BY_NAME.get(normal(key))
        if (field is not None and field.type not in _TEXTS) or normal(key) in MUST_SAY - {"gone"}:
            shown = f"{before.strip()} {rest}" if start == end else f"{before.strip()} # {rest}"
            return Hint(f"write `{shown}`; a comment has a space after its `#`", SetLine(shown))
        if start < line_start and start != end:
            return f"put the whole value in quotes; {_COMMENT_HINT}"
        value = self.text[at if start == end else start : at] + f"#{rest}"
        head = self.text[line_start : at if start == end else start].strip()
        return Hint(f"put it in quotes: `{head} {quoted(value)}`; {_COMMENT_HINT}", SetLine(f"{head} {quoted(value)}"))

    def tell(self, at: int, hint: str) -> None:
        line_start = self.text.rfind("\n", 0, at) + 1
        line = self.first_line + self.text.count("\n", 0, at)
        message = "YAML takes what follows ` #` here for a comment, so the value would lose its end"
        self.found.setdefault(at, diagnostic("front-matter-cut", message, self.path, line, at - line_start + 1, hint=hint))


def cuts_of(text: str, path: str, first_line: int) -> Cuts | None:
    """Give what looks for cuts; None where no `#` could make one."""
    return Cuts(text, path, first_line) if _POSSIBLE.search(text) is not None else None


def quoted(value: str) -> str:
    """Give a text in quotes, as YAML and TOML read it."""
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'
