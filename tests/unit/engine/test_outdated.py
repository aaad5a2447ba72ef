"""Tables of facts and changes, and what is outdated then."""

from __future__ import annotations

import msgspec
import pytest

from wol.engine.dependencies import DependencyData, DependencyIndex
from wol.engine.outdated import outdated, to_refill, vanished, with_damaged
from wol.engine.plan import Plan
from wol.engine.traces import BuildTraces
from wol.model.target import Name, Reason, Target

A = Target(path="a/index.html", kind="item", subject="a.md")
B = Target(path="b/index.html", kind="item", subject="b.md")
USED = {
    A.path: [("title", "a.md"), ("title", "b.md"), ("config", "site.title")],
    B.path: [("title", "b.md"), ("date", "b.md"), ("config", "site.title"), ("paths", "gone.md")],
}


def encoded(*targets: Target) -> dict[str, msgspec.Raw]:
    return {t.path: msgspec.Raw(msgspec.msgpack.encode(t)) for t in targets}


def plan(*targets: Target) -> Plan:
    """A plan after a build whose targets were A and B."""
    return Plan(encoded(*targets), encoded(A, B))


def manifest() -> BuildTraces:
    uses = DependencyIndex(DependencyData())
    return BuildTraces(uses, {path: uses.numbers(names) for path, names in USED.items()})


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (set(), {}),
        ({("title", "a.md")}, {A.path: Reason("dependency", "title of a.md")}),
        ({("paths", "gone.md")}, {B.path: Reason("dependency", "paths of gone.md")}),
        ({("title", "c.md"), ("date", "a.md")}, {}),
        (
            {("title", "b.md"), ("date", "b.md")},
            {A.path: Reason("dependency", "title of b.md"), B.path: Reason("dependency", "date of b.md")},
        ),
        (
            {("config", "site.title")},
            {A.path: Reason("dependency", "config of site.title"), B.path: Reason("dependency", "config of site.title")},
        ),
    ],
)
def test_changed_names(changed: set[Name], expected: dict[str, Reason]) -> None:
    """A target is outdated if and only if it used a name that has changed."""
    assert outdated(plan(A, B), manifest(), changed) == expected


def test_fragments_alone() -> None:
    """A target that uses fragments that are others, and nothing else that is, says so; of those, pages with holes need no rendering."""
    uses = DependencyIndex(DependencyData())
    side, foot = ("fragment", "side.html"), ("fragment", "foot.html")
    used = {A.path: [("title", "a.md"), side, foot], B.path: [("title", "b.md"), side]}
    known = BuildTraces(uses, {path: uses.numbers(names) for path, names in used.items()}, holes={A.path: b"a"})
    found = outdated(plan(A, B), known, {side})
    assert found == {A.path: Reason("fragment", "side.html"), B.path: Reason("fragment", "side.html")}
    assert to_refill(found, known) == {A.path: b"a"}
    found = outdated(plan(A, B), known, {side, foot, ("title", "a.md")})
    assert found == {A.path: Reason("dependency", "title of a.md"), B.path: Reason("fragment", "side.html")}
    assert to_refill(found, known) == {}
    other = Target(path=A.path, kind="item", subject="a.md", args={"n": 1})
    assert to_refill(outdated(plan(other, B), known, {side}), known) == {}


def test_targets_that_are_new_or_planned_otherwise() -> None:
    """A target without a trace, or with another plan, is rendered whatever it used."""
    other = Target(path=A.path, kind="item", subject="a.md", args={"n": 1})
    new = Target(path="c/index.html", kind="item")
    found = outdated(plan(other, B, new), manifest(), set())
    assert {path: reason.code for path, reason in found.items()} == {A.path: "planned", new.path: "new"}


def test_damaged_outputs() -> None:
    """What another hand changed or removed is rendered again."""
    assert with_damaged({}, plan(A, B), {B.path: "tampered", A.path: "missing"}) == {A.path: Reason("missing"), B.path: Reason("tampered")}
    known = {B.path: Reason("new")}
    found = with_damaged(known, plan(A, B), {A.path: "missing", B.path: "missing", "c": "missing"})
    assert list(found.items()) == [(A.path, Reason("missing")), *known.items()]
    assert with_damaged(known, plan(A, B), {}) is known


def test_reasons_are_sentences() -> None:
    """A reason reads as the end of "PATH …"."""
    assert str(Reason("dependency", "title of a.md")) == "uses what has changed: title of a.md"
    assert str(Reason("new")) == "is new"


def test_vanished() -> None:
    """What wol wrote and no longer plans goes; nothing else is named."""
    assert vanished(plan(A), [A.path, "old/index.html", "b.css"]) == ["b.css", "old/index.html"]
