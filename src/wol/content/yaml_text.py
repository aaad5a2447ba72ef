"""YAML as text with positions: one pass over libyaml's events gives values, places and keys that stand twice.

Nothing is resolved: `NO`, `1.10`, `012` and `12:30` stay as typed (YAML 1.1 would make False, 1.1, 10 and 750 of them). Tags, anchors,
aliases and merge keys are refused, so no bomb can be built; the parser's stack is libyaml's own, and reading stops at 64 levels.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Literal, NamedTuple

import yaml

from wol.content.raw import MAX_LEVELS, Raw
from wol.content.source_text import FORBIDDEN
from wol.content.yaml_cuts import Cuts, cuts_of
from wol.content.yaml_errors import explain
from wol.errors import Diagnostic, diagnostic

Root = Literal["mapping", "empty", "other", "broken"]

_ODD = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")
"""Signs that YAML 1.1 takes for line breaks or refuses; here they are text like any other."""

_PRIVATE = range(0xE000, 0xF900)


class Loaded(NamedTuple):
    """What a YAML text is: its root, the values if that is a mapping, and findings."""

    root: Root
    values: dict[str, Raw]
    diagnostics: tuple[Diagnostic, ...]


class _RefusedError(Exception):
    """Something that wol does not read in YAML; reading stops."""

    def __init__(self, found: Diagnostic) -> None:
        super().__init__(found.message)
        self.found = found


def load(text: str, path: str, first_line: int) -> Loaded:
    """Read a YAML text whose first line is line `first_line` of the file `path`.

    A root of `broken` or `other` says that the text is no mapping; `broken` has the error of the parser. A mapping with errors has E
    `front-matter-duplicate`, `front-matter-too-large` (levels, aliases), `front-matter-syntax` (tags) or `front-matter-cut` (` #`) for each.
    """
    odd = _stand_ins(text)
    tree = _Tree(text.translate(odd) if odd else text, path, first_line, {stand_in: sign for sign, stand_in in odd.items()})
    tree.cuts = cuts_of(text, path, first_line)
    try:
        return tree.read()
    except _RefusedError as refused:
        return Loaded("mapping", {}, (*tree.diagnostics, refused.found))
    except yaml.YAMLError as error:
        return Loaded("broken", {}, (explain(error, tree.text, path, first_line),))


def _stand_ins(text: str) -> dict[int, int]:
    if text.isascii() and "\x7f" not in text:
        return {}
    signs = sorted(set(_ODD.findall(text)))
    free = (code for code in _PRIVATE if chr(code) not in text)
    return {ord(sign): stand_in for sign, stand_in in zip(signs, free, strict=False)}


def _parser(text: str) -> Any:
    """Give a parser of events: libyaml's, or PyYAML's own where that was installed without it."""
    return yaml.CBaseLoader(text) if yaml.__with_libyaml__ else yaml.BaseLoader(text)


class _Tree:
    """One reading of one text."""

    def __init__(self, text: str, path: str, first_line: int, signs: dict[int, int]) -> None:
        self.text = text
        self.path = path
        self.first_line = first_line
        self.signs = signs
        self.escapes = bool(signs) or "\\" in text
        self.diagnostics: list[Diagnostic] = []
        self.cuts: Cuts | None = None
        self.top = ""
        """The key of the top level that is being read."""
        self.next: Callable[[], Any] = _parser(text).get_event

    def read(self) -> Loaded:
        self.next()
        if type(self.next()) is yaml.StreamEndEvent:
            return Loaded("empty", {}, ())
        root = self.next()
        if type(root) is not yaml.MappingStartEvent:
            return Loaded("empty" if type(root) is yaml.ScalarEvent and not root.value and not root.style else "other", {}, ())
        self.check(root)
        values = self.mapping(1)
        self.next()
        end = self.next()
        if type(end) is not yaml.StreamEndEvent:
            raise _RefusedError(self.finding("front-matter-syntax", "A second YAML document begins here", end, "remove the `---`"))
        cut = self.cuts.found.values() if self.cuts is not None else ()
        return Loaded("mapping", values, (*self.diagnostics, *cut))

    def mapping(self, level: int) -> dict[str, Raw]:
        values: dict[str, Raw] = {}
        while True:
            event = self.next()
            if type(event) is not yaml.ScalarEvent:
                if type(event) is yaml.MappingEndEvent:
                    if self.cuts is not None:
                        self.cuts.look(event, self.top, -1)
                    return values
                self.check(event)
                raise _RefusedError(self.finding("front-matter-syntax", "A key must be a single text", event))
            if event.anchor is not None or event.tag is not None:
                self.check(event)
            key = self.restore(event) if self.escapes else event.value
            if key == "<<" and not event.style:
                raise _RefusedError(self.finding("front-matter-too-large", "Merge keys `<<` are not read", event, "write the keys out"))
            mark: Any = event.start_mark
            line, column = self.first_line + mark.line, mark.column + 1
            if level == 1:
                self.top = key
            if self.cuts is not None:
                self.cuts.look(event, self.top, -1)
            raw = self.value(self.next(), level, line, column, mark.column)
            if key in values:
                message = f"`{key}` stands twice, on lines {values[key].key_line} and {line}"
                self.diagnostics.append(diagnostic("front-matter-duplicate", message, self.path, line, column))
            else:
                values[key] = raw

    def value(self, event: Any, level: int, key_line: int, key_column: int, indent: int) -> Raw:
        """Read one value; `indent` is the column of its key, or of the dash before it."""
        if event.anchor is not None or event.tag is not None:
            self.check(event)
        mark = event.start_mark
        line, column = self.first_line + mark.line, mark.column + 1
        kind = type(event)
        if self.cuts is not None:
            self.cuts.look(event, self.top, indent)
        if kind is yaml.ScalarEvent:
            value = event.value
            if self.escapes:
                value = self.restore(event)
            plain = not event.style
            if plain and not value and self.cuts is not None:
                value = self.cuts.swallowed
            return Raw(None if plain and not value else value, line, column, plain, key_line, key_column)
        if level >= MAX_LEVELS:
            raise _RefusedError(self.finding("front-matter-too-large", f"The front matter is nested over {MAX_LEVELS} levels deep", event))
        if kind is yaml.MappingStartEvent:
            return Raw(self.mapping(level + 1), line, column, False, key_line, key_column)
        elements: list[Raw] = []
        while True:
            event = self.next()
            if type(event) is yaml.SequenceEndEvent:
                if self.cuts is not None:
                    self.cuts.look(event, self.top, -1)
                return Raw(elements, line, column, False, key_line, key_column)
            elements.append(self.value(event, level + 1, 0, 0, mark.column))

    def check(self, event: Any) -> None:
        """Refuse anchors, aliases and tags."""
        if type(event) is yaml.AliasEvent:
            what, way_out = f"The alias `*{event.anchor}` is not read", "write the value out; a text that begins with `*` stands in quotes"
            raise _RefusedError(self.finding("front-matter-too-large", what, event, way_out))
        if event.anchor is not None:
            what, way_out = f"The anchor `&{event.anchor}` is not read", "remove it; a text that begins with `&` stands in quotes"
            raise _RefusedError(self.finding("front-matter-too-large", what, event, way_out))
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            what, way_out = f"The YAML tag `{tag}` is not read", "remove it; a text that begins with `!` stands in quotes"
            raise _RefusedError(self.finding("front-matter-syntax", what, event, way_out))

    def finding(self, code: str, message: str, event: Any, hint: str = "") -> Diagnostic:
        mark = event.start_mark
        return diagnostic(code, message, self.path, self.first_line + mark.line, mark.column + 1, hint=hint)

    def restore(self, event: Any) -> str:
        """Put odd signs back, and take out what escapes such as `\\0` bring in and XML forbids."""
        value: str = event.value.translate(self.signs) if self.signs else event.value
        if FORBIDDEN.search(value) is None:
            return value
        self.diagnostics.append(self.finding("control-characters", "Control characters were removed from the value", event))
        return FORBIDDEN.sub("", value)
