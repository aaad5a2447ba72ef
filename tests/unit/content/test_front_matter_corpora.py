"""The front matter of real blogs: all of it is read, none of it is lost."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest

from wol.content.fields import Fields, read_fields
from wol.content.front_matter import Block, split

SETTINGS = SimpleNamespace(
    folder="content",
    timezone="America/New_York",
    taxonomies={"tags": "comma", "categories": "comma"},
    misspelt="error",
    fields={},
    declared=(),
    absent=frozenset(),
)


def read_all(blog: Path) -> dict[str, tuple[bytes, Block, Fields]]:
    found = {}
    for file in sorted(blog.rglob("*")):
        if file.suffix in (".md", ".markdown") and file.name != "SOURCE.md":
            data = file.read_bytes()
            block = split(data, file.name)
            found[str(file.relative_to(blog))] = data, block, read_fields(block, (), SETTINGS)
    return found


@pytest.mark.corpora
@pytest.mark.parametrize(
    ("blog", "files", "given"),
    [
        (
            "18f",
            509,
            {
                "title": 509,
                "tags": 509,
                "authors": 509,
                "summary": 509,
                "date": 422,
                "image": 281,
                "description": 276,
                "aliases": 8,
                "url": 2,
                "lang": 1,
            },
        ),
        ("mehdix", 93, {"title": 93, "tags": 92, "categories": 76, "draft": 7, "date": 3, "toc": 2}),
        (
            "scientific-python-blog",
            105,
            {"title": 104, "date": 82, "draft": 82, "tags": 82, "authors": 82, "summary": 7, "unlisted": 1, "canonical": 1},
        ),
    ],
)
def test_real_blogs(corpora: Path, blog: str, files: int, given: dict[str, int]) -> None:
    """Each file is read without a finding, each field as often as it is given, and each text is the end of its file."""
    found = read_all(corpora / blog)
    assert len(found) == files
    assert [d for _, block, read in found.values() for d in (*block.diagnostics, *read.diagnostics)] == []
    counts = Counter(name for _, _, read in found.values() for name in read.lines)
    assert {name: counts[name] for name in given} == given
    for data, block, read in found.values():
        lines = data.decode().replace("\r\n", "\n").split("\n")
        assert block.body == "\n".join(lines[block.body_line - 1 :])
        assert block.form == "yaml"
        keys = {match[1] for line in lines[1 : block.body_line - 2] if (match := re.match(r"([\w-]+):", line))}
        assert keys <= set(block.values)
        assert {place[0] <= block.body_line for place in read.lines.values()} <= {True}
