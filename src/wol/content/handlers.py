"""Our handlers for python-frontmatter: one for each form of front matter.

The package's own boundaries take rules in the text for fences, lose what is no mapping, and know neither BOM nor `...`. So
`front_matter.split` finds the block and hands it alone to `frontmatter.parse` with one of these; the text never passes through.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

import frontmatter
from frontmatter.default_handlers import BaseHandler

from wol.content.raw import Raw
from wol.errors import Diagnostic, diagnostic

if TYPE_CHECKING:
    from wol.content.yaml_text import Root

_LINE = re.compile(r"([\w-]+):[ \t]*(.*)")


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
    """YAML between `---` and `---` or `...`; `root` says what the block was."""

    FM_BOUNDARY = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
    root: Root = "empty"

    def load(self, fm: str) -> dict[str, Any]:
        from wol.content import yaml_text

        self.root, values, self.diagnostics = yaml_text.load(fm, self.path, self.first_line + 1)
        return values


class TomlHandler(BlockHandler):
    """TOML between `+++` and `+++`."""

    FM_BOUNDARY = re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE)

    def load(self, fm: str) -> dict[str, Any]:
        from wol.content import toml_text

        values, self.diagnostics = toml_text.load(fm, self.path, self.first_line + 1)
        return values or {}


class LinesHandler(BlockHandler):
    """Lines `Key: value`, as Pelican has them, without fences."""

    FM_BOUNDARY = re.compile(r"^[ \t]*$", re.MULTILINE)

    def split(self, text: str) -> tuple[str, str]:
        return text, ""

    def load(self, fm: str) -> dict[str, Any]:
        values: dict[str, Raw] = {}
        found: list[Diagnostic] = []
        for line, row in enumerate(fm.split("\n"), self.first_line):
            match = _LINE.fullmatch(row.rstrip(" \t"))
            if match is None:
                hint = "end the front matter with an empty line; if all this is text, put two lines `---` above it"
                found.append(diagnostic("front-matter-syntax", "The line is not `Key: value`", self.path, line, 1, hint=hint))
                break
            key, value = match.groups()
            if key in values:
                message = f"`{key}` stands twice, on lines {values[key].line} and {line}"
                found.append(diagnostic("front-matter-duplicate", message, self.path, line, 1))
            else:
                values[key] = Raw(value or None, line, match.start(2) + 1, True, line, 1)
        self.diagnostics = tuple(found)
        return values
