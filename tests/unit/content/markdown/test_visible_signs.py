"""Bullets and asterisks that readers would see are told, once a file, with what to write; what is right is left alone."""

from __future__ import annotations

from collections.abc import Callable

from harness.cases import cases
from wol.content.markdown.reader import Text
from wol.fixes import Replace

Read = Callable[..., Text]

ASTERISKS = {
    "**Bold:**text": "**Bold:** text",
    "**Warning!**Do not": "**Warning!** Do",
    "A **(small)**thing": "(**small**)thing",
    '**"quoted"**word': '"**quoted**"word',
    "word**(x)**": "word **(x)**",
    "***Very:***x": "***Very:*** x",
    "**注意：**正文": "**注意**：正文",
    "**重要！**请看": "**重要**！请看",
    "日本**「強調」**です": "日本「**強調**」です",
    "参见**《书》**一": "参见《**书**》一",
    "그는 **“안녕”**이라고": "“**안녕**”이라고",
    "**50%**of all": "**50%** of",
    "one\n**Two.**three": "**Two.** three",
    "- **Item:**text": "**Item:** text",
    "| **a:**b |\n|---|": "**a:** b",
}
"""Texts whose asterisks stay visible, with what is to be written instead."""

NO_ASTERISKS = (
    "**Bold:** text",
    "**Bold**:text",
    "a **b** c",
    "**a**b",
    "x**y:**",
    r"\*\*x:\*\*y",
    "`**a:**b`",
    "f(**kwargs) and g(**more)",
    "2**3 and 4**5",
    "** a **b",
    "2 ** 3 ** 4",
    "**注意**：正文",
    "    **a:**b",
    "a****b",
)

BULLETS = (
    "• milk\n• bread",
    "•\tmilk\n•\tbread",
    "◦ milk\n◦ bread",
    "▪ milk\n▪ bread",
    "·\tmilk\n·\tbread",
    "●\xa0milk\n●\xa0bread",
    "To buy:\n• milk\n• bread",
    "• milk\n\n• bread",
    "  • milk\n  • bread",
    "– \xa0milk".replace(" \xa0", "\xa0") + "\n–\xa0bread",
    "✓ done\n✓ done too",
    "> • milk\n> • bread",
    "• 牛奶\n• 面包",
)
NO_BULLETS = ("• • •", "a • b • c", "• only one", "- a\n- b", "`• a`\n\n    • b\n    • c", "– one\n– two", "■ ■", "·", "• … •")


def found(text: Text, code: str) -> list[str]:
    return [one.hint for one in text.diagnostics if one.code == code]


def test_asterisks(read: Read) -> None:
    """The edit that the finding brings makes emphasis of it."""
    with cases() as case:
        for text, right in ASTERISKS.items():
            with case(text):
                (one,) = [one for one in read(text).diagnostics if one.code == "emphasis-syntax"]
                assert isinstance(one.fix, Replace)
                assert right in one.fix.new
                assert one.fix.old in text
                better = read(text.replace(one.fix.old, one.fix.new))
                assert not found(better, "emphasis-syntax")
                assert "<strong>" in str(better.body.parts)
        for text in NO_ASTERISKS:
            with case(text):
                assert not found(read(text), "emphasis-syntax")


def test_bullets(read: Read) -> None:
    with cases() as case:
        for text in BULLETS:
            with case(text):
                assert len(found(read(text), "list-syntax")) == 1
        for text in NO_BULLETS:
            with case(text):
                assert not found(read(text), "list-syntax")


def test_once_a_file(read: Read) -> None:
    assert len(read("**a:**b **c:**d\n\n**e:**f\n\n• a\n• b\n\n• c\n• d").diagnostics) == 2


def test_footnotes(read: Read) -> None:
    """A note that nothing refers to is told at its line, and so is a second of the same name; one of which only a link's text speaks is told there."""
    expected = {
        "a[^1]\n\n[^1]: b": [],
        "a\n\n[^1]: b": [("footnote-unused", 3)],
        "a[^1]\n\n[^1]: b\n[^2]: c": [("footnote-unused", 4)],
        "a[^1]\n\n[^1]: b[^2]\n[^2]: c": [],
        "a[^1]\n\n[^1]: b\n\n[^1]: c": [("footnote-duplicate", 5)],
        "a[^x]\n\n[^X]: b": [],
        "a\n\n[^1]: b[^1]": [("footnote-unused", 3)],
        "`[^1]`\n\n[^1]: b": [("footnote-unused", 3)],
        "[a[^1]](https://example.org)\n\n[^1]: b": [("link-syntax", 1)],
        "> a[^1]\n>\n> [^1]: b": [],
        "a[^1] a[^1]\n\n[^1]: b\n[^2]: c\n[^3]: d": [("footnote-unused", 4), ("footnote-unused", 5)],
        "a[^1] [^3]\n\n[^1]: b": [("footnote-missing", 1)],
    }
    with cases() as case:
        for text, told in expected.items():
            with case(text):
                assert [(one.code, one.span.line if one.span else 0) for one in read(text).diagnostics] == told
