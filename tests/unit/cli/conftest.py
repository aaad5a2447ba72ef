"""A folder to work in, and the command line as its user has it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from wol.cli.main import main


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str


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
    """Run a command line."""

    def run(*arguments: str) -> Ran:
        result = CliRunner().invoke(main, list(arguments))
        assert isinstance(result.exception, SystemExit | None), result.exception
        return Ran(result.exit_code, result.stdout, result.stderr)

    return run
