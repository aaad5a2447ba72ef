"""Tables of facts and changes, and what is outdated then."""

from __future__ import annotations

import pytest

from wol.build.decide import outdated, vanished
from wol.model.target import Name, Reason, Target, Trace

A = Target(path="a/index.html", kind="item", subject="a.md")
B = Target(path="b/index.html", kind="item", subject="b.md")
NAMES: list[Name] = [("title", "a.md"), ("title", "b.md"), ("config", "site.title"), ("paths", "gone.md")]
TRACES = {A.path: Trace(A, (0, 1, 2), "d1"), B.path: Trace(B, (1, 2, 3), "d2")}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (set(), {}),
        ({("title", "a.md")}, {A.path: Reason("dependency", "title of a.md")}),
        ({("paths", "gone.md")}, {B.path: Reason("dependency", "paths of gone.md")}),
        ({("title", "c.md"), ("date", "a.md")}, {}),
        (
            {("config", "site.title")},
            {A.path: Reason("dependency", "config of site.title"), B.path: Reason("dependency", "config of site.title")},
        ),
    ],
)
def test_changed_names(changed: set[Name], expected: dict[str, Reason]) -> None:
    """A target is outdated if and only if it used a name that has changed."""
    assert outdated([A, B], TRACES, NAMES, changed, {}) == expected


def test_targets_that_are_new_or_planned_otherwise() -> None:
    """A target without a trace, or with another plan, is rendered whatever it used."""
    other = Target(path=A.path, kind="item", subject="a.md", args={"n": 1})
    new = Target(path="c/index.html", kind="item")
    found = outdated([other, B, new], TRACES, NAMES, set(), {})
    assert {path: reason.code for path, reason in found.items()} == {A.path: "planned", new.path: "new"}


def test_damaged_outputs() -> None:
    """What another hand changed or removed is rendered again."""
    found = outdated([A, B], TRACES, NAMES, set(), {A.path: "missing", B.path: "tampered"})
    assert found == {A.path: Reason("missing"), B.path: Reason("tampered")}


def test_everything() -> None:
    """When all is forced, every target has that reason."""
    assert set(outdated([A, B], TRACES, NAMES, set(), {}, everything=True).values()) == {Reason("forced")}


def test_reasons_are_sentences() -> None:
    """A reason reads as the end of "PATH …"."""
    assert str(Reason("dependency", "title of a.md")) == "uses what has changed: title of a.md"
    assert str(Reason("new")) == "is new"


def test_vanished() -> None:
    """What wol wrote and no longer plans goes; nothing else is named."""
    assert vanished([A], [A.path, "old/index.html", "b.css"]) == ["b.css", "old/index.html"]
