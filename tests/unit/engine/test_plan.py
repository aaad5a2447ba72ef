"""Two things that want one place are told apart from those that do not."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from wol.engine.plan import Planning
from wol.errors import Diagnostic
from wol.model.target import Target


def target(path: str, origin: str, *, yields: bool = False) -> Target:
    return Target(path=path, kind="item", origin=origin, yields=yields)


def settle(targets: Iterable[Target]) -> tuple[list[Target], list[Diagnostic]]:
    """Put targets into their places."""
    planning = Planning()
    planning.add(targets)
    return planning.targets(), planning.diagnostics()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("a/index.html", "a/index.html"),
        ("a/index.html", "A/index.html"),
        ("a", "a/index.html"),
        ("caf\u00e9/index.html", "cafe\u0301/index.html"),
        ("index.html", "INDEX.html"),
    ],
)
def test_collisions(first: str, second: str) -> None:
    """One place under all the names by which a server or a file system may know it."""
    _, found = settle([target(first, "content/a.md"), target(second, "content/b.md")])
    assert "url-collision" in {d.code for d in found}
    assert "`content/a.md`" in found[0].message
    assert "`content/b.md`" in found[0].message


@pytest.mark.parametrize(
    ("first", "second"), [("a/index.html", "b/index.html"), ("a.html", "a/index.html"), ("feed.xml", "feed/index.html")]
)
def test_no_collision(first: str, second: str) -> None:
    """Different places stay."""
    targets, found = settle([target(first, "content/a.md"), target(second, "content/b.md")])
    assert len(targets) == 2
    assert not found


def test_a_file_where_a_folder_must_be() -> None:
    """`a` cannot be a file if something lies below it."""
    _, found = settle([target("a", "static/a"), target("a/b.txt", "static/a/b.txt")])
    assert [d.code for d in found] == ["url-collision"]


def test_what_yields_gives_way() -> None:
    """A target that yields is left out, whichever comes first; two that yield keep the first."""
    mine, other = target("robots.txt", "static/robots.txt"), target("robots.txt", "the feature `robots`", yields=True)
    assert settle([mine, other]) == ([mine], [])
    assert settle([other, mine]) == ([mine], [])
    assert settle([other, other])[0] == [other]


@pytest.mark.parametrize("path", ["../x", "a//b", "/a", "a/", "a\\b", "a\nb", "./a", ".git/x", "a/GIT~1", ".wol/x"])
def test_paths_that_lead_out(path: str) -> None:
    """Nothing is ever written outside of the output."""
    targets, found = settle([target(path, "content/a.md")])
    assert not targets
    assert [d.code for d in found] == ["url-invalid"]
