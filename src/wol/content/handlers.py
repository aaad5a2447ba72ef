"""Our handlers for python-frontmatter: one for each form of front matter.

The package's own boundaries take rules in the text for fences, lose what is no mapping, and know neither BOM nor `...`. So
`front_matter.split` finds the block and hands it alone to `frontmatter.parse` with one of these; the text never passes through.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

import frontmatter
from frontmatter.default_handlers import BaseHandler

from wol.content.opening_lines import is_run, level
from wol.content.raw import Raw
from wol.content.visibility import hides
from wol.errors import Diagnostic, diagnostic
from wol.model.field_table import FIELDS, normal

if TYPE_CHECKING:
    from wol.content.yaml_text import Root

_LINE = re.compile(r"(\w[\w-]*):[ \t]*(.*)")
_LISTS = frozenset(
    normal(name) for field in FIELDS if field.type in ("terms", "list", "authors", "urls") for name in (field.name, *field.also)
)


class BlockHandler(BaseHandler):
    """Reads one block that stands at `first_line` of `path`; findings are left in `diagnostics`."""

    def __init__(self, path: str, first_line: int) -> None:
        super().__init__()
        self.path = path
        self.first_line = first_line
        self.diagnostics: tuple[Diagnostic, ...] = ()

    def split(self, text: str) -> tuple[str, str]:
        """Cut off the two fences; the text of the post is not part of a block."""
        return text[text.index("\n") + 1 : text.rindex("\n") + 1], ""

    def read(self, block: str) -> dict[str, Raw]:
        """Give the values of a block, by python-frontmatter."""
        metadata, _ = frontmatter.parse(block, handler=self)
        return cast("dict[str, Raw]", metadata)


class YamlHandler(BlockHandler):
    """YAML between `---` (or `---yaml`) and `---` or `...`; `root` says what the block was."""

    FM_BOUNDARY = re.compile(r"^---", re.MULTILINE)
    root: Root = "empty"

    def load(self, fm: str) -> dict[str, Any]:
        from wol.content import yaml_text

        self.root, values, self.diagnostics = yaml_text.load(fm, self.path, self.first_line + 1)
        return values


class TomlHandler(BlockHandler):
    """TOML between `+++` and `+++`, or `---toml` and `---`."""

    FM_BOUNDARY = re.compile(r"^(?:\+\+\+|---)", re.MULTILINE)

    def load(self, fm: str) -> dict[str, Any]:
        from wol.content import toml_text

        values, self.diagnostics = toml_text.load(fm, self.path, self.first_line + 1)
        return values or {}


class JsonHandler(BlockHandler):
    """A JSON object, between `---json` and `---`."""

    FM_BOUNDARY = re.compile(r"^---", re.MULTILINE)

    def load(self, fm: str) -> dict[str, Any]:
        from wol.content import json_text

        begin = len(fm) - len(fm.lstrip())
        if not fm.strip():
            return {}
        if fm[begin] != "{":
            line = self.first_line + 1 + fm.count("\n", 0, begin)
            hint = 'write an object, `{ "key": "value" }`, or `---` alone as the first line'
            self.diagnostics = (diagnostic("front-matter-syntax", "The front matter is not a JSON object", self.path, line, 1, hint=hint),)
            return {}
        loaded = json_text.load(fm, begin, self.path, self.first_line + 1)
        self.diagnostics = loaded.diagnostics
        if loaded.values is not None and fm[loaded.end :].strip():
            line = self.first_line + 1 + fm.count("\n", 0, loaded.end + len(fm[loaded.end :]) - len(fm[loaded.end :].lstrip()))
            hint = "close the front matter with a line `---` behind the object"
            self.diagnostics += (diagnostic("front-matter-syntax", "Text follows the JSON object", self.path, line, 1, hint=hint),)
        return loaded.values or {}


class LinesHandler(BlockHandler):
    """Lines `Key: value`, as Pelican has them, without fences; an indented line continues the value above it."""

    FM_BOUNDARY = re.compile(r"^[ \t]*$", re.MULTILINE)

    def split(self, text: str) -> tuple[str, str]:
        return text, ""

    def load(self, fm: str) -> dict[str, Any]:
        values: dict[str, Raw] = {}
        found: list[Diagnostic] = []
        last = ""
        for line, row in enumerate(fm.split("\n"), self.first_line):
            typed = row.rstrip(" \t")
            if last and row[:1] in (" ", "\t"):
                hidden = _LINE.fullmatch(typed.strip())
                if hidden is not None and hides(hidden[1], hidden[2]):
                    message = f"`{hidden[1]}` is indented, so it belongs to `{last}` above and hides nothing"
                    hint = f"take the indentation away; if it belongs to the value, write it on the line of `{last}`"
                    found.append(diagnostic("front-matter-syntax", message, self.path, line, 1, hint=hint))
                    break
                values[last] = _longer(last, values[last], typed.strip())
                continue
            match = _LINE.fullmatch(typed)
            if match is None and is_run(level(typed)):
                hint = f"put a line `---` above them{' and write this one as `---`' if typed != '---' else ''}; {_text(line)}"
                message = f"The fields above `{typed}` are not front matter, since no line `---` opens it"
                found.append(diagnostic("front-matter-syntax", message, self.path, line, 1, hint=hint))
                break
            if match is None:
                hint = "end the front matter with an empty line; if all this is text, put two lines `---` above it"
                found.append(diagnostic("front-matter-syntax", "The line is not `Key: value`", self.path, line, 1, hint=hint))
                break
            key, value = match.groups()
            if key in values:
                message = f"`{key}` stands twice, on lines {values[key].line} and {line}"
                found.append(diagnostic("front-matter-duplicate", message, self.path, line, 1))
                last = key
            else:
                values[key] = Raw(value or None, line, match.start(2) + 1, True, line, 1)
                last = key
        self.diagnostics = tuple(found)
        return values


def _text(line: int) -> str:
    return f"if it is text, put two lines `---` above it and write line {line} as `***`"


def is_lines(block: str) -> bool:
    """Tell whether a block is nothing but lines `Key: value` and what continues them."""
    rows = block.split("\n")
    return _LINE.match(rows[0]) is not None and all(row[:1] in (" ", "\t") or _LINE.match(row) for row in rows)


def _longer(key: str, raw: Raw, more: str) -> Raw:
    """Add a line to a value: to a list as further elements, to a text as further words."""
    value = str(raw.value or "")
    joint = "" if not value else ", " if normal(key) in _LISTS and not value.endswith(",") else " "
    return Raw(f"{value}{joint}{more}", raw.line, raw.column, True, raw.key_line, raw.key_column)
