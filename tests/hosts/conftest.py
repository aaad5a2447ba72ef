"""Hosts on loopback for the tests of targets; a missing program skips them visibly, and fails them in CI."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness import hosts


@pytest.fixture(scope="session")
def programs_of_ssh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A server of ssh, and the folder of the programs that find it."""
    with hosts.sshd(tmp_path_factory.mktemp("ssh") / "host") as folder:
        yield folder


@pytest.fixture
def testhost(programs_of_ssh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For this test, `ssh testhost` leads to that server."""
    monkeypatch.setenv("PATH", f"{programs_of_ssh}{os.pathsep}{os.environ['PATH']}")
