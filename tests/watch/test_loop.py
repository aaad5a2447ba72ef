"""The loop by itself, with a builder that answers as it is told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

import pytest

from harness.watched import Heard
from wol.errors import diagnostic
from wol.watch import loop
from wol.watch.events import ChangeMonitor
from wol.watch.loop import follow
from wol.watch.messages import Build, BuildCrashed, BuildFailed, BuildResult, BuildSucceeded, QuotedDiagnostic, WatchedFolder, WatchedPaths
from wol.watch.supervisor import Supervisor

LOCKED = BuildFailed(
    (QuotedDiagnostic(diagnostic("build-locked", "Another build of this site is running: process 7")),), 0.1, WatchedPaths()
)

TORN = BuildFailed(
    (QuotedDiagnostic(diagnostic("source-changed", "`content/a.md` changed while the site was being read")),), 0.1, WatchedPaths()
)


def good(root: Path) -> BuildSucceeded:
    """Give the answer of a build that went well, with a folder to watch."""
    (root / "content").mkdir(exist_ok=True)
    return BuildSucceeded("/s", "", 1, 1, (), (), (), None, 0.1, WatchedPaths((WatchedFolder(str(root / "content"), "content"),)))


class Answers:
    """Gives prepared answers, and waits for ever after the last."""

    def __init__(self, answers: Sequence[BuildResult], during: Callable[[int], None]) -> None:
        self.answers = answers
        self.orders: list[Build] = []
        self.during = during

    async def build(self, order: Build) -> BuildResult:
        self.orders.append(order)
        self.during(len(self.orders))
        if len(self.orders) > len(self.answers):
            await asyncio.Event().wait()
        return self.answers[len(self.orders) - 1]


def run(root: Path, answers: Sequence[BuildResult], told: int, during: Callable[[int], None] = lambda _: None) -> tuple[Heard, Answers]:
    """Let the loop go on until so many answers were told. `during` is called in each build, with its number from 1."""
    heard, building = Heard(), Answers(answers, during)

    async def main() -> None:
        wakes = ChangeMonitor(root, heard.noticed)
        try:
            task = asyncio.create_task(
                follow(cast("Supervisor", building), wakes, heard, lambda: Build(str(root), clean=bool(building.orders)))
            )
            while len(heard.answers) < told:
                assert not task.done(), task.exception()
                await asyncio.sleep(0.005)
            task.cancel()
        finally:
            wakes.close()

    asyncio.run(main())
    return heard, building


def test_another_build_has_the_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That is no error: it is told once, and tried again until it is this one's turn."""
    monkeypatch.setattr(loop, "BUSY", 0.05)
    heard, building = run(tmp_path, [LOCKED, LOCKED, LOCKED, good(tmp_path)], 1)
    assert heard.notices == ["Another build of this site is running: process 7; waiting for its end."]
    assert [type(a) for a in heard.answers] == [BuildSucceeded]
    assert [order.clean for order in building.orders] == [False, True, True, True], "each order is made anew"


def test_a_build_between_two_writes(tmp_path: Path) -> None:
    """A file that is saved while it is read is read again; if that never ends, it is an error."""
    heard, _ = run(tmp_path, [TORN, TORN, good(tmp_path)], 1)
    assert [type(a) for a in heard.answers] == [BuildSucceeded]
    heard, building = run(tmp_path, [TORN] * (loop.TORN + 1), 1)
    assert [type(a) for a in heard.answers] == [BuildFailed]
    assert len(building.orders) == loop.TORN + 1


def test_what_changes_during_a_build(tmp_path: Path) -> None:
    """It is one reason for one more build, and that one is told of it; a defect is no end."""

    def during(number: int) -> None:
        for name in (str(number), *(("b", "a") if number == 3 else ())):
            (tmp_path / f"content/{name}.md").write_text("x")

    heard, _ = run(tmp_path, [good(tmp_path), good(tmp_path), good(tmp_path), BuildCrashed("oh")], 4, during)
    assert ("content/3.md", "content/a.md", "content/b.md") in heard.causes
    assert [type(a) for a in heard.answers] == [BuildSucceeded, BuildSucceeded, BuildSucceeded, BuildCrashed]
