"""Cutting a source into front matter and text: nothing is lost, and what is unclear is an error with a way out."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wol.content.front_matter import Block, split
from wol.content.raw import Raw

PATH = "content/posts/a.md"


def cut(source: str | bytes) -> Block:
    return split(source if isinstance(source, bytes) else source.encode(), PATH)


def values(block: Block) -> dict[str, object]:
    return {key: raw.value for key, raw in block.values.items()}


def told(block: Block) -> list[str]:
    return [f"{d.span}: {d.severity}[{d.code}] {d.message}" for d in block.diagnostics]


TITLE = {"title": "A"}


@pytest.mark.parametrize(
    ("source", "form", "found", "body", "body_line"),
    [
        ("", "none", {}, "", 1),
        ("Text", "none", {}, "Text", 1),
        ("\n\nText\n", "none", {}, "\n\nText\n", 1),
        ("---\ntitle: A\n---\nText\n", "yaml", TITLE, "Text\n", 4),
        ("---\ntitle: A\n---\n\n\nText", "yaml", TITLE, "\n\nText", 4),
        ("---\ntitle: A\n...\nText", "yaml", TITLE, "Text", 4),
        ("---\ntitle: A\n---", "yaml", TITLE, "", 4),
        ("---  \ntitle: A\n--- \t\nText", "yaml", TITLE, "Text", 4),
        ("\n \n---\ntitle: A\n---\nText", "yaml", TITLE, "Text", 6),
        ("---\n\ntitle: A\n\n---\nText", "yaml", TITLE, "Text", 6),
        ("---\n---\nText", "yaml", {}, "Text", 3),
        ("---\n\n\n---\nText", "yaml", {}, "Text", 5),
        ("---\n# title: A\n---\nText", "yaml", {}, "Text", 4),
        ("---\ntitle: A\n---\nText\n---\nb: c\n---\n", "yaml", TITLE, "Text\n---\nb: c\n---\n", 4),
        ("---\ntitle: A\n---\n---\nText", "yaml", TITLE, "---\nText", 4),
        ("---\ntitle: A\n---\n   Text  \n\n", "yaml", TITLE, "   Text  \n\n", 4),
        ("---\ntitle: |\n  A\n  --- no\n---\nText", "yaml", {"title": "A\n--- no\n"}, "Text", 6),
        ('+++\ntitle = "A"\n+++\nText', "toml", TITLE, "Text", 4),
        ("+++\n+++\nText", "toml", {}, "Text", 3),
        ('\n+++\ntitle = "A"\n+++\n---\nText', "toml", TITLE, "---\nText", 5),
        ("Title: A\n\nText", "lines", {"Title": "A"}, "Text", 3),
        ("Title: A\nTags: b, c\nSummary:\n \nText", "lines", {"Title": "A", "Tags": "b, c", "Summary": None}, "Text", 5),
        ("\nDate: 2026-11-20\nTitle: A: B\n\nText", "lines", {"Date": "2026-11-20", "Title": "A: B"}, "Text", 5),
        ("title:A\n\nText", "lines", TITLE, "Text", 3),
        ("Title: A", "lines", {"Title": "A"}, "", 3),
        ("Note: A\n\nText", "none", {}, "Note: A\n\nText", 1),
    ],
)
def test_forms(source: str, form: str, found: dict[str, object], body: str, body_line: int) -> None:
    """Each form of front matter is found, and the text after it is left as it is."""
    block = cut(source)
    assert (block.form, values(block), block.body, block.body_line, told(block)) == (form, found, body, body_line, [])


@pytest.mark.parametrize(
    "source",
    [
        "---",
        "---\n",
        "---\n\nText",
        "---\n\nText.\n\n---\n\nMore.",
        "---\n\n- a list\n- of two\n\n---\n",
        "---\n\n# A heading, not a comment\n\n---\n\nMore.",
        "---\n\n*Emphasis* first: then `code`.\n\n---\n",
        "---\n\nNo `key: value`: only text\n\n---\n",
        "---\n\n!Important\n\n---\n",
        "---\n\n" + "Long. " * 60_000 + "\n\n---\n",
        "++++\na = 1\n++++\n",
        "----\na: b\n----\n",
        "***\n---\ntitle: A\n---\n",
        "A heading\n---\nText\n",
        "{\n}\n",
    ],
)
def test_rules_and_text_stay_text(source: str) -> None:
    """A text that begins with a rule, or with what is no fence, is a text as a whole."""
    block = cut(source)
    assert (block.form, block.body, block.body_line, block.diagnostics) == ("none", source, 1, ())


RULE = "; if the first line is a rule, put an empty line after it"
STARS = "; if the first line is a rule, write it as `***`"
BOTH = "; if it is text, put two lines `---` above it and write its first line as `***`"
QUOTE = "put the value in quotes"


@pytest.mark.parametrize(
    ("source", "finding", "hint"),
    [
        (
            "---\ntitle: A\n",
            "1:1: error[front-matter-unclosed] The front matter that begins here is not closed",
            "close it with a line `---`" + STARS,
        ),
        (
            "---\nText\n",
            "1:1: error[front-matter-unclosed] The front matter that begins here is not closed",
            "close it with a line `---`" + RULE,
        ),
        (
            "\n---\n\ndraft: true\n",
            "2:1: error[front-matter-unclosed] The front matter that begins here is not closed",
            "close it with a line `---`" + BOTH,
        ),
        (
            "+++\na = 1\n",
            "1:1: error[front-matter-unclosed] The front matter that begins here is not closed",
            "close it with a line `+++`; if it is text, put two lines `---` above it and write its first line as `***`",
        ),
        (
            "---\njust text\n---\n",
            "2:1: error[front-matter-not-mapping] What stands between the first two `---` is not `key: value` lines",
            "write `key: value` lines" + RULE,
        ),
        (
            "---\n- draft\n- true\n---\n",
            "2:1: error[front-matter-not-mapping] What stands between the first two `---` is not `key: value` lines",
            "write `key: value` lines" + RULE,
        ),
        (
            "---\nnull\n---\n",
            "2:1: error[front-matter-not-mapping] What stands between the first two `---` is not `key: value` lines",
            "write `key: value` lines" + RULE,
        ),
        (
            "---\ntitle: A: B\n---\n",
            "2:9: error[front-matter-syntax] The value holds `: `, which begins a new value in YAML",
            QUOTE + ': `title: "A: B"`' + STARS,
        ),
        (
            "---\n\ntitle: A: B\ndraft: true\n---\n",
            "3:9: error[front-matter-syntax] The value holds `: `, which begins a new value in YAML",
            QUOTE + ': `title: "A: B"`' + BOTH,
        ),
        (
            "---\ntitle:A\ndraft: true\n---\n",
            "2:1: error[front-matter-not-mapping] What stands between the first two `---` is not `key: value` lines",
            "write `key: value` lines" + BOTH,
        ),
        (
            "---\ntitle: A\n  draft: true\n---\n",
            "3:8: error[front-matter-syntax] The line is indented as if it belonged to the value above",
            "take the indentation away, or " + QUOTE + BOTH,
        ),
        (
            "---\ntitle: A\n\nThe text begins here.\n\n---\n",
            "4:1: error[front-matter-syntax] The line is not `key: value`",
            "mend it, or close the front matter above it with `---`" + STARS,
        ),
        ("---\nextra:\n\ta: b\n---\n", "3:1: error[front-matter-syntax] The line is indented with a tab", "indent with spaces" + STARS),
        ("---\ntitle: @home\n---\n", "2:8: error[front-matter-syntax] A value cannot begin with `@`", QUOTE + ': `title: "@home"`' + STARS),
        (
            "---\ntitle: `code`\n---\n",
            "2:8: error[front-matter-syntax] A value cannot begin with ```",
            QUOTE + ': `title: "`code`"`' + STARS,
        ),
        (
            "---\ntitle: *very* good\n---\n",
            "2:8: error[front-matter-syntax] A value cannot begin with `*`",
            QUOTE + ': `title: "*very* good"`' + STARS,
        ),
        (
            "---\ntitle: ? really\n---\n",
            "2:8: error[front-matter-syntax] A value cannot begin with `?`",
            QUOTE + ': `title: "? really"`' + STARS,
        ),
        ("---\ntitle: |x\n---\n", "2:8: error[front-matter-syntax] A value cannot begin with `|`", QUOTE + ': `title: "|x"`' + STARS),
        (
            "---\ntitle: , really\n---\n",
            "2:8: error[front-matter-syntax] A value cannot begin with `,`",
            QUOTE + ': `title: ", really"`' + STARS,
        ),
        (
            '---\ntitle: "A\ndraft: true\n---\n',
            "2:8: error[front-matter-syntax] The quotation mark that opens here is never closed",
            "close it" + BOTH,
        ),
        (
            "---\ntitle: 'it's'\n---\n",
            "2:12: error[front-matter-syntax] Text follows the closing quotation mark",
            "in single quotes write `''` for an apostrophe, or use double quotes" + STARS,
        ),
        (
            '---\ntitle: "C:\\dir"\n---\n',
            "2:11: error[front-matter-syntax] An unknown escape with `\\` in double quotes",
            "write `\\\\` for a backslash, or use single quotes" + STARS,
        ),
        (
            "---\ntags: [#a, b]\ndraft: true\n---\n",
            "2:7: error[front-matter-syntax] The list that begins here is not closed",
            "close it with `]`; texts with `[`, `]`, `,` or ` #` stand in quotes" + BOTH,
        ),
        (
            "---\nextra: {a: b\n---\n",
            "2:8: error[front-matter-syntax] The map that begins here is not closed",
            "close it with `}`; a text that begins with `{` stands in quotes" + STARS,
        ),
        (
            "---\ntags: [a, [\ndraft: true\n---\n",
            "2:11: error[front-matter-syntax] The list that begins here is not closed",
            "close it with `]`; texts with `[`, `]`, `,` or ` #` stand in quotes" + BOTH,
        ),
        (
            "---\ntitle: A\ntags: [\n---\n",
            "3:7: error[front-matter-syntax] A list or map that begins here is not closed",
            "close it with `]` or `}`" + BOTH,
        ),
        (
            "---\ntags: - a\n---\n",
            "2:7: error[front-matter-syntax] A list cannot begin on the line of its key",
            "begin it on the next line; a text that begins with `- ` stands in quotes" + STARS,
        ),
        (
            "---\ntags:\n  - a\n - b\n---\n",
            "4:2: error[front-matter-syntax] The line does not fit those above: it is not `key: value`, or indented otherwise",
            "mend it" + STARS,
        ),
        (
            "---\ntags:\n  - a\n  b: c\n---\n",
            "4:3: error[front-matter-syntax] The line does not begin with `-`, as the list above does",
            "mend it" + STARS,
        ),
        (
            "---\n%YAML 9.1\ntitle: A\n---\n",
            "2:1: error[front-matter-syntax] The front matter is not YAML: found incompatible YAML document",
            "mend it" + RULE,
        ),
        (
            "---\n&x title: A\n---\n",
            "2:1: error[front-matter-too-large] The anchor `&x` is not read",
            "remove it; a text that begins with `&` stands in quotes",
        ),
        ("---\ntitle: A\n--- b\n---\n", "3:1: error[front-matter-syntax] A second YAML document begins here", "remove the `---`"),
        (
            "---\ntitle: A\n----\nText\n---\n",
            "3:1: error[front-matter-syntax] The line is not `key: value`",
            "mend it, or close the front matter above it with `---`" + STARS,
        ),
        ("---\ntitle: 'A\n': b\n---\n", "3:2: error[front-matter-syntax] The line is not `key: value`", "mend it" + STARS),
        ("---\n? [a, b]\n: c\n---\n", "2:3: error[front-matter-syntax] A key must be a single text", ""),
        (
            "+++\ntitle = A\n+++\n",
            "2:9: error[front-matter-syntax] The text is not TOML: invalid value",
            "mend the line; texts stand in quotes, lists in brackets",
        ),
        (
            "Title: A\nand more\n\nText",
            "2:1: error[front-matter-syntax] The line is not `Key: value`",
            "end the front matter with an empty line; if all this is text, put two lines `---` above it",
        ),
        (
            "---\ntitle: A\ndate: 1\ntitle: B\n---\n",
            "4:1: error[front-matter-duplicate] `title` stands twice, on lines 2 and 4",
            "keep one of the two",
        ),
        (
            "---\nextra:\n  a: 1\n  a: 1\n---\n",
            "4:3: error[front-matter-duplicate] `a` stands twice, on lines 3 and 4",
            "keep one of the two",
        ),
        ("+++\na = 1\na = 2\n+++\n", "3:1: error[front-matter-duplicate] `a` stands twice, on lines 2 and 3", "keep one of the two"),
        ("Title: A\nTitle: B\n\n", "2:1: error[front-matter-duplicate] `Title` stands twice, on lines 1 and 2", "keep one of the two"),
        (
            "---\na: &x b\nc: *x\n---\n",
            "2:4: error[front-matter-too-large] The anchor `&x` is not read",
            "remove it; a text that begins with `&` stands in quotes",
        ),
        (
            "---\ntitle: *x\n---\n",
            "2:8: error[front-matter-too-large] The alias `*x` is not read",
            "write the value out; a text that begins with `*` stands in quotes",
        ),
        ("---\na:\n  <<: {b: c}\n---\n", "3:3: error[front-matter-too-large] Merge keys `<<` are not read", "write the keys out"),
        (
            "---\na: !!python/object/apply:os.system [ls]\n---\n",
            "2:4: error[front-matter-syntax] The YAML tag `!!python/object/apply:os.system` is not read",
            "remove it; a text that begins with `!` stands in quotes",
        ),
        (
            "---\ntitle: !important x\n---\n",
            "2:8: error[front-matter-syntax] The YAML tag `!important` is not read",
            "remove it; a text that begins with `!` stands in quotes",
        ),
    ],
)
def test_errors(source: str, finding: str, hint: str) -> None:
    """What is wrong is told once, at its place, with the ways out."""
    block = cut(source)
    assert told(block) == [f"{PATH}:{finding}"]
    assert not hint or block.diagnostics[0].hint == hint


def test_no_sign_is_left_to_stand_in() -> None:
    """A text that holds every private sign, and one that YAML refuses, is an error and no crash."""
    private = "".join(map(chr, range(0xE000, 0xF900)))
    assert told(cut(f"---\ntitle: {private}\x7f\n---\n")) == [f"{PATH}:2:1: error[front-matter-syntax] The front matter is not YAML"]
    assert values(cut(f"---\ntitle: {private}\n---\n")) == {"title": private}


def test_every_duplicate_is_told() -> None:
    """All keys that stand twice are told at once, not the first alone."""
    block = cut("---\na: 1\nb: {c: 1, c: 2}\na: 2\nd: 1\nd: 2\n---\n")
    assert [str(d.span) for d in block.diagnostics] == [f"{PATH}:3:11", f"{PATH}:4:1", f"{PATH}:6:1"]


def test_text_after_wrong_front_matter_is_kept() -> None:
    """A slip in the front matter does not hide what is wrong in the text."""
    block = cut("---\ntitle: A: B\n---\nText")
    assert (block.body, block.body_line) == ("Text", 4)


def test_places() -> None:
    """Each value knows its line and column, and those of its key."""
    block = cut("\n---\ntitle: A\ntags:\n  - é\n  - [b]\nextra: {a: 'x'}\n---\n")
    tags, extra = block.values["tags"], block.values["extra"]
    assert block.values["title"] == Raw("A", 3, 8, True, 3, 1)
    assert tags == Raw([Raw("é", 5, 5, True), Raw([Raw("b", 6, 6, True)], 6, 5)], 5, 3, False, 4, 1)
    assert extra == Raw({"a": Raw("x", 7, 12, False, 7, 9)}, 7, 8, False, 7, 1)


@pytest.mark.parametrize(
    "typed", ["NO", "yes", "1.10", "012", "0x1F", "12:30:45", "1e3", "~", "null", "2026-11-20", ".inf", "0o17", "1_000", "=", "é"]
)
@pytest.mark.parametrize("quote", ["", "'", '"'])
def test_scalars_stay_as_typed(typed: str, quote: str) -> None:
    """YAML makes nothing of a value: it is the text that was typed."""
    raw = cut(f"---\ntitle: {quote}{typed}{quote}\n---\n").values["title"]
    assert (raw.value, raw.plain) == (typed, not quote)


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "\x7f", "\x9f", "\ufeff", "\ue000", "\U0001f600"])
def test_odd_signs_are_text(sign: str) -> None:
    """Signs that YAML 1.1 takes for line breaks or refuses are part of the text, and move no line."""
    block = cut(f"---\ntitle: a{sign}b\nextra: {{k{sign}: '{sign}'}}\ndate: x\n---\nc{sign}d")
    assert (values(block)["title"], block.body, told(block)) == (f"a{sign}b", f"c{sign}d", [])
    assert block.values["extra"].value == {f"k{sign}": Raw(sign, 3, 13, False, 3, 9)}
    assert block.values["date"].line == 4


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_newlines_and_byte_order_mark(newline: str, mark: str) -> None:
    """BOM, CRLF and CR are read like plain UTF-8 with LF."""
    lines = ["", "---", "title: |", "  a", "  b", "---", "", "Text", "more"]
    block = cut(mark + newline.join(lines))
    assert (values(block), block.body, block.body_line) == ({"title": "a\nb\n"}, "\nText\nmore", 7)


@pytest.mark.parametrize(
    ("data", "finding"),
    [
        (b"---\ntitle: caf\xe9\n---\n", "2:11: error[source-encoding] The byte 0xE9 at offset 14 is not UTF-8"),
        (b"\xef\xbb\xbfa\r\n\xc3\xa9\xff", "2:2: error[source-encoding] The byte 0xFF at offset 8 is not UTF-8"),
        (b"a\xed\xa0\x80", "1:2: error[source-encoding] The byte 0xED at offset 1 is not UTF-8"),
        ("Grüße".encode("utf-16"), "1:1: error[source-encoding] The file is UTF-16, not UTF-8"),
        ("title: A\n".encode("utf-16-le"), "1:1: error[source-encoding] The file is UTF-16, not UTF-8"),
        ("title: A\n".encode("utf-16-be"), "1:1: error[source-encoding] The file is UTF-16, not UTF-8"),
        ("A".encode("utf-32"), "1:1: error[source-encoding] The file is UTF-32, not UTF-8"),
    ],
)
def test_other_encodings_are_refused(data: bytes, finding: str) -> None:
    """Bytes that are not UTF-8 are an error at their place; nothing is guessed."""
    block = cut(data)
    assert (told(block), block.body) == ([f"{PATH}:{finding}"], "")


def test_replacement_signs_stay() -> None:
    """U+FFFD, which others leave where they lost something, is text."""
    assert (cut("a\ufffdb").body, cut("a\ufffdb").diagnostics) == ("a\ufffdb", ())


@pytest.mark.parametrize(
    ("source", "body", "finding"),
    [
        ("a\nb\x00c\x0b\x00", "a\nbc", "2:2: warning[control-characters] 3 control characters (U+0000, U+000B) were removed"),
        ("a\ufffeb", "ab", "1:2: warning[control-characters] A control character (U+FFFE) was removed"),
        ("\uffff", "", "1:1: warning[control-characters] A control character (U+FFFF) was removed"),
        ('---\na: "\\0x\\uFFFE"\n---\nb', "b", "2:4: warning[control-characters] Control characters were removed from the value"),
        ('+++\na = "\\u0000x"\n+++\nb', "b", "2:5: warning[control-characters] Control characters were removed from the value"),
    ],
)
def test_control_characters(source: str, body: str, finding: str) -> None:
    """What XML forbids is removed with a warning, also where an escape brought it in."""
    block = cut(source)
    assert (block.body, told(block)) == (body, [f"{PATH}:{finding}"])
    assert values(block) in ({}, {"a": "x"})


BOMB = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
HUGE = 300 * 1024


@pytest.mark.parametrize(
    ("source", "finding"),
    [
        (f"---\n{BOMB}---\n", "2:4: error[front-matter-too-large] The anchor `&a` is not read"),
        ("---\na: " + "x" * HUGE + "\n---\n", "1:1: error[front-matter-too-large] The front matter is over 256 kB"),
        ("---\n\na: " + "x" * HUGE + "\n---\n", "1:1: error[front-matter-too-large] The front matter is over 256 kB"),
        ("---\na: " + "é" * (HUGE // 2) + "\n---\n", "1:1: error[front-matter-too-large] The front matter is over 256 kB"),
        ("+++\na = '" + "x" * HUGE + "'\n+++\n", "1:1: error[front-matter-too-large] The front matter is over 256 kB"),
        ("Title: " + "x" * HUGE + "\n\n", "1:1: error[front-matter-too-large] The front matter is over 256 kB"),
        ("---\na: " + "[" * 100_000 + "\n---\n", "2:67: error[front-matter-too-large] The front matter is nested over 64 levels deep"),
        ("---\na: " + "{a: " * 1000 + "\n---\n", "2:256: error[front-matter-too-large] The front matter is nested over 64 levels deep"),
        ("---\na:\n" + "- " * 1000 + "\n---\n", "3:127: error[front-matter-too-large] The front matter is nested over 64 levels deep"),
        ("+++\na = " + "[" * 100_000 + "\n+++\n", "2:1: error[front-matter-too-large] The front matter is nested over 64 levels deep"),
        (
            "+++\na = " + "[" * 70 + "]" * 70 + "\n+++\n",
            "2:68: error[front-matter-too-large] The front matter is nested over 64 levels deep",
        ),
        (
            "+++\n\na." + "b." * 100_000 + "c = 1\n+++\n",
            "3:1: error[front-matter-too-large] The front matter is nested over 64 levels deep",
        ),
        (
            "+++\na = {a." + "b." * 100_000 + "c = 1}\n+++\n",
            "2:1: error[front-matter-too-large] The front matter is nested over 64 levels deep",
        ),
    ],
    ids=[
        "bomb",
        "huge",
        "huge after blank",
        "huge in bytes",
        "huge toml",
        "huge lines",
        "[",
        "{",
        "-",
        "toml [",
        "toml [ ]",
        "toml .",
        "toml {.}",
    ],
)
def test_bombs_are_refused_quickly(source: str, finding: str) -> None:
    """A front matter that is too large, too deep or multiplies itself is refused at once, with the limit."""
    before = time.perf_counter()
    block = cut(source)
    assert told(block) == [f"{PATH}:{finding}"]
    assert time.perf_counter() - before < 1


def test_64_levels_are_read() -> None:
    """The deepest front matter that is allowed is read."""
    assert cut("---\na: " + "[" * 63 + "]" * 63 + "\n---\n").diagnostics == ()
    assert cut("---\na: " + "[" * 64 + "]" * 64 + "\n---\n").diagnostics != ()
    assert cut("+++\na = " + "[" * 63 + "]" * 63 + "\n+++\n").diagnostics == ()
    assert cut("+++\na = " + "[" * 64 + "]" * 64 + "\n+++\n").diagnostics != ()


def test_large_files_are_read_in_linear_time() -> None:
    """Ten megabytes of text, of blank lines or of an open front matter take no time to speak of."""
    before = time.perf_counter()
    for source in (
        "Word " * 2_000_000,
        " \n" * 5_000_000,
        "---\na: b\n" + "c\n" * 5_000_000,
        "Title: " + "x" * 10_000_000,
        "+++\n" + "a\n" * 5_000_000,
    ):
        cut(source)
    assert time.perf_counter() - before < 10


PIECES = st.sampled_from(
    [
        "---",
        "...",
        "+++",
        "----",
        "\n",
        "\n\n",
        "\r\n",
        " ",
        "\t",
        "title: A",
        "Title: A",
        "a = 1",
        "- b",
        "#",
        ":",
        "&a",
        "*a",
        "!t",
        "'",
        '"',
        "[",
        "{",
        "é",
        "\u2028",
        "x",
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_nothing_is_lost(source: str) -> None:
    """The text is always the end of the source, from the line that is told; the rest is front matter, or there is an error."""
    block = cut(source)
    lines = source.replace("\r\n", "\n").split("\n")
    endless = ["front-matter-unclosed", *(["front-matter-syntax"] if block.form == "json" and not block.body else [])]
    assert block.body == "\n".join(lines[block.body_line - 1 :]) or any(d.code in endless for d in block.diagnostics)
    if block.form == "none":
        assert block.body_line == 1


@given(st.binary(max_size=200))
def test_any_bytes_are_read(data: bytes) -> None:
    """No file makes reading fail."""
    cut(b"---\n" + data + b"\n---\n")
    cut(data)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1))
def test_quoted_titles_come_back(title: str) -> None:
    """Any title in single quotes comes back as typed (XML has no U+FFFE and U+FFFF)."""
    quoted = title.replace("'", "''")
    raw = cut(f"---\ntitle: '{quoted}'\n---\n").values["title"]
    assert raw.value == title.replace("\ufffe", "").replace("\uffff", "")


def test_parsers_are_imported_only_when_needed() -> None:
    """Importing the module imports no YAML: a build with nothing to read needs none."""
    code = "import sys, wol.content.front_matter, wol.content.fields, wol.content.defaults; print(sorted({'yaml', 'frontmatter', 'tomllib'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_without_libyaml(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where PyYAML was installed without libyaml its own parser gives the same values and places."""
    import yaml

    source = "---\ntitle: 'A'\ntags: [é, 1.10]\nextra:\n  a: |\n    b\n  c: {d: NO}\n---\n"
    fast = cut(source)
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    monkeypatch.delattr(yaml, "CBaseLoader", raising=False)
    assert cut(source) == fast
    assert told(cut("---\ntitle: a: b\n---\n")) == [
        f"{PATH}:2:9: error[front-matter-syntax] The value holds `: `, which begins a new value in YAML"
    ]
    assert told(cut('---\ntitle: "\\ud800"\n---\n')) == [
        f"{PATH}:2:8: warning[control-characters] Control characters were removed from the value"
    ]
