"""Fixes as edits of a file: as little of it changes as can be, and nothing where it does not hold what is to be edited."""

from __future__ import annotations

from pathlib import Path

import pytest

from wol.engine.fix_data import fix_data, text_to_copy
from wol.engine.fix_edits import TextEdit, fix_edit, fixed
from wol.engine.source_lines import SourceLines
from wol.errors import Span, diagnostic
from wol.fixes import AddField, AddSetting, Fix, Hint, RemoveLine, Rename, Replace, RunCommand, SetLine

POST = "---\ntitle: A\ndarft: yes\n---\nSee [b](B.md).\n"

CASES: dict[str, tuple[Fix, Span, str, str | None]] = {
    "a word": (Replace("darft", "draft"), Span("a.md", 3, 1), POST, POST.replace("darft", "draft")),
    "a word of its own first": (Replace("ab", "x"), Span("a.md", 1), "abc ab abc\n", "abc x abc\n"),
    "the one at the place": (Replace("a", "x"), Span("a.md", 1, 3), "a a a\n", "a x a\n"),
    "in a later line of the paragraph": (Replace("B.md", "b.md"), Span("a.md", 4), POST, POST.replace("B.md", "b.md")),
    "before it": (Replace("title", "name"), Span("a.md", 4), POST, POST.replace("title", "name")),
    "in another case": (Replace("DARFT", "draft"), Span("a.md", 3), POST, POST.replace("darft", "draft")),
    "a reference before it was encoded": (Replace("a%20b.md", "c.md"), Span("a.md", 1), "[x](<a b.md>)\n", "[x](<c.md>)\n"),
    "in the whole file": (Replace("b", "c"), Span("a.md"), "a\nb\n", "a\nc\n"),
    "not there": (Replace("zzz", "x"), Span("a.md", 3), POST, None),
    "a line": (SetLine("draft: true"), Span("a.md", 3, 1), POST, POST.replace("darft: yes", "draft: true")),
    "an indented line": (SetLine("draft: true"), Span("a.md", 2, 3), "a:\n  b: c\r\n", "a:\n  draft: true\r\n"),
    "a line that goes on": (SetLine("a: b"), Span("a.md", 1), "a: [\n  b]\n", None),
    "a line that is no value": (SetLine("a: b"), Span("a.md", 5), POST, None),
    "beyond the end": (RemoveLine(), Span("a.md", 99), POST, None),
    "a line that goes": (RemoveLine(), Span("a.md", 3), POST, POST.replace("darft: yes\n", "")),
    "a field": (AddField("guid", "tag:x"), Span("a.md"), POST, POST.replace("yes\n", 'yes\nguid: "tag:x"\n')),
    "a field that is there": (AddField("title", "B"), Span("a.md"), POST, None),
    "a setting in its table": (AddSetting("site", "a = 1"), Span("site.toml"), "[site] # x\nb = 2\n", "[site] # x\na = 1\nb = 2\n"),
    "a setting in a new table": (AddSetting("features", "a = true"), Span("site.toml"), "[site]\nb = 2", "[site]\nb = 2\n\n[features]\na = true\n"),
    "a setting of no table": (AddSetting("", "a = 1"), Span("site.toml"), "b = 2\n", "a = 1\nb = 2\n"),
    "no edit": (RunCommand("wol gone /a/"), Span("a.md"), POST, None),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_edits(case: str) -> None:
    """What the file holds then; the edit says the same, and no more changes than has to."""
    fix, span, text, expected = CASES[case]
    assert fixed(fix, span, text) == expected
    edit = fix_edit(fix, span, text)
    if expected is None:
        assert edit is None
        return
    assert edit is not None
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    start, end = starts[edit.line - 1] + edit.column - 1, starts[edit.end_line - 1] + edit.end_column - 1
    assert text[:start] + edit.text + text[end:] == expected
    assert not (edit.text and start < end and edit.text[0] == text[start])


def test_the_smallest_edit() -> None:
    """Only the letters that differ are replaced."""
    assert fix_edit(Replace("darft", "draft"), Span("a.md", 3), POST) == TextEdit("a.md", 3, 2, 3, 4, "ra")


@pytest.mark.parametrize(
    ("fix", "data", "copied"),
    [
        (RunCommand("wol gone /a/"), {"command": "wol gone /a/"}, "wol gone /a/"),
        (Rename("a.md", "b.md"), {"rename": {"from": "a.md", "to": "b.md"}}, ""),
        (Replace("darft", "draft"), {"edit": {"path": "a.md", "line": 3, "column": 2, "end_line": 3, "end_column": 4, "text": "ra"}}, "draft: yes"),
        (AddField("guid", "x"), {"edit": {"path": "a.md", "line": 4, "column": 1, "end_line": 4, "end_column": 1, "text": "guid: x\n"}}, "guid: x"),
        (AddSetting("site", "a = 1"), {"edit": {"path": "site.toml", "line": 2, "column": 1, "end_line": 2, "end_column": 1, "text": "a = 1\n"}}, "a = 1"),
        (Replace("zzz", "x"), None, ""),
        (None, None, ""),
    ],
)  # fmt: skip
def test_for_other_programs(fix: Fix | None, data: object, copied: str, tmp_path: Path) -> None:
    """Editors get the edit, the preview the text that a writer would type."""
    (tmp_path / "a.md").write_text(POST, "utf-8")
    (tmp_path / "site.toml").write_text("[site]\n", "utf-8")
    one = diagnostic("front-matter-misspelt", "m", "a.md", 3, 1, hint=Hint("do it", fix))
    assert fix_data(one, SourceLines(tmp_path)) == data
    assert text_to_copy(one, SourceLines(tmp_path)) == copied
