"""A folder to work in, and the command line as its user has it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from harness.site import Ran, run


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is the current one, on a computer in UTC."""
    place = tmp_path / "here"
    place.mkdir()
    monkeypatch.chdir(place)
    monkeypatch.setenv("TZ", "UTC")
    for name in ("NO_COLOR", "_WOL_COMPLETE"):
        monkeypatch.delenv(name, raising=False)
    return place


@pytest.fixture
def wol() -> Callable[..., Ran]:
    """Run a command line in the current folder."""
    return run
