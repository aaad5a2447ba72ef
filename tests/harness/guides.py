"""wol's own site and guides, as tests read them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from harness.crawl import Page
from harness.site import Site, instant
from wol.model.target import BuildReport

ROOT = Path(__file__).parents[2]
OWN = ("site.toml", "content", "static", "themes")
"""What wol's own site is made of, in the folder of the repository."""
LATE = instant("2099-01-01")
"""A moment at which every decision is out."""

_BLOCK = re.compile(r"^(```+)([^\n`]*)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Own:
    """The built site: what the build said, and its pages by their path in the output."""

    site: Site
    report: BuildReport
    pages: dict[str, Page]

    def reference(self, name: str) -> Page:
        """Return a page of the reference."""
        return self.pages[f"docs/reference/{name}/index.html"]


@dataclass(frozen=True, slots=True)
class Block:
    """A code block of a guide: the heading above it, its language and its text."""

    heading: str
    language: str
    text: str


def guide(name: str) -> str:
    """Return the text of a guide."""
    return (ROOT / f"content/docs/{name}.md").read_text("utf-8")


def blocks(text: str) -> list[Block]:
    """Return the code blocks of a text in Markdown."""
    found = []
    for match in _BLOCK.finditer(text):
        above = _HEADING.findall(_BLOCK.sub("", text[: match.start()]))
        found.append(Block(above[-1] if above else "", match[2].strip(), match[3]))
    return found


def rows(text: str, first: str) -> list[list[str]]:
    """Return the rows of the Markdown table whose head begins with a cell, without that head."""
    lines = text.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {first} |"))
    table = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        table.append([cell.strip() for cell in line.strip("|").split("|")])
    return table
