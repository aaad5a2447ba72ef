"""Lines and columns of keys and values in TOML."""

from __future__ import annotations

import tomllib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from wol.config.locate import Path, locate

TEXT = '''# a comment with [brackets] = "x"
title = "x"
[site]  # [no]
title = """
a = 3
""" # x
"base.url" = 'q#'
a.b . "c d" = [1, # ]
  { x = 1, y.z = "}" }, [2, 3],
]
when = 2026-01-01 10:00:00
[[theme.nav]]
text = "a"
[[theme.nav]]
text = "b"
[theme.nav.sub]
k = 1
[ x . "y" . z ]
q = {}
'''


def paths_of(value: Any, at: Path = ()) -> list[Path]:
    """Every way to a key or an entry."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path for key, below in inner for path in [(*at, key), *paths_of(below, (*at, key))]]


def test_every_key_and_entry_has_a_place() -> None:
    """Nothing that tomllib reads is without a place."""
    places = locate(TEXT)
    for path in paths_of(tomllib.loads(TEXT)):
        assert path in places.keys or path in places.values, path


def test_a_place_is_where_the_key_is_typed() -> None:
    """Plain, quoted, dotted and inline keys, tables and arrays of tables."""
    places = locate(TEXT)
    assert places.of_key(("title",)) == (2, 1)
    assert places.of_key(("site",)) == (3, 2)
    assert places.of_key(("site", "base.url")) == (7, 1)
    assert places.of_key(("site", "a", "b", "c d")) == (8, 7)
    assert places.of_key(("site", "a", "b", "c d", 1, "y", "z")) == (9, 14)
    assert places.of_key(("theme", "nav", 1, "text")) == (15, 1)
    assert places.of_key(("theme", "nav", 1, "sub", "k")) == (17, 1)
    assert places.of_key(("x", "y", "z")) == (18, 13)


def test_a_value_has_a_place_of_its_own() -> None:
    """Values are pointed at where they begin, also entries of a list that goes over lines."""
    places = locate(TEXT)
    assert places.of_value(("site", "title")) == (4, 9)
    assert places.of_value(("site", "a", "b", "c d", 2, 1)) == (9, 29)
    assert places.of_value(("site", "when")) == (11, 8)


def test_what_is_absent_has_the_place_of_the_table_around_it() -> None:
    """The nearest table is shown, or no place at all."""
    places = locate(TEXT)
    assert places.of_key(("theme", "nav", 0, "to")) == (12, 9)
    assert places.of_key(("site", "base_url")) == (3, 2)
    assert places.of_key(("build", "jobs")) == (0, 0)


def test_a_broken_file_keeps_the_places_before_the_fault() -> None:
    """The scanner never fails, whatever it reads."""
    assert locate('a = 1\nb = ["x\n').of_key(("a",)) == (1, 1)


@given(st.text(alphabet="ab.=[]{}\"'\n #,1\\", max_size=60))
def test_any_text_is_scanned_to_its_end(text: str) -> None:
    """No text makes the scanner fail or stop; every TOML text gives a place to every key."""
    places = locate(text)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    for path in paths_of(data):
        assert path in places.keys or path in places.values, path


keys = st.text(alphabet="ab-_9 .\"'é\\\n", min_size=1, max_size=4)
values = st.recursive(
    st.one_of(st.booleans(), st.integers(-9, 9), st.text(alphabet='a"]},\n#', max_size=5)),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=6,
)


def typed(value: Any) -> str:
    """Give a value as TOML."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    return "[" + ", ".join(typed(inner) for inner in value) + "]" if isinstance(value, list) else str(value)


@given(st.dictionaries(keys, st.dictionaries(keys, values, max_size=3), max_size=4))
def test_the_place_of_any_value_is_right(data: dict[str, dict[str, Any]]) -> None:
    """At the place of a value stands the value."""
    lines: list[str] = []
    for table, inner in data.items():
        lines += [f"[{typed(table)}]", *(f"  {typed(key)}  =  {typed(value)} # end" for key, value in inner.items())]
    text = "\n".join(lines)
    places = locate(text)
    for table, inner in data.items():
        for key, value in inner.items():
            line, column = places.of_key((table, key))
            assert lines[line - 1][column - 1 :].startswith(typed(key))
            line, column = places.of_value((table, key))
            assert lines[line - 1][column - 1 :] == f"{typed(value)} # end"
