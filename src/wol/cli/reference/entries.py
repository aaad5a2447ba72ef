"""The shape of a reference in Markdown: an entry is a name with an anchor, some facts, and what it means."""

from __future__ import annotations

import inspect
from collections.abc import Iterator


def heading(title: str, anchor: str = "") -> str:
    """Give the lines of a heading of the second level."""
    return f"\n## {title}{f' {{#{anchor}}}' if anchor else ''}\n"


def entry(name: str, anchor: str, facts: str, *meanings: str) -> Iterator[str]:
    """Give the lines of an entry of a definition list: the name as code, `#anchor` to link to, and paragraphs, of which the first begins with the facts."""
    first, *others = (" ".join(meaning.split()) for meaning in meanings if meaning)
    yield f"\n`{name}`{{#{anchor}}}"
    yield f": *{facts[0].upper()}{facts[1:]}.* {first}" if facts else f": {first}"
    yield from (f": {other}" for other in others)


def first_paragraph(thing: object) -> str:
    """Give the first paragraph of a docstring in one line, or nothing."""
    return " ".join((inspect.getdoc(thing) or "").split("\n\n")[0].split())
