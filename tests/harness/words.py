"""The words of a Markdown source, found without any parser of Markdown and without wol.

The words of a source must all be on its page (`harness.shown`), in their order and as often as they were written. What of the source is *not* a word of the
text is set aside here step by step; each step has a name and is counted, so that a table in the test can say how much it is, and a change shows.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass, field

from harness import markdown_patterns as p


@dataclass(slots=True)
class Reduced:
    """The words of one source: of the text, and of each footnote by its label. `ignored` counts what was set aside, by name."""

    words: list[str] = field(default_factory=list)
    notes: dict[str, list[str]] = field(default_factory=dict)
    ignored: Counter[str] = field(default_factory=Counter)


def words_of(text: str) -> list[str]:
    """Cut a text into words: letters and digits of any script and nothing else, so that quotes and dashes do not matter."""
    return p.WORD.findall(text)


def reduce(body: str, title: str = "") -> Reduced:
    """Reduce the Markdown text of a source (without its front matter) to words."""
    return _Reducer(title).reduce(body)


class _Reducer:
    def __init__(self, title: str) -> None:
        self.title = title
        self.literal: list[str] = []
        self.labels: set[str] = set()
        self.ignored: Counter[str] = Counter()

    def reduce(self, body: str) -> Reduced:
        lines = self.blocks(body.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4).split("\n"))
        main, notes = _part(lines)
        words = self.inline(main, notes)
        found = Reduced(self.without_title(main, words), {label: self.inline(text, notes) for label, text in notes.items()})
        found.ignored = +self.ignored
        return found

    def keep(self, text: str) -> str:
        """Put a text aside that nothing else is to be looked for in, and give what stands for it."""
        self.literal.append(text)
        return f"\ue000{len(self.literal) - 1}\ue001"

    def restore(self, text: str) -> str:
        while p.KEPT.search(text):
            text = p.KEPT.sub(lambda m: self.literal[int(m[1])], text)
        return text

    def without_title(self, main: str, words: list[str]) -> list[str]:
        """Leave out a first heading that says the same as the title: a page shows it once, above the text."""
        heading = re.match(r"\s*(?:#[ ]+([^\n]*?)[ #]*(?:\n|$)|([^\n]+)\n=+[ ]*(?:\n|$))", main)
        title = words_of(self.title)
        first = words_of(self.restore(heading[1] or heading[2])) if heading else []
        if first and first == words[: len(first)] and title in (first, []):
            self.ignored["first headings that are the title"] += 1
            return words[len(first) :]
        return words

    def blocks(self, given: list[str]) -> list[str]:
        """Set aside what whole lines say: code, HTML, definitions, attributes, numbers of lists."""
        lines: list[str] = []
        in_list = False
        at = 0
        while at < len(given):
            line = given[at]
            at += 1
            fresh = (
                not lines or not lines[-1].strip() or lines[-1][-1] == "\ue001" or lines[-1] == p.DEFINED or bool(p.NOTE.match(lines[-1]))
            )
            if fresh and line.strip() and not line.startswith(" ") and not p.LIST.match(line):
                in_list = False
            if line.startswith("    ") and fresh and not in_list and not _follows_note(lines):
                lines.append(self.keep(line))
            elif (fence := p.FENCE.match(line)) and not (fence["sign"][0] == "`" and "`" in fence["info"]):
                self.ignored["words after a code fence"] += len(words_of(fence["info"]))
                at = self.fence(fence, given, at, lines)
            elif raw := p.HTML_RAW.match(line):
                at = self.markup(given, at - 1, lines, re.compile(f"</{raw[1]}>", re.IGNORECASE))
            elif re.match(r"^[ ]{0,3}<!--", line):
                at = self.markup(given, at - 1, lines, re.compile("-->"))
            elif p.HTML.match(line) and p.ASKS_FOR_MARKDOWN.search(line):
                lines.append(self.without_markup(line, p.LOOSE_TAG))
            elif p.HTML.match(line) or (fresh and p.HTML_ALONE.match(line)):
                at = self.markup(given, at - 1, lines, None)
            elif fresh and (found := p.DEFINITION.match(line)) and not found["label"].startswith("^"):
                self.labels.add(_folded(found["label"]))
                self.ignored["reference definitions"] += 1
                lines.append(p.DEFINED)
            elif p.ATTRIBUTES.match(line):
                self.ignored["lines of attributes"] += 1
            else:
                number = p.NUMBER.match(line)
                if number and (in_list or fresh or int(number["number"]) == 1):
                    self.ignored["numbers of lists"] += 1
                    line = number["before"] + line[number.end("number") :]
                    in_list = True
                in_list = in_list or bool(p.LIST.match(line))
                lines.append(line)
        return [line.replace(p.DEFINED, "") for line in lines]

    def fence(self, opening: re.Match[str], given: list[str], at: int, lines: list[str]) -> int:
        """Take the lines of a code fence; give the number of the line after it."""
        code = []
        quoted = ">" in opening["indent"]
        while at < len(given):
            end = p.FENCE_END.match(given[at])
            if quoted and ">" not in given[at]:
                break
            at += 1
            if end and end[1][0] == opening["sign"][0] and len(end[1]) >= len(opening["sign"]):
                break
            code.append(given[at - 1])
        lines.append(p.NUMBER.sub(r"\g<before>", opening["indent"]) + self.keep("\n".join(code)))
        return at

    def markup(self, given: list[str], at: int, lines: list[str], end: re.Pattern[str] | None) -> int:
        """Take a block of HTML, up to an empty line or to what ends it: nothing in it but tags, comments and text."""
        block = []
        while at < len(given):
            line = given[at]
            if end is None and not line.strip():
                break
            at += 1
            block.append(line)
            if end is not None and end.search(line):
                break
        text = self.without_markup("\n".join(block), p.LOOSE_TAG)
        lines.append(self.keep(html.unescape(text)))
        return at

    def without_markup(self, text: str, tags: re.Pattern[str]) -> str:
        def tag(found: re.Match[str]) -> str:
            self.ignored["HTML tags"] += 1
            alt = p.ALT.search(found[0]) if found[1].lower() == "img" else None
            return f" {alt[1] or alt[2] or ''} " if alt else "" if found[1].lower() in p.INLINE else " "

        text = self.count("comments", p.COMMENT, text)
        text = self.count("scripts and styles", p.HIDDEN, text)
        return tags.sub(tag, text)

    def count(self, name: str, pattern: re.Pattern[str], text: str, replacement: str = " ") -> str:
        text, times = pattern.subn(replacement, text)
        self.ignored[name] += times
        return text

    def inline(self, text: str, notes: dict[str, str]) -> list[str]:
        """Set aside what stands inside a text, paragraph by paragraph: comments, tags, destinations, titles, footnote marks."""
        text = self.count("comments", p.COMMENT, text)
        return words_of("\n\n".join(self.paragraph(p, notes) for p in re.split(r"\n[ >]*\n", text)))

    def paragraph(self, text: str, notes: dict[str, str]) -> str:
        def mark(found: re.Match[str]) -> str:
            if found[1] not in notes:
                return found[0]
            self.ignored["footnote marks"] += 1
            return ""

        caption = p.CAPTION.fullmatch(text) if text.count("![") == 1 else None
        text = text.replace("\\`", self.keep("`"))
        text = p.CODE.sub(lambda m: self.keep(m[2]), text)
        text = p.AUTOLINK.sub(lambda m: self.keep(m[1]), text)
        text = self.without_markup(text, p.TAG)
        text = p.FOOTNOTE.sub(mark, text)
        text = p.ESCAPE.sub(lambda m: self.keep(m[1]), text)
        text = p.TEMPLATE.sub(lambda m: m[0].replace("&", self.keep("&")), text)
        text = self.count("attributes", p.ATTRIBUTES_AFTER, text)
        text = self.count("ticks of task lists", p.TASK, text, r"\1")
        text = self.links(text)
        if sum(map(len, p.STARS.findall(text))) % 2 == 0:
            text = p.STARS_INSIDE.sub("", text)
        if caption:
            self.ignored["link titles"] -= 1
            text += "\n" + (caption["one"] or caption["two"] or "")
        return self.restore(html.unescape(text))

    def links(self, text: str) -> str:
        """Leave of each link its text, of each picture what stands for it."""
        at = 0
        while found := p.TARGET.search(text, at) or p.REFERENCE.search(text, at):
            reference = "label" in found.groupdict()
            start = _opening(text, found.start())
            if start is None or (reference and _folded(found["label"] or text[start + 1 : found.start()]) not in self.labels):
                at = found.end()
                at = at if reference or not p.REFERENCE.search(text, found.start()) else found.start() + 1
                continue
            inside = text[start + 1 : found.start()]
            if reference:
                self.ignored["reference labels"] += bool(found["label"])
            else:
                self.ignored["link destinations"] += 1
                self.ignored["link titles"] += found["title"] is not None
            image = text[start - 1 : start] == "!"
            text = text[: start - image] + (f" {inside} " if image else inside) + text[found.end() :]
            at = 0
        return re.sub(r"\[([^\[\]]*)\]", lambda m: m[1] if _folded(m[1]) in self.labels else m[0], text)


def _part(lines: list[str]) -> tuple[str, dict[str, str]]:
    """Part the text from its footnotes, which a page shows at its end."""
    main: list[str] = []
    notes: dict[str, str] = {}
    label = ""
    blank = False
    for line in lines:
        if found := p.NOTE.match(line):
            label = found["label"]
            notes[label] = found["text"]
        elif label and (line.startswith("    ") or not line.strip() or not blank):
            notes[label] += "\n" + line
        else:
            label = ""
            main.append(line)
        blank = not line.strip()
    return "\n".join(main), notes


def _follows_note(lines: list[str]) -> bool:
    """Whether the last paragraph that was not indented is a footnote, so that an indented one goes on with it."""
    for line in reversed(lines):
        if line.strip() and not line.startswith("    "):
            return p.NOTE.match(line) is not None
    return False


def _opening(text: str, end: int) -> int | None:
    """Return the place of the bracket that the one at `end` closes."""
    depth = 0
    for at in range(end - 1, -1, -1):
        if text[at] == "]":
            depth += 1
        elif text[at] == "[":
            if depth == 0:
                return at
            depth -= 1
    return None


def _folded(label: str) -> str:
    return " ".join(p.ESCAPE.sub(r"\1", label).split()).casefold()
