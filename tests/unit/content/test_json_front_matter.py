"""JSON front matter: read with positions, alone or between fences; what is wrong in it is told at its place."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wol.content.front_matter import Block, split
from wol.content.raw import Raw, to_plain

PATH = "content/posts/a.md"


def cut(source: str) -> Block:
    return split(source.encode(), PATH)


def plain(block: Block) -> dict[str, object]:
    return {key: to_plain(raw) for key, raw in block.values.items()}


def told(block: Block) -> list[str]:
    return [f"{d.span}: {d.severity}[{d.code}] {d.message}" for d in block.diagnostics]


@pytest.mark.parametrize(
    ("source", "values", "body", "body_line"),
    [
        ('{"title": "A", "draft": true}\n\nText', {"title": "A", "draft": True}, "\nText", 2),
        ('\n{\n  "draft": true\n}\nText', {"draft": True}, "Text", 5),
        ('{"date": "2026-01-01"}', {"date": "2026-01-01"}, "", 2),
        ('{"date": "2026-01-01"}  \nText', {"date": "2026-01-01"}, "Text", 2),
        ('  {"title": "A"}\nText', {"title": "A"}, "Text", 2),
        ('{ "layout": "x", "isDraft": true, "title": "A" }\n# A\n', {"layout": "x", "isDraft": True, "title": "A"}, "# A\n", 2),
        ('{"hidden": false}\nText', {"hidden": False}, "Text", 2),
        (
            '{"tags": ["a", "b"], "extra": {"c": null, "d": [1, -2.5, 3e2]}}\n',
            {"tags": ["a", "b"], "extra": {"c": None, "d": [1, -2.5, 300.0]}},
            "",
            2,
        ),
        ('{"title": "\\u00e9 \\"q\\" \\\\ \\/ \\ud83d\\ude00"}\n', {"title": 'é "q" \\ / 😀'}, "", 2),
        ('---json\n{"title": "A"}\n---\nText', {"title": "A"}, "Text", 4),
        ('---json\n\n{\n"title": "A"\n}\n\n---\n\nText', {"title": "A"}, "\nText", 8),
        ("---json\n{}\n---\nText", {}, "Text", 4),
        ("---json\n---\nText", {}, "Text", 3),
        ('---\n{"title": "A"}\n---\nText', {"title": "A"}, "Text", 4),
    ],
)
def test_forms(source: str, values: dict[str, object], body: str, body_line: int) -> None:
    """An object alone on its lines, or between `---json` and `---`, is front matter; the text after it is left as it is."""
    block = cut(source)
    assert (plain(block), block.body, block.body_line, told(block)) == (values, body, body_line, [])
    assert block.form in ("json", "yaml")


@pytest.mark.parametrize(
    "source",
    [
        '{"a": 1}\n',
        '{"a": 1, "b": {"title": "A"}}\n',
        '{"title": "A"} is JSON\n',
        "{ text }\n",
        '{"title"}\n\nText',
        "{title: A}\n\nText",
        "{}\n",
        "{\n}\n",
        "{",
        "{{ title }}\n",
        '{{< figure "title": "A" >}}\n',
        "{% title: x, date: y %}\n",
        "{: .class title='x'}\n",
        "{#id .title}\n",
        "{.title}\n",
        "{note}\n",
        '["title", "date"]\n',
        '"title": "A"\n\nText',
        '```\n{"draft": true}\n```\n',
        '# A\n\n{"title": "A"}\n',
    ],
)
def test_text_that_only_looks_like_json(source: str) -> None:
    """Text that begins with a brace stays text, if no field is in it or it goes on on the same line."""
    block = cut(source)
    assert (block.form, block.body, told(block)) == ("none", source, [])


@pytest.mark.parametrize(
    ("source", "finding"),
    [
        ('{"title": \n', "2:1: error[front-matter-syntax] The JSON object is not closed"),
        ('{"title": "A"\n\nText', "3:1: error[front-matter-syntax] A comma or `}` is missing before this"),
        ('{\n  "title": "A",\n}\n', "3:1: error[front-matter-syntax] A comma stands before this `}`"),
        ('{\n  "title": "A"\n  "date": 1\n}\n', "3:3: error[front-matter-syntax] A comma or `}` is missing before this"),
        ('{"title" "A", "date": 1}\n', "1:10: error[front-matter-syntax] A colon is missing after `title`"),
        (
            '{"title": "A\n"}\n',
            "1:11: error[front-matter-syntax] The text that begins here is not closed, or has an unknown escape with `\\`",
        ),
        (
            '{"title": "C:\\dir"}\n',
            "1:11: error[front-matter-syntax] The text that begins here is not closed, or has an unknown escape with `\\`",
        ),
        ('{"title": NaN}\n', "1:11: error[front-matter-syntax] `NaN` is not a JSON value"),
        ('{"title": -Infinity}\n', "1:11: error[front-matter-syntax] `-Infinity` is not a JSON value"),
        ('{"title": True}\n', "1:11: error[front-matter-syntax] `True` is not a JSON value"),
        ('{"date": 2026-11-20}\n', "1:10: error[front-matter-syntax] `2026-11-20` is not a JSON value"),
        ('{"title": 012}\n', "1:11: error[front-matter-syntax] `012` is not a JSON value"),
        ("{'title': 'A'}\n", "1:2: error[front-matter-syntax] A key in double quotes is missing here"),
        ("{title: 'A', date: 1}\n", "1:2: error[front-matter-syntax] A key in double quotes is missing here"),
        ("{\n  title: 'A'\n}\n", "2:3: error[front-matter-syntax] A key in double quotes is missing here"),
        ('{\n  "title": "A", // mine\n  "date": 1\n}', "2:17: error[front-matter-syntax] A key in double quotes is missing here"),
        ('{"tags": ["a",], "title": 1}\n', "1:15: error[front-matter-syntax] A comma stands before this `]`"),
        ('{"title": "A", "b": 1, "title": "B"}\n', "1:24: error[front-matter-duplicate] `title` stands twice, on lines 1 and 1"),
        ('{"title": "A", "extra": {"a": 1,\n "a": 2}}\n', "2:2: error[front-matter-duplicate] `a` stands twice, on lines 1 and 2"),
        ("---json\ntitle: A\n---\n", "2:1: error[front-matter-syntax] The front matter is not a JSON object"),
        ('---json\n\n["title"]\n---\n', "3:1: error[front-matter-syntax] The front matter is not a JSON object"),
        ('---json\n{"title": "A"}\n\nmore\n---\n', "4:1: error[front-matter-syntax] Text follows the JSON object"),
        ('---json\n{"title": }\n---\n', "2:11: error[front-matter-syntax] `}` is not a JSON value"),
        ('\n---json\n{"title": "A"}\n', "2:1: error[front-matter-unclosed] The front matter that begins here is not closed"),
    ],
)
def test_errors(source: str, finding: str) -> None:
    """What is wrong is told at its place, and never published as text."""
    assert told(cut(source)) == [f"{PATH}:{finding}"]


HUGE = 300 * 1024


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ('{"title": "' + "x" * HUGE + '", "date": 1}', "over 256 kB"),
        ('---json\n{"title": "' + "x" * HUGE + '"}\n---\n', "over 256 kB"),
        ('{"title": ' + "[" * 100_000, "nested over 64 levels deep"),
        ('{"title": 1, "a": ' + '{"a": ' * 1000, "nested over 64 levels deep"),
        ('---json\n{"a": ' + "[" * 70 + "]" * 70 + "}\n---\n", "nested over 64 levels deep"),
    ],
    ids=["huge", "huge, named", "[", "{", "[ ], named"],
)
def test_limits(source: str, message: str) -> None:
    """The limits of size and depth are those of the other forms, and found at once."""
    before = time.perf_counter()
    (found,) = cut(source).diagnostics
    assert (found.code, found.message) == ("front-matter-too-large", f"The front matter is {message}")
    assert time.perf_counter() - before < 1


def test_numbers_that_nothing_holds() -> None:
    """A number that is too long or too large is text, as typed; no other is rounded in silence beyond what JSON says."""
    digits = "9" * 5000
    values = plain(cut(f'{{"title": 1, "a": {digits}, "b": 1e999, "c": -1e999, "d": {2**63}, "e": 1.5, "f": -0}}\n'))
    assert values == {"title": 1, "a": digits, "b": "1e999", "c": "-1e999", "d": str(2**63), "e": 1.5, "f": 0}


@pytest.mark.parametrize(
    ("typed", "title"),
    [('"a\\ud800b"', "ab"), ('"\\udc00"', ""), ('"a\\u0000"', "a"), ('"\\ufffe"', ""), ('"a\tb"', "a\tb")],
)
def test_what_xml_forbids(typed: str, title: str) -> None:
    """Lone surrogates and control characters that escapes bring in are removed with a warning."""
    block = cut(f'{{"title": {typed}}}\n')
    assert plain(block) == {"title": title}
    assert [d.code for d in block.diagnostics] in ([], ["control-characters"])


def test_places() -> None:
    """Each value knows its line and column, and those of its key."""
    block = cut('\n---json\n{ "title": "A",\n  "tags": ["é",\n    ["b"]],\n  "extra": {"a": 1}\n}\n---\n')
    tags, extra = block.values["tags"], block.values["extra"]
    assert block.values["title"] == Raw("A", 3, 12, False, 3, 3)
    assert tags == Raw([Raw("é", 4, 12), Raw([Raw("b", 5, 6)], 5, 5)], 4, 11, False, 4, 3)
    assert extra == Raw({"a": Raw(1, 6, 18, False, 6, 13)}, 6, 12, False, 6, 3)


PIECES = st.sampled_from(
    ["{", "}", "[", "]", '"title"', '"a"', ":", ",", " ", "\n", "1", "-", "e", "true", "null", '"', "\\", "é", "\\u12", '{"title":']
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_braces_are_read(source: str) -> None:
    """No text that begins with a brace makes reading fail; it is front matter, text as a whole, or an error."""
    block = cut("{" + source)
    assert block.form != "none" or block.body == "{" + source
    cut("---json\n{" + source + "\n---\n")
