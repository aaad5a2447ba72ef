"""Markdown for reference pages: definition lists of names, each with an anchor, facts and a description."""

from __future__ import annotations

import inspect
from collections.abc import Iterator


def heading(title: str, anchor: str = "") -> str:
    """Return the lines of a second-level heading."""
    return f"\n## {title}{f' {{#{anchor}}}' if anchor else ''}\n"


def entry(name: str, anchor: str, facts: str, *meanings: str) -> Iterator[str]:
    """Return the lines of a definition list entry: the name as code with the anchor, then paragraphs, the first of which starts with the facts."""
    first, *others = (" ".join(meaning.split()) for meaning in meanings if meaning)
    yield f"\n`{name}`{{#{anchor}}}"
    yield f": *{facts[0].upper()}{facts[1:]}.* {first}" if facts else f": {first}"
    yield from (f": {other}" for other in others)


def first_paragraph(thing: object) -> str:
    """Return the first paragraph of a docstring on one line, or an empty text."""
    return " ".join((inspect.getdoc(thing) or "").split("\n\n")[0].split())
