"""Which paths wake a watched site, and which of them a line names."""

from __future__ import annotations

import pytest

from wol.watch.relevance import ChangedPaths, is_relevant


@pytest.mark.parametrize(
    ("holds", "path", "expected"),
    [
        ("content", "posts/a.md", True),
        ("content", "posts", True),
        ("content", "_index.md", True),
        ("content", "_shared/a.md", True),  # a link may lead there
        ("content", ".hidden/a.md", True),
        ("content", "pictures/a.jpg", True),
        ("content", "4913.md", True),
        ("content", "posts/.a.md.swp", False),  # vim
        ("content", "posts/.a.md.swx", False),
        ("content", "posts/4913", False),
        ("content", "posts/a.md~", False),
        ("content", "posts/.#a.md", False),  # Emacs
        ("content", "posts/#a.md#", False),
        ("content", "posts/a.md___jb_tmp___", False),  # JetBrains
        ("content", "posts/.a.md.XyZ123", False),  # rsync
        ("content", "posts/.syncthing.a.md.tmp", False),
        ("content", "posts/a.sync-conflict-20261121-101010-ABCDEFG.md", False),
        ("content", "posts/a (conflicted copy 2026-11-21).md", True),  # Dropbox: it is read
        ("content", ".git/index", False),
        ("content", "node_modules/x/readme.md", False),
        ("static", "style.css", True),
        ("static", ".well-known/x", True),
        ("static", ".htaccess", True),
        ("static", "backup.bak", True),
        ("static", ".DS_Store", False),
        ("static", ".style.css.swp", False),
        ("theme", "templates/base.html", True),
        ("theme", "templates/.base.html.swp", False),
        ("code", "engine/pipeline.py", True),
        ("code", "build/__pycache__/pipeline.cpython-311.pyc", False),
        ("code", "engine/pipeline.pyc", False),
    ],
)
def test_what_wakes(holds: str, path: str, expected: bool) -> None:
    """Sources do, and what may be one by a link; what editors, systems and tools leave beside them does not."""
    assert is_relevant(holds, path) is expected


def told(*events: tuple[str, str]) -> tuple[str, ...]:
    """Give the causes of a row of events: `+` came, `*` changed, `-` went."""
    causes = ChangedPaths()
    for sign, path in events:
        {"+": causes.came, "*": causes.changed, "-": causes.went}[sign](path)
    return causes.take()


def test_what_comes_and_goes_is_no_cause() -> None:
    """A temporary name is not told; what was there before is, though it is gone or has come again."""
    assert told(("*", "/a"), ("*", "/a")) == ("/a",)
    assert told(("+", "/t"), ("*", "/t"), ("-", "/t"), ("+", "/a")) == ("/a",)
    assert told(("-", "/a"), ("+", "/a")) == ("/a",)
    assert told(("-", "/a")) == ("/a",)
    assert told(("+", "/n"), ("+", "/n/b"), ("+", "/n b")) == ("/n b", "/n/b")


def test_causes_are_told_once() -> None:
    """Taken causes are forgotten."""
    causes = ChangedPaths()
    causes.came("/a")
    assert causes.take() == ("/a",)
    assert causes.take() == ()
