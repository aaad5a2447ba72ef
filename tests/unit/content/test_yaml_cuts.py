"""Values that YAML cuts off at ` #`: an error, with the line as it should be; comments stay comments."""

from __future__ import annotations

import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from wol.content.front_matter import Block, split
from wol.content.raw import to_plain
from wol.content.yaml_cuts import quoted

PATH = "content/posts/a.md"


def read(header: str) -> Block:
    return split(f"---\n{header}\n---\nText.\n".encode(), PATH)


def told(block: Block) -> list[str]:
    return [f"{d.code} {d.span.line}:{d.span.column}" for d in block.diagnostics if d.span]


CUT = {
    "title: Issue #5 is done": (2, 14, 'title: "Issue #5 is done"'),
    "title: C #1 `and` more": (2, 10, 'title: "C #1 `and` more"'),
    'title: say "hi" #5': (2, 17, "title: 'say \"hi\" #5'"),
    "title: it's \\ #5": (2, 15, "title: 'it''s \\ #5'"),
    "é: 😀 Issue #5": (2, 12, 'é: "😀 Issue #5"'),
    "title: a\t#b": (2, 10, 'title: "a\t#b"'),
    "title: a ##b": (2, 10, 'title: "a ##b"'),
    "tags: #learning": (2, 7, 'tags: "#learning"'),
    "tags: #learning, #teaching": (2, 7, 'tags: "#learning, #teaching"'),
    "tags: a, #b": (2, 10, 'tags: "a, #b"'),
    "tags:\n  - #a\n  - b": (3, 5, '- "#a"'),
    "tags:\n- a #b": (3, 5, '- "a #b"'),
    "extra:\n  deep:\n    - x #y": (4, 9, '- "x #y"'),
    "extra:\n  a: b #c": (3, 8, 'a: "b #c"'),
    "draft: #true": (2, 8, "draft: true"),
    "status: #draft": (2, 9, "status: draft"),
    "draft: true #false": (2, 13, "draft: true # false"),
    "date: 2026-11-20 #or later": (2, 18, "date: 2026-11-20 # or later"),
    "title: 'a' #b": (2, 12, ""),
    'title: "a"#b': (2, 11, ""),
    'tags: [a, "#b"] #c': (2, 17, ""),
    "tags: [a, #b\n  c]": (2, 11, ""),
    "tags: [\n  #a,\n  b\n]": (3, 3, ""),
    "params: {a: b} #c": (2, 16, ""),
    "summary: > #x\n  lit": (2, 12, ""),
    "title: long\n  text #5": (3, 8, ""),
    "title: long\n  #5 is done": (3, 3, ""),
    "tags:\n  - a\n    #b": (4, 5, ""),
    "tags:\n  #learning": (3, 3, ""),
}


@pytest.mark.parametrize("header", CUT)
def test_values_that_are_cut(header: str) -> None:
    """The finding is at the sign, alone, and the line in its hint, where there is one, is read as it stands."""
    line, column, way_out = CUT[header]
    block = read(header)
    assert told(block) == [f"front-matter-cut {line}:{column}"]
    hint = block.diagnostics[0].hint
    assert f"`{way_out}`" in hint if way_out else "`title" not in hint
    if way_out and not way_out.startswith("-"):
        rows = header.split("\n")
        indent = rows[line - 2][: len(rows[line - 2]) - len(rows[line - 2].lstrip())]
        mended = read("\n".join([*rows[: line - 2], indent + way_out, *rows[line - 1 :]]))
        assert told(mended) == []


UNCLOSED = {
    "tags: [a, #b]": (2, 11, 'tags: [a, "#b"]'),
    "tags: [#learning, #teaching]": (2, 8, 'tags: ["#learning", "#teaching"]'),
    "title: A\ntags: [ #one two ]": (3, 9, 'tags: [ "#one two"]'),
    "extra: {colour: #fff}": (2, 17, 'extra: {colour: "#fff"}'),
}


@pytest.mark.parametrize("header", UNCLOSED)
def test_a_bracket_that_a_comment_takes(header: str) -> None:
    """The hint has the line in quotes, and with it the front matter is read."""
    line, column, meant = UNCLOSED[header]
    (found,) = read(header).diagnostics
    assert (found.code, str(found.span)) == ("front-matter-syntax", f"{PATH}:{line}:{column}")
    assert f"`{meant}`" in found.hint
    rows = header.split("\n")
    rows[line - 2] = meant
    assert read("\n".join(rows)).diagnostics == ()


WHOLE = {
    "title: 'Issue #5'": "Issue #5",
    'title: "Issue #5"': "Issue #5",
    'title: "Issue\n  #5"': "Issue #5",
    "title: C#": "C#",
    "title: a#b": "a#b",
    "title: a # b": "a",
    "title: a #": "a",
    "title: a #\tb": "a",
    "title: a  # b #c": "a",
    "title: |\n  a #b\n  #c": "a #b\n#c\n",
    "title: >\n  a #b": "a #b\n",
    "title: a\n#draft: true": "a",
    "title: a\n#5": "a",
    "#title: b\ntitle: a": "a",
    "title: [a, '#b']": ["a", "#b"],
    "title: [a, b#c]": ["a", "b#c"],
    "title: [a,\n  # b\n  c]": ["a", "c"],
    "title:\n  - '#a'\n  # - b\n  - c": ["#a", "c"],
    "title:\n  - a\n  #- b\n  - c": ["a", "c"],
    "title:\n  #- a": None,
    "title:\n#  - a": None,
    "title:\n  #a: b": None,
    "title:\n  a: 1\n  #b: 2\n  c: 3": {"a": 1, "c": 3},
    "title: /a/#b": "/a/#b",
    "title: {a: '#b'} # c": {"a": "#b"},
}


@pytest.mark.parametrize("header", WHOLE)
def test_values_that_are_whole(header: str) -> None:
    """Quotes, block texts, signs inside words, comments with a space, and lines that were made comments are as YAML has them."""
    block = read(header)
    assert (to_plain(block.values["title"]), told(block)) == (WHOLE[header], [])


def test_other_forms_know_no_cuts() -> None:
    """In TOML, in lines, and in quotes, a `#` is a sign like any other, and leads no tag."""
    for source in ("+++\ntitle = 'A #b'\ntags = ['#a']\n+++\n", "Title: A #b\nTags: #a\n\nText"):
        block = split(source.encode(), PATH)
        assert (told(block), next(iter(block.values.values())).value) == ([], "A #b")


@given(st.text(st.sampled_from("ab #'\"\\:é-\t"), min_size=1, max_size=12))
def test_the_way_out_keeps_every_sign(value: str) -> None:
    """A value in the quotes that a hint proposes is read as it was typed."""
    assert yaml.safe_load(f"t: {quoted(value)}") == {"t": value}


@given(st.text(st.sampled_from("ab #\n,[]{}'\"-:|>"), max_size=24))
def test_nothing_is_lost_without_a_word(text: str) -> None:
    """Whatever YAML takes of a value: where a sign `#` before another is outside all values, there is a finding, or it begins a line."""
    block = read(f"title: {text}")
    if block.diagnostics or block.form != "yaml":
        return
    for match in re.finditer(r"#(?=[^\s#:])", text):  # a `:` behind it may end a key
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        shown = str(to_plain(block.values["title"])) + str({key: to_plain(raw) for key, raw in block.values.items()})
        assert not line.strip(" ") or text[match.start() : match.start() + 2] in shown or "#" in line
