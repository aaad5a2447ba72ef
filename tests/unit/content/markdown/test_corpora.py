"""Real blogs, which were written for other generators: all of them are read without an error."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from wol.content.front_matter import split
from wol.content.markdown.reader import Text

FOLDERS = ("18f/content", "mehdix/src", "scientific-python-blog/content")


@pytest.mark.corpora
@pytest.mark.parametrize("folder", FOLDERS)
def test_real_texts(folder: str, corpora: Path, read: Callable[..., Text]) -> None:
    """No text is refused, every text shows words, and no finding lies outside its file."""
    sources = sorted(path for path in (corpora / folder).rglob("*") if path.suffix in (".md", ".markdown"))
    assert len(sources) > 90
    for source in sources:
        block = split(source.read_bytes(), str(source))
        text = read(block.body, first_line=block.body_line)
        last = source.read_bytes().count(b"\n") + 1
        assert not [found for found in text.diagnostics if found.severity == "error"], source
        assert all(found.span and block.body_line <= found.span.line <= last for found in text.diagnostics), source
        assert all(block.body_line <= link.line <= last for link in text.links), source
        assert bool(text.words) == bool(block.body.strip()), source
        assert text.words == 0 or text.excerpt_text, source
