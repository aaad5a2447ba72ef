"""For every sequence of edits, an incremental build equals a clean one, byte for byte and file for file; and a second build does nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.random_edits import check

SHORT = range(10)
LONG = range(1000, 1120)


@pytest.mark.parametrize("seed", SHORT)
def test_random_edits(tmp_path: Path, seed: int) -> None:
    """After each of many random edits the site is what a clean build makes, and a further build does nothing."""
    check(tmp_path, seed)


@pytest.mark.long
@pytest.mark.parametrize("seed", LONG)
def test_many_random_edits(tmp_path: Path, seed: int) -> None:
    """The same for many more and longer sequences."""
    check(tmp_path, seed, 40)
