"""The way through the beginning of a source that has no front matter in a form that wol reads.

What is looked at is the beginning alone: comments, headings and lines like fences, and the first block of lines behind them, and on to
the next block while a block is nothing but `key: value`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from wol.content.opening_lines import Lines, OpeningLine, Pair, hiding_within, is_code_fence, is_hiding, is_run, label_of, pair_of
from wol.content.openings import Before

_HEADING = re.compile(r" {0,3}#{1,6}(?:\s|$)")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)\s*")
_RULE = re.compile(r" {0,3}(?:(?:\*\s*){3,}|(?:_\s*){3,})")
_FURNITURE = re.compile(
    r"\s*(?:\{\{.*\}\}|\{%.*%\}|\[\[?_?TOC_?\]?\]|\[(?://|comment|#)\]:.*|<[!?/]?[a-zA-Z][^<>]*>|\\?#!.*|&nbsp;|\\)\s*", re.IGNORECASE
)
"""A line that shows no words of the text: a shortcode, a tag, a comment written as a link."""

_CONTINUES = re.compile(r"\s+\S|\s*(?:[-*]\s|#|\.\.(?:\s|$)|[\[{}\]]+,?\s*$|\[[\w.\"' -]+\]+\s*$)|<!--.*-->\s*$|-->\s*$")
"""What may stand between lines `key: value` of a front matter: indented lines, elements of lists, comments, brackets, tables of TOML."""

_TABLE = re.compile(r"\[\[?[\w.\"'-]+\]?\]\s*")
"""The head of a table of TOML."""

_COMMENT_END = re.compile(r"\s*(?:-->|\*/)\s*$")

_WORDS_BEFORE = 5
"""Lines of a first paragraph behind which a whole front matter that hides is still an error."""


class OpeningFinding(NamedTuple):
    """A line that hides (`hidden`), or the fence before lines of fields; `fence` is the line to be written as a rule, 0 for none."""

    line: int
    shown: str
    hidden: bool
    fence: int = 0


class Walk:
    """One look at the beginning of a text."""

    def __init__(self, text: str, first_line: int, before: Before) -> None:
        self.before = before
        self.lines = Lines(text, first_line)
        self.at = 0
        self.fields: list[tuple[int, Pair]] = []

    def look(self) -> OpeningFinding | None:
        """Go from one part of the beginning to the next until one is text."""
        may_open = True
        while (line := self.lines.get(self.at)) is not None:
            if not line.text.strip():
                may_open = True
                self.at += 1
            elif is_code_fence(line.text):
                return None
            elif line.text.lstrip().startswith("<!--"):
                found = self.comment()
                if found is not None and self.before is Before.NOTHING:
                    return found
                may_open = True
            elif self.is_fence(line):
                found, goes_on = self.fenced(may_open)
                if found is not None or not goes_on:
                    return found
            elif (length := self.heading()) > 0:
                if self.before is Before.NOTHING and (found := self.hidden(line)) is not None:
                    return found
                self.at += length
                may_open = False
            elif self.is_furniture(line):
                self.at += 1
            else:
                found, goes_on = self.block()
                if found is not None or not goes_on:
                    return found
                may_open = True
        return None

    def is_fence(self, line: OpeningLine) -> bool:
        return is_run(line.text) or label_of(line.text, line.typed) is not None

    def is_furniture(self, line: OpeningLine) -> bool:
        """Tell whether a line has no words of the text; a rule is text behind a front matter, since the hints say so."""
        is_rule = self.before is Before.NOTHING and _RULE.fullmatch(line.text) is not None
        return (is_rule or _FURNITURE.fullmatch(line.text) is not None) and self.hidden(line) is None

    def heading(self) -> int:
        """Give the number of lines of a heading that begins here, else 0."""
        line = self.lines.known[self.at]
        if _HEADING.match(line.text):
            return 1
        below = self.lines.get(self.at + 1)
        if below is not None and _UNDERLINE.fullmatch(below.text) and self.hidden(line) is None:
            return 2
        return 0

    def hidden(self, line: OpeningLine, fence: int = 0) -> OpeningFinding | None:
        """Tell whether a line keeps the text from readers."""
        pair = line.pair
        if pair is not None:
            if is_hiding(pair, line.text):
                return OpeningFinding(line.number, f"{pair.key}: {_COMMENT_END.sub('', pair.value)}", True, fence)
            if not pair.value.strip(">|+-") and (below := self.below(line)) and is_hiding(pair._replace(value=below), line.text):
                return OpeningFinding(line.number, f"{pair.key}: {below}", True, fence)
        shown = hiding_within(line.text)
        return OpeningFinding(line.number, shown, True, fence) if shown else None

    def below(self, line: OpeningLine) -> str:
        """Give the value of a key that stands indented on the line below it."""
        below = self.lines.get(line.position + 1)
        return below.text.strip() if below is not None and below.text[:1] in (" ", "\t") and below.pair is None else ""

    def comment(self) -> OpeningFinding | None:
        """Look into a comment, and go past it."""
        inside: list[OpeningLine] = []
        while (line := self.lines.get(self.at)) is not None:
            self.at += 1
            inside.append(line)
            if "-->" in line.text:
                break
        for line in inside:
            if (found := self.hidden(line)) is not None:
                return found
            bare = line.text.strip().removeprefix("<!--").removesuffix("-->")
            for part in re.split("[,;]", bare) if "," in bare or ";" in bare else ():
                pair = pair_of(part)
                if pair is not None and is_hiding(pair, part):
                    return OpeningFinding(line.number, f"{pair.key}: {pair.value}", True)
        words = [line for line in inside if line.text.strip().strip("<!->").strip() or is_run(line.text)]
        if self.before is Before.NOTHING:
            self.note(words)
        if len(words) > 1 and is_run(words[0].text.removeprefix("<!--")) and (pair := words[1].pair) is not None and pair.field:
            return OpeningFinding(words[0].number, words[0].typed.strip(), False)
        return None

    def fenced(self, may_open: bool) -> tuple[OpeningFinding | None, bool]:
        """Look behind a line like a fence; the second value says that nothing stood between it and the next one."""
        opening = self.lines.known[self.at]
        run = is_run(opening.text)
        label = None if run else label_of(opening.text, opening.typed)
        inside: list[OpeningLine] = []
        closed = gap = False
        index = self.at + 1
        while (line := self.lines.get(index)) is not None:
            if is_code_fence(line.text):
                break
            if not line.text.strip():
                gap = gap or not inside
                if not all(one.pair is not None or _CONTINUES.match(one.text) for one in inside):
                    break
            elif inside and is_run(line.text):
                closed = True
                break
            elif not inside and self.is_fence(line):
                self.at = index
                return self.hidden(opening, opening.number), True
            else:
                inside.append(line)
            index += 1
        if self.before is not Before.NOTHING and inside and inside[0].pair is None and not _CONTINUES.match(inside[0].text):
            return self.hidden(opening, opening.number), False
        within = pair_of(label) if label is not None else None
        for line in (opening, *inside):
            if (found := self.hidden(line, opening.number)) is not None:
                return found, False
        if may_open and (self.opens(inside, run, gap, closed) or (within is not None and within.field)):
            return OpeningFinding(opening.number, opening.typed.strip()[:40], False, opening.number), False
        if self.before is Before.NOTHING and (gap or not any(line.pair for line in inside)):
            self.at += 1
            return None, True
        self.note(inside)
        return None, False

    @staticmethod
    def opens(inside: list[OpeningLine], run: bool, gap: bool, closed: bool) -> bool:
        """Tell whether what stands behind a line like a fence are fields.

        Behind a label (`--- # note`) the first line must be one; behind the signs of a fence alone, one must come before any text; and
        where a blank line follows it, as one follows a rule, there must be a closing line too.
        """
        for number, line in enumerate(inside):
            if line.pair is not None and line.pair.field:
                return closed or not gap
            if (line.pair is None and not _CONTINUES.match(line.text)) or (not run and number == 0):
                return False
        return False

    def block(self) -> tuple[OpeningFinding | None, bool]:
        """Look at a block of lines; the second value says that the next one belongs to the beginning too."""
        lines: list[OpeningLine] = []
        closing = 0
        while (line := self.lines.get(self.at)) is not None:
            if not line.text.strip() or is_code_fence(line.text):
                break
            if lines and is_run(line.text) and _is_fields(lines):
                closing = line.number
                break
            lines.append(line)
            self.at += 1
        is_fields = _is_fields(lines)
        counts = self.before is Before.NOTHING or (self.before is Before.LINES and is_fields) or (is_fields and closing > 0)
        if counts:
            for line in lines:
                if (found := self.hidden(line, closing)) is not None:
                    return found, False
            self.note(lines)
        if closing:
            return None, False
        if is_fields:
            return None, self.before in (Before.NOTHING, Before.LINES)
        return self.behind_words(lines) if self.before is Before.NOTHING else None, False

    def behind_words(self, lines: list[OpeningLine]) -> OpeningFinding | None:
        """Look for a whole front matter behind a first paragraph of a few lines: only one that hides is told."""
        index = self.at
        while (opening := self.lines.get(index)) is not None and not opening.text.strip():
            index += 1
        if len(lines) > _WORDS_BEFORE or opening is None or not self.is_fence(opening):
            return None
        inside: list[OpeningLine] = []
        while (line := self.lines.get(index := index + 1)) is not None and line.text.strip():
            if is_run(line.text):
                hidden = (self.hidden(one, opening.number) for one in inside) if _is_fields(inside) else ()
                return next((found for found in hidden if found is not None), None)
            inside.append(line)
        return None

    def note(self, lines: list[OpeningLine]) -> None:
        """Remember the fields that lines name."""
        self.fields += ((line.number, line.pair) for line in lines if line.pair is not None and line.pair.field and line.pair.plain)


def _is_fields(lines: list[OpeningLine]) -> bool:
    """Tell whether lines are nothing but `key: value`, and what may stand between such lines."""
    return any(line.pair is not None or _TABLE.fullmatch(line.text) for line in lines) and all(
        line.pair is not None or _CONTINUES.match(line.text) for line in lines
    )
