"""References are written anew where they stand as they are read, in every way in which Markdown and HTML write them, and nowhere else."""

from __future__ import annotations

import pytest

from harness.settings import settings
from wol.content.markdown.reader import Reader
from wol.content.read import read_source
from wol.content.relink import relative, relink
from wol.content.settings import read_settings
from wol.model.item import Item

SETTINGS = read_settings(settings())
READER = Reader(SETTINGS)


def read(data: bytes) -> Item | None:
    """Read a text that lies at `posts/a.md`."""
    items = read_source("posts/a.md", data, (), SETTINGS, READER).items
    return items[0] if items else None


def relinked(text: str, old: str, new: str) -> tuple[str, list[str]]:
    """Let references to one path lead to another; gives the text, and what each that was left should be."""
    item = read(text.encode())
    assert item is not None
    wanted = {number: new for number, link in enumerate(item.summary.links) if link.path == old}
    assert wanted
    done = relink(text.encode(), wanted, "posts", read)
    return done.data.decode(), [to for _, to in done.left]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[x](b.md)", "[x](../notes/c.md)"),
        ("[x](./b.md#part 'T') and `b.md` and b.md", "[x](../notes/c.md#part 'T') and `b.md` and b.md"),
        ("[x](/posts/b.md?y=1)", "[x](/notes/c.md?y=1)"),
        ("[x]\n\n[x]: <b.md> (T)", "[x]\n\n[x]: <../notes/c.md> (T)"),
        ("<a href=b.md>x</a> <a href='b.md'>y</a>", "<a href=../notes/c.md>x</a> <a href='../notes/c.md'>y</a>"),
        ("[b.md](b.md)", "[b.md](../notes/c.md)"),
        ("[x](b.md) [y](bb.md) [z](b.md.md) [w](cb.md)", "[x](../notes/c.md) [y](bb.md) [z](b.md.md) [w](cb.md)"),
        ("```\n[x](b.md)\n```\n\n[x](b.md)\n\n    [x](b.md)", "```\n[x](b.md)\n```\n\n[x](../notes/c.md)\n\n    [x](b.md)"),
        ("---\nlink: b.md\n# b.md\n---\nb.md", "---\nlink: ../notes/c.md\n# b.md\n---\nb.md"),
        ("<!-- [x](b.md) -->\n\n[x](b.md)", "<!-- [x](b.md) -->\n\n[x](../notes/c.md)"),
        ("[x](b.md)\r\n[y](b.md)\r\n", "[x](../notes/c.md)\r\n[y](../notes/c.md)\r\n"),
    ],
)
def test_ways_of_writing(before: str, after: str) -> None:
    """All that leads to the path does so at its new place; text, code and comments that look alike stay."""
    assert relinked(before, "posts/b.md", "notes/c.md") == (after, [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[x](my%20b%20%26%20c.md)", "[x](../notes/%C3%BC%20c.md)"),
        ("[x](<my b & c.md>)", "[x](<../notes/%C3%BC%20c.md>)"),
        ('<a href="my b &amp; c.md">x</a>', '<a href="../notes/%C3%BC%20c.md">x</a>'),
    ],
)
def test_names_with_blanks(before: str, after: str) -> None:
    """Names that are encoded, in angle brackets or with entities are found, and are encoded afterwards."""
    assert relinked(before, "posts/my b & c.md", "notes/ü c.md") == (after, [])


def test_what_is_left() -> None:
    """A reference that is written in an odd way stays, and what it should be is told."""
    assert relinked("[x](b&#46;md)", "posts/b.md", "posts/c.md") == ("[x](b&#46;md)", ["c.md"])


def test_relative() -> None:
    """A reference keeps the way in which it was typed."""
    assert relative("/posts/b.md#x", "notes/c.md", "posts") == "/notes/c.md#x"
    assert relative("trip/", "posts/way", "posts") == "way/"
    assert relative("../b.md", "c.md", "") == "c.md"
