"""Which sources are taken for copies that programs for synchronising left."""

from __future__ import annotations

import pytest

from wol.content.conflict_copies import likeness, originals
from wol.content.overlooked import conflict_copies

POST = "---\ntitle: {}\ndate: 2026-11-20\n---\n{}\n"


@pytest.mark.parametrize(
    ("name", "original"),
    [
        ("trip 2", "trip"),
        ("trip (1)", "trip"),
        ("trip (Ann's conflicted copy 2026-11-30)", "trip"),
        ("trip (conflicted copy 2026-11-30 120000)", "trip"),
        ("trip (Conflicted copy MacBook 202611301200)", "trip"),
        ("trip (Konflikt von Anna am 2026-11-30)", "trip"),
        ("trip copy", "trip"),
        ("trip copy 3", "trip"),
        ("trip - Copy", "trip"),
        ("trip - Copy (2)", "trip"),
        ("trip - Kopie", "trip"),
        ("Copy of trip", "trip"),
        ("trip-DESKTOP-AB12", "trip"),
        ("a-long-trip-Anns-MacBook-Pro", "a-long-trip"),
        ("trip.sync-conflict-20261130-120000-ABCDEFG", "trip"),
        ("trip.Conflict", "trip"),
        ("trip_conflict-20261130-120000", "trip"),
    ],
)
def test_names_of_copies(name: str, original: str) -> None:
    """Each program has its own way of naming a copy."""
    assert original in originals(name)


@pytest.mark.parametrize(
    "name", ["trip", "a-long-trip", "2026-11-20-trip", "trip-2", "trip-two", "conflict", "the copy editor", "(1)", "2"]
)
def test_names_of_other_files(name: str) -> None:
    """Names as writers give them are those of no copy."""
    assert not list(originals(name))


@pytest.mark.parametrize(
    ("original", "copy", "alike"),
    [
        (POST.format("A trip", "One."), POST.format("A trip", "Two."), "both have the title `A trip`"),
        (POST.format("A trip", "One."), POST.format('"A trip"', "Two."), "both have the title `A trip`"),
        ("---\nid: x\n---\nOne.", "---\nid: x\ntitle: Other\n---\nTwo.", "both have the id `x`"),
        ('+++\ntitle = "A trip"\n+++\nOne.', '+++\ntitle = "A trip"\n+++\nTwo.', "both have the title `A trip`"),
        ("One.\n\nTwo.\n\nThree.\n", "One.\r\n\r\nTwo.\r\n\r\nThree!\r\n", "most of their lines are the same"),
        ("One.\n\nTwo.\n\nThree.\n", "One.\n\nFour.\n\nFive.\n", ""),
        (POST.format("A trip", "One."), POST.format("Another trip", "Two."), ""),
        ("", "", ""),
        ("One.", "", ""),
    ],
)
def test_what_copies_have_in_common(original: str, copy: str, alike: str) -> None:
    """The same id, the same title, or most lines; a name is not enough."""
    assert likeness(original.encode(), copy.encode()) == alike


def test_both_must_be_there() -> None:
    """A copy is told once, beside its original, whether it is read or not; one without an original is a source like any other."""
    files = {
        "posts/trip.md": "One.\nTwo.",
        "posts/trip 2.md": "One.\nTwo.",
        "posts/trip 3.markdown": "One.\nTwo.",
        "notes/trip 2.md": "One.\nTwo.",
        "posts/alone 2.md": "One.\nTwo.",
    }
    unread = {"posts/trip.sync-conflict-20261130-120000-ABCDEFG.md": "One.\nTwo.", "posts/x.md~": "One.\nTwo."}
    found = conflict_copies(files, unread, "content", lambda path: {**files, **unread}[path].encode())
    assert [d.span.path for d in found if d.span] == [
        "content/posts/trip 2.md",
        "content/posts/trip.sync-conflict-20261130-120000-ABCDEFG.md",
    ]
