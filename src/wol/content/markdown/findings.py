"""What is found in one text while it is parsed: diagnostics, references, anchors, footnotes."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import TYPE_CHECKING, Any

import msgspec

from wol.errors import Diagnostic, diagnostic
from wol.model.item import Link

if TYPE_CHECKING:
    from markdown_it.token import Token

Env = MutableMapping[str, Any]
"""The parser's box for what its rules share; it holds the `Findings` under `findings`."""


class Footnote(msgspec.Struct):
    """A footnote as it was written: its blocks, its number by first use (0: unused), and how often it is used."""

    label: str
    tokens: list[Token]
    number: int = 0
    uses: int = 0
    line: int = 0
    """Its line in the text, from 0."""


class Findings(msgspec.Struct):
    """The findings of one text. Lines of tokens count from 0 in the text, those of diagnostics and links from 1 in the file."""

    path: str
    """Path of the file from the site's root, for diagnostics."""
    folder: str
    """Folder of the item below the content folder, from which relative references lead."""
    first_line: int
    symbolic: bool = True
    """Whether references into the site are looked up later; otherwise they stay as typed."""
    strip_images: bool = True
    """Whether pictures in `data:` addresses lose their metadata."""
    diagnostics: list[Diagnostic] = []
    links: list[Link] = []
    anchors: dict[str, int] = {}
    """Anchor to the line in the file of the `{#id}` that gave it, or 0."""
    repeated: dict[str, int] = {}
    """Slug of headings to the number that the last of them has."""
    headings: list[int] = []
    """The places of headings among the blocks."""
    footnotes: dict[str, Footnote] = {}
    """Normal form of the label to the footnote."""
    spare_footnotes: list[Footnote] = []
    """Footnotes whose label is another one's."""
    used_footnotes: list[Footnote] = []
    notes_open: int = 0
    """How many footnotes are being parsed, one inside the other."""
    in_image: int = 0
    """How many alternative texts of images are being parsed, one inside the other."""
    pipes: bool = True
    """Whether the text has a sign `|`, without which there is no table."""
    markdown_in_html: bool = False
    """Whether an element of HTML may ask for Markdown in it."""
    lines_of_html: int = 0
    """Lines that were looked through for the ends of such elements."""
    last_comment_end: int = -1
    """The line of the text, from 0, with the last `-->`; -1 where there is none."""
    closed: frozenset[str] = frozenset()
    """Names of the HTML elements that the text closes somewhere."""
    more: bool = False
    """Whether the text has the mark that ends the excerpt."""
    cells: int = 0
    """Cells of tables so far."""
    pipes_counted: int = 0
    """Line in the text up to which the signs `|` have been counted."""
    near_links: set[str] = set()
    """Kinds of what looks like a link and is none that were reported."""
    noted: list[tuple[int, str, str]] = []
    """What an inline rule has to say of the block that is being parsed: a place in its text, a message and a hint."""
    seen: list[tuple[int, str, str]] = []
    """The same of the syntax of other generators: a place, a kind, and what stands there."""
    uncertain: bool = False
    """Whether there is a link or an image that is one only if it leads somewhere."""
    bullets: int = 0
    """Lines that begin with a bullet which is none of Markdown."""
    first_bullet: tuple[int, str, str] = (0, "", "")
    """The first of them: its line in the file, the bullet, and the line as typed."""
    has_asterisks: bool = False
    """Whether asterisks that stay visible were reported."""
    language: str = ""
    """The language of the text, as in BCP 47."""
    isolates_code: bool = False
    """Whether code is told to run from left to right, since the text around it may not."""
    foreign: dict[str, tuple[int, str]] = {}
    """Kinds of syntax of other generators, each with the line in the file of the first, and what stands there."""

    def line(self, token: Token) -> int:
        """Give the line in the file at which a token stands."""
        return self.first_line + (token.map[0] if token.map else 0)

    def report(self, code: str, message: str, line: int, hint: str = "") -> None:
        """Add a diagnostic; `line` is one of the file."""
        self.diagnostics.append(diagnostic(code, message, self.path, line, hint=hint))

    def anchor(self, name: str, line: int) -> None:
        """Note an anchor that the writer gave with `{#name}`."""
        before = self.anchors.get(name)
        if before:
            self.report("anchor-duplicate", f"`{{#{name}}}` stands here and in line {before}", line)
        self.anchors[name] = before or line


def findings_of(env: Env) -> Findings:
    """Give the findings of the text that is being parsed."""
    findings: Findings = env["findings"]
    return findings
