"""The beginning of a source: what is meant as front matter is never published as text, and ordinary prose is."""

from __future__ import annotations

import re
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wol.content.fields import read_fields
from wol.content.front_matter import split
from wol.content.raw import Block
from wol.errors import Diagnostic

OPENINGS = Path(__file__).parents[2] / "fixtures" / "openings"
SETTINGS = SimpleNamespace(
    folder="content",
    timezone="UTC",
    taxonomies={"tags": "comma", "categories": "comma"},
    misspelt="error",
    fields={},
    declared=(),
    absent=frozenset(),
)
HIDDEN = tomllib.loads((OPENINGS / "hidden.toml").read_text("utf-8"))
PROSE = re.split(r"^@@ (text|read|warning|error|alarm)\n", (OPENINGS / "prose.txt").read_text("utf-8"), flags=re.MULTILINE)[1:]
INSIDE = ("title: A\ndraft: true\n", "draft: true\n", "layout: x\nstatus: draft\n", 'title = "A"\ndraft = true\n')


def cut(source: str) -> Block:
    return split(source.encode(), "content/posts/a.md")


def errors(source: str) -> list[Diagnostic]:
    """All errors of a source, those of its fields too."""
    block = cut(source)
    return [d for d in (*block.diagnostics, *read_fields(block, (), SETTINGS).diagnostics) if d.severity == "error"]


def is_published(source: str) -> bool:
    """Whether a source would be in a release."""
    fields = read_fields(cut(source), (), SETTINGS)
    return not errors(source) and not (fields.draft or fields.private or fields.unlisted)


def hidden() -> Iterator[tuple[str, str]]:
    for name, fence in HIDDEN["fences"].items():
        for inside in INSIDE:
            yield name, f"{fence}\n{inside}{fence}\n\nText\n"
            yield name, f"{fence}\n{inside}---\n\nText\n"
    for name, opening in HIDDEN["openings"].items():
        yield name, f"{opening}\n\nText\n"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_no_draft_is_published(newline: str) -> None:
    """Whatever was made of the front matter of a draft, by a person or a program, its source has an error."""
    cases = [(name, source.replace("\n", newline)) for name, source in hidden()]
    assert len(HIDDEN["fences"]) + len(HIDDEN["openings"]) >= 150
    assert [case for case in cases if not errors(case[1])] == []


def test_drafts_that_are_read() -> None:
    """Every form of the format is read, and hides."""
    for name, opening in HIDDEN["read"].items():
        assert not errors(f"{opening}\nText\n"), name
        assert not is_published(f"{opening}\nText\n"), name
        assert cut(f"{opening}\nText\n").body.strip() == "Text", name


def test_ordinary_prose() -> None:
    """Over 300 openings of prose that look like front matter are what their writers mean, but for a few accepted alarms."""
    outcomes = list(zip(PROSE[::2], PROSE[1::2], strict=True))
    wrong = []
    for outcome, source in outcomes:
        block = cut(source)
        severities = {d.severity for d in block.diagnostics}
        seen = "error" if "error" in severities else "warning" if severities else "text" if block.form == "none" else "read"
        if seen != ("error" if outcome == "alarm" else outcome):
            wrong.append((outcome, seen, source))
        if seen == "text":
            assert block.body == source
    assert wrong == []
    assert len(outcomes) > 300
    assert sum(outcome == "alarm" for outcome, _ in outcomes) <= 12


def as_text(source: str, found: Diagnostic) -> str:
    """Do what a hint says for text, word for word."""
    way = found.hint[found.hint.index("if ") :].rpartition("if ")[2]
    lines = source.split("\n")
    assert found.span is not None
    first = next(number for number, line in enumerate(lines) if line.strip("\ufeff \t"))
    if "write its first line as `***`" in way or "is a rule, write it as `***`" in way:
        lines[first] = "***"
    if number := re.search(r"write line (\d+) as `\*\*\*`", way):
        lines[int(number[1]) - 1] = "***"
    if typed := re.search(r"write it as `(.*\\: .*)`$", way):
        lines[found.span.line - 1] = typed[1]
    if "put an empty line after it" in way:
        lines.insert(first + 1, "")
    if "put two lines `---`" in way:
        lines[:0] = ["---", "---"]
    return "\n".join(lines)


def test_the_way_to_keep_it_as_text() -> None:
    """What each hint says for text, done once, silences what it is about, and publishes the words."""
    done = 0
    for name, source in (*hidden(), *((outcome, source) for outcome, source in zip(PROSE[::2], PROSE[1::2], strict=True))):
        for found in cut(source).diagnostics:
            if " text, " in found.hint or "is a rule" in found.hint:
                after = as_text(source, found)
                assert not {d.code for d in cut(after).diagnostics} - {"control-characters"}, (name, source, found.hint, after)
                done += 1
    assert done > 500


@pytest.mark.parametrize(
    ("before", "line", "message", "hint", "after"),
    [
        (
            "# ADR 7\n\nStatus: Draft\n\nText\n",
            3,
            "`Status: Draft` does not hide this text, because it is not in the front matter",
            "if it is front matter, move it to the top of the file, between two lines `---`, with a line `key: value` for each field; "
            "if it is text, put two lines `---` at the top",
            "---\nStatus: Draft\n---\n# ADR 7\n\nText\n",
        ),
        (
            "\u2014\ntitle: A\nslug: a\n\u2014\nText\n",
            1,
            "Front matter seems to begin here, with `\u2014` instead of `---`",
            "if it is front matter, move it to the top of the file, between two lines `---`, with a line `key: value` for each field; "
            "if it is text, put two lines `---` at the top and write line 1 as `***`",
            "---\ntitle: A\nslug: a\n---\nText\n",
        ),
        (
            "---\ntitle: A\n---\n---\ndraft: true\n---\nText\n",
            5,
            "`draft: true` does not hide this text, because it is not in the front matter",
            "if it is front matter, move its fields into the front matter above it; if it is text, write line 4 as `***`",
            "---\ntitle: A\ndraft: true\n---\nText\n",
        ),
        (
            "---\n---\n---\ntitle: A\n---\nText\n",
            3,
            "A second front matter seems to begin here, and only the first one is read",
            "if it is front matter, move its fields into the front matter above it; if it is text, write line 3 as `***`",
            "---\ntitle: A\n---\nText\n",
        ),
        (
            "# A\n\n---\ntitle: B\n---\n\nText\n",
            3,
            "Front matter seems to begin here, but it is read at the top of the file only",
            "if it is front matter, move it to the top of the file, between two lines `---`, with a line `key: value` for each field; "
            "if it is text, put two lines `---` at the top and write line 3 as `***`",
            "---\ntitle: B\n---\n# A\n\nText\n",
        ),
        (
            "Title: A\n\nStatus: draft\n\nText\n",
            3,
            "`Status: draft` does not hide this text, because it is not in the front matter",
            "if it is front matter, remove the empty line above it; if it is text, write it as `Status\\: draft`",
            "Title: A\nStatus: draft\n\nText\n",
        ),
        (
            "Title: A\n  Status: draft\n\nText\n",
            2,
            "`Status` is indented, so it belongs to `Title` above and hides nothing",
            "take the indentation away; if it belongs to the value, write it on the line of `Title`",
            "Title: A\nStatus: draft\n\nText\n",
        ),
        (
            "title: A\ndate: 2026-11-20\n---\nText\n",
            3,
            "The fields above `---` are not front matter, since no line `---` opens it",
            "put a line `---` above them; if it is text, put two lines `---` above it and write line 3 as `***`",
            "---\ntitle: A\ndate: 2026-11-20\n---\nText\n",
        ),
        (
            "Title: A\u2028Status: draft\n\nText\n",
            1,
            "`Status: draft` belongs to the value before it, since what stands between them is not a line break",
            "delete the invisible character before it and press Enter; if it belongs to the value, type a space there",
            "Title: A\nStatus: draft\n\nText\n",
        ),
        (
            '{"title": "A",\n "draft": true,}\nText\n',
            2,
            "A comma stands before this `}`",
            "remove the comma; if it is text, put two lines `---` above it",
            '{"title": "A",\n "draft": true}\nText\n',
        ),
    ],
)
def test_both_ways_out(before: str, line: int, message: str, hint: str, after: str) -> None:
    """The error has the line, the words and both ways out; as front matter the fields are read, and the rest is the text."""
    (found,) = cut(before).diagnostics
    assert found.span is not None
    assert (found.code, found.span.line, found.message, found.hint) == ("front-matter-syntax", line, message, hint)
    block = cut(after)
    assert not block.diagnostics
    assert block.form != "none"
    assert block.body.strip("\n").endswith("Text")


@pytest.mark.parametrize(
    ("source", "line", "message"),
    [
        ('title = "A"\ntags = ["b"]\n\nText', 1, "`title` and `tags` look like front matter, but are published as text"),
        ("Status: lost\nAuthor: A\nand more", 1, "`Status` and `Author` look like front matter, but are published as text"),
        ("# A\n\nDate: today\nSlug: a\n", 3, "`Date` and `Slug` look like front matter, but are published as text"),
        ("Title: A\n\nTags: b\nSlug: a\n", 3, "`Tags` and `Slug` look like front matter, but are published as text"),
        ("Slug: a\n\nTags: b\n\nText", 1, "`Slug` and `Tags` look like front matter, but are published as text"),
    ],
)
def test_two_fields_are_told(source: str, line: int, message: str) -> None:
    """Two fields that are not front matter are text, with a warning that an empty front matter silences."""
    (found,) = cut(source).diagnostics
    assert found.span is not None
    assert (found.code, found.severity, found.span.line, found.message) == ("front-matter-as-text", "warning", line, message)
    assert cut(f"---\n---\n{source}").diagnostics == ()


@pytest.mark.parametrize(
    ("source", "values", "body"),
    [
        ("Status: draft\nTitle: A\n\nText", {"Status": "draft", "Title": "A"}, "Text"),
        ("Author: B\nDATE: 2026-11-20\n\nText", {"Author": "B", "DATE": "2026-11-20"}, "Text"),
        ("Title: A\n    and B\nStars: 5\n\nText", {"Title": "A and B", "Stars": "5"}, "Text"),
        ("Tags: a, b\n  c\nTitle: A\n\nText", {"Tags": "a, b, c", "Title": "A"}, "Text"),
        ("Tags: a,\n\tb\nTitle: A\n\nText", {"Tags": "a, b", "Title": "A"}, "Text"),
        ("Summary:\n  All of it\n  here\nTitle: A\n\nText", {"Summary": "All of it here", "Title": "A"}, "Text"),
        ("Title: A\nTags:\n    b\n    c\n\nText", {"Title": "A", "Tags": "b, c"}, "Text"),
    ],
)
def test_lines_of_pelican(source: str, values: dict[str, str], body: str) -> None:
    """Lines are read with any field first if one is `Title` or `Date`; an indented line continues the value above it."""
    block = cut(source)
    assert (block.form, {key: raw.value for key, raw in block.values.items()}, block.body) == ("lines", values, body)
    assert block.diagnostics == ()


@pytest.mark.parametrize(
    "key", ["t\u00edtulo", "\u0639\u0646\u0648\u0627\u0646", "tags[]", "+draft", "@type", "a.b", "caf\u00e9", "no\u200bise"]
)
def test_foreign_keys_stay(key: str) -> None:
    """A key that is none of a field may hold any character."""
    assert cut(f"---\n'{key}': a\n---\n").diagnostics == ()


EMPTY = "---\n---\n"
CHANGES = 1
BEFORE = st.sampled_from(
    [
        "\n",
        " \n",
        "# A heading\n",
        "# A\n\n",
        "A heading\n===\n\n",
        "<!-- c -->\n",
        "<!--\nc\n-->\n\n",
        "{{< toc >}}\n",
        "[TOC]\n\n",
        "-----\n",
        "***\n\n",
        "words\n",
        EMPTY,
    ]
)
INVISIBLE = st.sampled_from("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2061\ufeff\u180e\u00a0\u3000\u2800\u034f\ufe0f \t")
CHARACTERS = st.sampled_from("-+=;~*_#.:,/\\|x1 \t\"'!<>{}[]()\u2013\u2014\u2212\u2010\uff0d`")
VALID = {
    "yaml": "---\n{}\n---\n",
    "dots": "---\n{}\n...\n",
    "named": "---yaml\n{}\n---\n",
    "toml": "+++\n{}\n+++\n",
    "json": "---json\n{}\n---\n",
}
FIELDS = {
    "yaml": ("draft: true", "title: A\ndraft: true", "layout: x\nstatus: draft", "draft: yes\ntags:\n  - a\n  - b"),
    "toml": ("draft = true", 'title = "A"\ndraft = true', "[extra]\na = 1"),
    "json": ('{"draft": true}', '{\n  "title": "A",\n  "draft": true\n}'),
}


@st.composite
def spoilt(draw: st.DrawFn) -> str:
    """A front matter that hides, with its fences changed."""
    form = draw(st.sampled_from(sorted(VALID)))
    inside = draw(st.sampled_from([one for one in FIELDS.get(form, FIELDS["yaml"]) if "draft" in one]))
    opening, closing = VALID[form].split("{}")
    for _ in range(CHANGES):
        fence = draw(st.booleans())
        text = opening if fence else closing
        at = draw(st.integers(0, len(text) - 1) if fence else st.integers(1, len(text)))
        change = draw(st.sampled_from(("insert", "delete", "replace", "invisible")))
        put = draw(INVISIBLE if change == "invisible" else CHARACTERS) if change != "delete" else ""
        text = text[:at] + put + text[at + (change in ("delete", "replace")) :]
        opening, closing = (text, closing) if fence else (opening, text)
    before = draw(st.lists(BEFORE, max_size=2))
    if not {"words\n", EMPTY}.isdisjoint(before):  # text before it, or an empty one, is a slip already
        before = [EMPTY] if EMPTY in before else before
        opening, closing = VALID[form].split("{}")
    return f"{''.join(before)}{opening}{inside}{closing}\nText\n"


@settings(max_examples=500, deadline=None)
@given(spoilt())
def test_no_slip_in_a_fence_publishes(source: str) -> None:
    """However the fences of a front matter that hides are spoilt, and whatever is before them, its text is not published without an error."""
    assert not is_published(source), cut(source)


@pytest.mark.parametrize(
    "source",
    [
        "-" * 1_000_000,
        "- " * 500_000,
        "{" * 1_000_000,
        "{" + "a" * 1_000_000,
        "{" + ", a" * 200_000,
        '{"a": 1,' + " " * 1_000_000,
        ("{ a " * 600 + "\n") * 200,
        ("-- " + " " * 1900 + "x\n") * 200,
        ("--- draft: " + "<br>" * 400 + "x\n") * 200,
        "<!--\n" + ("draft, " * 300 + "\n") * 5000,
        "Slug: a\n" + "b: c\n" * 30_000 + "Title: x",
        "\u2028" * 300_000,
        "-----\n\n" * 100_000,
        "---\n" + "".join(f"k\u200b{number}: a\n" for number in range(10_000)) + "---\n",
    ],
)
def test_no_opening_takes_long(source: str) -> None:
    """What is written to make the look at a beginning slow is looked at in no time to speak of."""
    before = time.process_time()
    cut(source)
    assert time.process_time() - before < 3
