"""TOML with positions: where each value stands, and what is wrong."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wol.content.raw import Raw
from wol.content.toml_places import TomlPlace, find_places
from wol.content.toml_text import load

PATH = "content/a.md"


def places(text: str) -> dict[str, TomlPlace]:
    return {".".join(str(part) for part in path): place for path, place in find_places(text).places.items()}


@pytest.mark.parametrize(
    ("text", "path", "place"),
    [
        ('title = "A"', "title", (1, 9, 1, 1)),
        ("# a = 1\n\n  b  =  2", "b", (3, 9, 3, 3)),
        ('"b c" = 1', "b c", (1, 9, 1, 1)),
        ("'b.c' = 1", "b.c", (1, 9, 1, 1)),
        ('"b\\u0063" = 1', "bc", (1, 13, 1, 1)),
        ("a.b . c = 1", "a.b.c", (1, 11, 1, 1)),
        ("a.b = 1", "a", (1, 1, 1, 1)),
        ("a = [1, 2.5, [3]]", "a.1", (1, 9, 1, 9)),
        ("a = [1, 2.5, [3]]", "a.2.0", (1, 15, 1, 15)),
        ("a = [\n  'x', # [\n  'y',\n]\nb = 1", "a.1", (3, 3, 3, 3)),
        ("a = [\n  'x', # [\n  'y',\n]\nb = 1", "b", (5, 5, 5, 1)),
        ("a = {b = 1, c = {d = 2}}", "a.c.d", (1, 22, 1, 18)),
        ("a = [{b = 1}, {b = 2}]", "a.1.b", (1, 20, 1, 16)),
        ('a = """x\n[y] = 1\n"quoted""""\nb = 1', "b", (4, 5, 4, 1)),
        ("a = '''x\nb = 2\n'''\nb = 1", "b", (4, 5, 4, 1)),
        ("a = 1979-05-27 07:32:00.5\nb = 1", "b", (2, 5, 2, 1)),
        ("[t]\na = 1", "t", (1, 1, 1, 2)),
        ("[t]\na = 1", "t.a", (2, 5, 2, 1)),
        ("[ t . u ] # x\na = 1", "t.u.a", (2, 5, 2, 1)),
        ("[[t]]\na = 1\n[[t]]\na = 2", "t.1.a", (4, 5, 4, 1)),
        ("[[t]]\n[t.u]\na = 1\n[[t]]\n[[t.v]]\na = 2", "t.0.u.a", (3, 5, 3, 1)),
        ("[[t]]\n[t.u]\na = 1\n[[t]]\n[[t.v]]\na = 2", "t.1.v.0.a", (6, 5, 6, 1)),
    ],
)
def test_places(text: str, path: str, place: tuple[int, int, int, int]) -> None:
    """Each value and its key have a line and a column."""
    tomllib.loads(text)
    assert places(text)[path] == place


@pytest.mark.parametrize(
    "text",
    [
        "a",
        "a =",
        "= 1",
        "[",
        "[a",
        "a = [1",
        "a = {b",
        "a = {b = 1",
        "a = ]",
        "'a",
        "a..b = 1",
        "a = [1 2]",
        "a = {b = 1 c = 2}",
        '"\\q" = 1',
        "\x01",
    ],
)
def test_what_is_not_toml_ends_the_walk(text: str) -> None:
    """On a text that is no TOML the walk only ends."""
    find_places(text)


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("a = 1\na = 2", "front-matter-duplicate 6:1 `a` stands twice, on lines 5 and 6"),
        ("[t]\na = 1\na.b = 2", "front-matter-syntax 7:0 The text is not TOML: a key stands twice"),
        ("[t]\nb = {a = 1, a = 2}", "front-matter-duplicate 6:13 `t.b.a` stands twice, on lines 6 and 6"),
        ("[a]\nb = 1\n[a]\nc = 1", "front-matter-duplicate 7:2 `a` stands twice, on lines 5 and 7"),
        ("a = [1", "front-matter-syntax 5:0 The text is not TOML: unclosed array"),
        ("a = 'x", "front-matter-syntax 5:0 The text is not TOML: a quotation mark is not closed"),
        ("a = 'x\nb = 1", "front-matter-syntax 6:0 The text is not TOML: a quotation mark is not closed"),
        ('a = "x\nb = 1', "front-matter-syntax 5:7 The text is not TOML: a quotation mark is not closed"),
        ('a = "x', "front-matter-syntax 5:0 The text is not TOML: a quotation mark is not closed"),
        ("a\n", "front-matter-syntax 5:2 The text is not TOML: expected `=` after a key in a key/value pair"),
        ("title: A\n", "front-matter-syntax 5:6 The text is not TOML: expected `=` after a key in a key/value pair"),
    ],
)
def test_errors(text: str, finding: str) -> None:
    """Errors name the line of the file, and a key that stands twice both lines."""
    values, found = load(text, PATH, 5)
    assert values is None
    assert [f"{d.code} {d.span.line}:{d.span.column} {d.message}" for d in found if d.span] == [finding]


KEYS = st.one_of(st.text("ab-_1", min_size=1, max_size=3), st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=4))
SCALARS = st.one_of(
    st.integers(-(10**6), 10**6),
    st.booleans(),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    st.dates(),
    st.floats(allow_nan=False),
)
VALUES = st.recursive(SCALARS, lambda v: st.one_of(st.lists(v, max_size=3), st.dictionaries(KEYS, v, max_size=3)), max_leaves=8)


def quoted(text: str) -> str:
    signs = {'"': '\\"', "\\": "\\\\"}
    return '"' + "".join(signs.get(c, c if c >= " " and c != "\x7f" else f"\\u{ord(c):04x}") for c in text) + '"'


def written(value: Any) -> str:
    """Write a value as TOML, lists over several lines."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, list):
        return "[\n" + "".join(f"  {written(one)}, # ]\n" for one in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted(key)} = {written(one)}" for key, one in value.items()) + "}"
    return str(value)


def all_paths(value: Any, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at] * bool(at) + [path for key, one in inside for path in all_paths(one, (*at, key))]


@given(st.dictionaries(KEYS, VALUES, max_size=4))
def test_every_value_has_its_place(document: dict[str, Any]) -> None:
    """The walk finds exactly the values that `tomllib` finds, each where its text begins."""
    text = "".join(f"{quoted(key)} = {written(value)}\n" for key, value in document.items())
    parsed = tomllib.loads(text)
    found = find_places(text)
    assert sorted(map(str, found.places)) == sorted(map(str, all_paths(parsed)))
    assert found.twice == []
    lines = text.split("\n")
    for path, place in found.places.items():
        value = parsed
        for part in path:
            value = value[part]  # type: ignore[index]  # a path of this very document
        begin = written(value).split("\n")[0]
        assert lines[place.line - 1][place.column - 1 :].startswith(begin)


def test_values_are_wrapped() -> None:
    """Native values keep their types; lists and maps hold values with places of their own."""
    values, found = load("a = [1, {b = true}]\n", PATH, 3)
    inner = Raw({"b": Raw(True, 3, 14, False, 3, 10)}, 3, 9, False, 3, 9)
    assert values == {"a": Raw([Raw(1, 3, 6, False, 3, 6), inner], 3, 5, False, 3, 1)}
    assert found == ()
