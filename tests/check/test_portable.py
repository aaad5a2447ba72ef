"""What this computer can hold and others cannot is told, and what every system holds is not."""

from __future__ import annotations

import pytest

from wol.check.rules.portable import problem

WRONG = (
    "a:b/index.html",
    "a<b.txt",
    "a>b.txt",
    'a"b.txt',
    "a|b.txt",
    "what?.txt",
    "a*.txt",
    "a#b.txt",
    "a./index.html",
    "a /index.html",
    "a/b.txt ",
    "con/index.html",
    "a/NUL.txt",
    "lpt1.tar.gz",
    "com¹/index.html",
    "é" * 72 + "/index.html",
    "a" * 144 + ".txt",
    "日本" * 24 + "/index.html",
    "a/" * 120 + "b.txt",
    "abc/" * 300 + "b.txt",
    "é/" * 400 + "b.txt",
)
RIGHT = (
    "index.html",
    "2026/11/a-post/index.html",
    "tags/c-plus-plus/index.html",
    ".nojekyll",
    ".well-known/security.txt",
    "a.b.c/index.html",
    "console/index.html",
    "auxiliary.txt",
    "com10/index.html",
    "it's-(a)-file,[1];=+@&!~$%.txt",
    "a b/c d.txt",
    "é" * 71 + "/index.html",
    "日本語/index.html",
    "a" * 139 + ".txt",
    "a/" * 117 + "b.txt",
    "feed.xml",
)


@pytest.mark.parametrize("path", WRONG)
def test_a_path_that_others_cannot_hold(path: str) -> None:
    """Reserved characters, endings, names of devices, and lengths of other systems."""
    assert problem(path)


@pytest.mark.parametrize("path", RIGHT)
def test_a_path_that_every_system_holds(path: str) -> None:
    """Other scripts, points, signs and spaces inside are fine."""
    assert problem(path) is None
