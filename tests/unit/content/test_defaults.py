"""`_defaults.toml`: what it may hold, and what is told of it."""

from __future__ import annotations

import pickle

import pytest

from wol.content.defaults import read_defaults

PATH = "content/notes/_defaults.toml"


def test_values_and_places() -> None:
    """The fields of the file, with their places."""
    found, diagnostics = read_defaults(b"\xef\xbb\xbf# all notes\r\nlang = 'de'\r\n[extra]\r\na = 1\r\n", PATH)
    assert diagnostics == ()
    assert found.path == PATH
    assert {key: (raw.line, raw.column) for key, raw in found.values.items()} == {"lang": (2, 8), "extra": (3, 1)}


def test_defaults_go_to_other_processes() -> None:
    """They can be pickled, for sources are read in other processes."""
    found, _ = read_defaults(b"publish = 2026-11-20\n[extra]\na = [1, {b = 2}]\n", PATH)
    assert pickle.loads(pickle.dumps(found)) == found


@pytest.mark.parametrize(
    "line",
    [
        "id = 'a'",
        "guid = 'a'",
        "title = 'A'",
        "date = 2026-11-20",
        "slug = 'a'",
        "url = '/a/'",
        "aliases = ['/a/']",
        "gone = true",
        "changes = []\n[[changes]]",
        "milestone = 'a'",
        "translation_of = 'a'",
        "Translation-Of = 'a'",
        "created = 2026-11-20",
        "published = '2026-11-20'",
        "permalink = '/a/'",
        "redirect_from = ['/a/']",
    ],
)
def test_fields_of_a_single_file(line: str) -> None:
    """What only a single file can have is refused, in every spelling, and left out."""
    key = line.partition(" =")[0]
    if key == "changes":
        line = "[[changes]]"
    found, diagnostics = read_defaults(f"lang = 'de'\n{line}\n".encode(), PATH)
    assert [(d.code, d.message) for d in diagnostics] == [("defaults-field", f"`{key}` can only stand in a single file")]
    assert str(diagnostics[0].span).startswith(f"{PATH}:2:")
    assert list(found.values) == ["lang"]


@pytest.mark.parametrize(
    "line",
    [
        "title = ''",
        "published = false",
        "published = 'no'",
        "permalink = '/:year/'",
        "updated = 2026-11-20",
        "tags = ['a']",
        "draft = true",
    ],
)
def test_fields_of_many_files(line: str) -> None:
    """What many files can share is kept."""
    found, diagnostics = read_defaults(line.encode(), PATH)
    assert (len(found.values), diagnostics) == (1, ())


@pytest.mark.parametrize(
    ("data", "finding"),
    [
        (b"lang: de\n", "1:5 front-matter-syntax The text is not TOML: expected `=` after a key in a key/value pair"),
        (b"a = 1\na = 2\n", "2:1 front-matter-duplicate `a` stands twice, on lines 1 and 2"),
        (b"a = '\xe9'\n", "1:6 source-encoding The byte 0xE9 at offset 5 is not UTF-8"),
        (b"a = '" + b"x" * 300_000 + b"'", "0:0 front-matter-too-large The defaults are over 256 kB"),
        (b"a = " + b"[" * 65 + b"]" * 65, "1:68 front-matter-too-large The front matter is nested over 64 levels deep"),
        (b"a = '\x01'\n", "1:6 control-characters A control character (U+0001) was removed"),
    ],
)
def test_errors(data: bytes, finding: str) -> None:
    """What is wrong with the file is told at its place."""
    _, diagnostics = read_defaults(data, PATH)
    assert [f"{d.span.line}:{d.span.column} {d.code} {d.message}" for d in diagnostics if d.span] == [finding]
