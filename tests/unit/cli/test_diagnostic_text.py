"""How findings look to people and to programs."""

from __future__ import annotations

import io
import json
import unicodedata
from pathlib import Path

import pytest

from wol.cli.diagnostic_text import diagnostic_lines
from wol.cli.formatting import tally
from wol.cli.json_output import diagnostics_data
from wol.cli.terminal import Styler, printable
from wol.engine.source_lines import SourceLines
from wol.errors import Diagnostic, diagnostic


def shown(diagnostics: list[Diagnostic], root: Path | None = None, **how: bool) -> str:
    """Give what is printed, without colours."""
    return "\n".join(diagnostic_lines(diagnostics, SourceLines(root), Styler(io.StringIO()), **how))


def broken(number: int, code: str = "link-broken") -> list[Diagnostic]:
    """Give so many warnings of one code."""
    return [diagnostic(code, f"`{n}.md` is not there", f"content/{n:04}.md", n + 1, 1) for n in range(number)]


def test_an_error_shows_its_line_a_caret_and_the_way_out(tmp_path: Path) -> None:
    """As the architecture has it: place, severity, code, sentence, line, caret, notes, hint."""
    (tmp_path / "a.md").write_text("---\ntitle: x\ndate: soon\n---\n")
    found = diagnostic("date-invalid", "`soon` is not a date that wol can read", "a.md", 3, 7, notes=["first seen here"])
    assert shown([found], tmp_path) == (
        "a.md:3:7: error[date-invalid]: `soon` is not a date that wol can read\n"
        "  | date: soon\n"
        "  |       ^\n"
        "  note: first seen here\n"
        "  hint: write it as `2026-11-20` or `2026-11-20 14:05`"
    )


@pytest.mark.parametrize(
    ("line", "column", "caret"),
    [("日本: x", 5, 7), ("\tx: y", 2, 5), ("e\u0301: x", 3, 2), ("🎉 x", 3, 4), ("abc", 0, None), ("x" * 10_000 + "!", 10_001, 76)],
)
def test_the_caret_stands_below_the_sign(tmp_path: Path, line: str, column: int, caret: int | None) -> None:
    """Wide, combining and long lines; `caret` is its column from 1 on the screen."""
    (tmp_path / "a.md").write_text(line)
    rows = shown([diagnostic("date-invalid", "x", "a.md", 1, column)], tmp_path).split("\n")
    assert rows[1].startswith("  | ")
    if caret is None:
        assert "^" not in "".join(rows)
    else:
        assert rows[2].index("^") - 3 == caret
        assert len(unicodedata.normalize("NFC", rows[1])) < 120


def test_a_line_that_cannot_be_shown_is_left_out(tmp_path: Path) -> None:
    """Files that are gone or shorter than they were, places without a line, findings without a place."""
    (tmp_path / "a.md").write_text("one\n")
    for found in [
        diagnostic("link-broken", "x", "gone.md", 1, 1),
        diagnostic("link-broken", "x", "a.md", 9, 1),
        diagnostic("link-broken", "x", "a.md"),
        diagnostic("link-broken", "x"),
        diagnostic("link-broken", "x", "a.md", 2, 1),
    ]:
        assert "|" not in shown([found], tmp_path)


def test_a_line_of_the_packaged_theme_is_found() -> None:
    """Paths that begin with the theme's name in angle brackets."""
    assert "| " in shown([diagnostic("template-failed", "x", "<default>/templates/base.html", 1, 1)], Path("/nowhere"))


def test_few_warnings_are_shown_in_full_and_many_grouped() -> None:
    """A site full of warnings stays readable; -v shows all; errors come last and whole."""
    assert shown(broken(8)).count("hint:") == 8
    many = [*broken(120), *broken(2, "image-missing"), diagnostic("date-invalid", "`soon` is not a date", "content/z.md", 3)]
    text = shown(many)
    assert text.split("\n") == [
        "warning[image-missing]: 2 times. An image is not there.",
        "  content/0000.md:1:1: `0.md` is not there",
        "  content/0001.md:2:1: `1.md` is not there",
        "  hint: correct the path; upper and lower case count",
        "warning[link-broken]: 120 times. A link leads to a file or page that is not there.",
        "  content/0000.md:1:1: `0.md` is not there",
        "  content/0001.md:2:1: `1.md` is not there",
        "  content/0002.md:3:1: `2.md` is not there",
        "  … and 117 more; -v shows them all",
        "  hint: correct the path; upper and lower case count",
        "content/z.md:3: error[date-invalid]: `soon` is not a date",
        "  hint: write it as `2026-11-20` or `2026-11-20 14:05`",
    ]
    assert shown(many, verbose=True).count("link-broken") == 120
    assert shown(many, quiet=True) == "\n".join(text.split("\n")[-2:])


def test_codes_of_plugins_are_grouped_too() -> None:
    """A code that is in no table has no meaning to tell."""
    assert shown([Diagnostic("mine-odd", "warning", f"odd {n}") for n in range(9)]).startswith("warning[mine-odd]: 9 times\n  odd 0\n")


def test_what_steers_terminals_is_shown_as_what_it_is() -> None:
    """Escapes and signs that turn the direction of text; brackets and emoji stay."""
    assert printable("a\x1b[31m\u202eb\nc [draft] 🎉 שלום") == "a\\x1b[31m\\u202eb\\nc [draft] 🎉 שלום"
    assert "\x1b" not in shown([diagnostic("link-broken", "\x1b[2J", "content/\x1b]0;x.md", hint="\x1b")])


class Terminal(io.StringIO):
    """A stream that a person reads."""

    def isatty(self) -> bool:
        return True


def test_colours_are_for_terminals_that_want_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """None in a pipe, with NO_COLOR, or where the terminal is dumb."""
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    assert Styler(Terminal())("x", "red") != "x"
    assert Styler(io.StringIO())("x", "red") == "x"
    monkeypatch.setenv("TERM", "dumb")
    assert Styler(Terminal())("x", "red") == "x"
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    assert Styler(Terminal())("x", "red") == "x"


def test_as_data_has_every_part() -> None:
    """What has no place is null."""
    assert diagnostics_data([diagnostic("link-broken", "m", "a.md", 3, 0, hint="h")], None)[0] == {
        "code": "link-broken",
        "severity": "warning",
        "path": "a.md",
        "line": 3,
        "column": None,
        "message": "m",
        "hint": "h",
        "notes": [],
        "fix": None,
    }
    assert json.dumps(diagnostics_data([diagnostic("link-broken", "m")], None))


def test_the_tally() -> None:
    """Counts with their nouns."""
    assert tally(broken(1)) == "1 warning"
    assert tally([*broken(1200), diagnostic("date-invalid", "x")]) == "1 error, 1,200 warnings"
    assert tally([]) == ""
