"""Merge conflicts in sources."""

from __future__ import annotations

import pytest

from wol.content.merge_markers import unresolved

OURS, MIDDLE, THEIRS = "<<<<<<< HEAD", "=======", ">>>>>>> topic"


def conflict(*lines: str) -> int | None:
    """Return the line of the conflict that is found."""
    found = unresolved("\n".join(lines).encode(), "a.md")
    return found.span.line if found is not None and found.span else None


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        ((OURS, "a", MIDDLE, "b", THEIRS), 1),
        (("text", OURS, MIDDLE, THEIRS), 2),
        ((OURS, "a", "||||||| base", "c", MIDDLE, "b", THEIRS), 1),
        (("<<<<<<<", "=======", ">>>>>>>"), 1),
        (("```", "code", "```", OURS, MIDDLE, THEIRS), 4),
        (("---", OURS, "title: a", MIDDLE, "title: b", THEIRS, "---"), 2),
        (("~~~", "```", "~~~", OURS, MIDDLE, THEIRS), 4),
        (("\ufeff" + OURS, MIDDLE, THEIRS), 1),
        ((OURS, "a", OURS, "b", MIDDLE, THEIRS), 3),
    ],
)
def test_conflicts(lines: tuple[str, ...], line: int) -> None:
    """All three markers, in order."""
    assert conflict(*lines) == line


@pytest.mark.parametrize(
    "lines",
    [
        ("A heading", MIDDLE),
        (OURS, "a", THEIRS),
        (THEIRS, MIDDLE, OURS),
        (MIDDLE, OURS, THEIRS),
        ("```", OURS, MIDDLE, THEIRS, "```"),
        ("````", "```", OURS, MIDDLE, THEIRS, "````"),
        ("~~~ diff", OURS, MIDDLE, THEIRS, "~~~"),
        ("    " + OURS, "    " + MIDDLE, "    " + THEIRS),
        (OURS, MIDDLE, ">>>>>> topic"),
        ("<<<<<<<< HEAD", MIDDLE, THEIRS),
        ("`" + OURS + "`", MIDDLE, "`" + THEIRS + "`"),
    ],
)
def test_other_texts(lines: tuple[str, ...]) -> None:
    """A heading, markers in another order, and code are none."""
    assert conflict(*lines) is None


def test_the_ends_of_lines_do_not_matter() -> None:
    """Windows ends lines otherwise."""
    assert unresolved("\r\n".join((OURS, MIDDLE, THEIRS)).encode(), "a.md") is not None
