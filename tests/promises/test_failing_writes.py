"""Whichever write fails, and at whichever a build is cut short: files are whole, the next command makes it good, and nothing is lost."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from harness.failing_writes import How, Killed, faults
from harness.site import CONFIG, Site, differences, tree
from wol.errors import WolError

FEW = CONFIG + "[features]\nfeeds = false\narchives = false\nsitemap = false\nrobots = false\n"
POST = "---\ntitle: {}\ndate: 2026-11-{:02}\ntags: [{}]\n---\n{}\n"
OLD: dict[str, str | bytes] = {f"content/posts/p{n}.md": POST.format(f"Number {n}", n + 1, "one", f"old {n}") for n in range(3)}
NEW: dict[str, str | bytes] = {
    "content/posts/p0.md": OLD["content/posts/p0.md"],
    "content/posts/p1.md": POST.format("Number 1", 2, "two", "new, and longer"),
    "content/posts/p4.md": POST.format("Number 4", 5, "one", "old 4"),
}


class Case:
    """A site before a build that will fail, as often as one likes, and what its output may hold then."""

    def __init__(self, folder: Path, *, first: bool) -> None:
        clean = Site(folder / "clean", NEW, FEW)
        clean.build(jobs=1)
        self.new: Mapping[str, bytes] = clean.files()
        self.before = Site(folder / "before", NEW if first else OLD, FEW)
        if not first:
            self.before.build(jobs=1)
            for path in OLD.keys() - NEW.keys():
                self.before.remove(path)
            for path, text in NEW.items():
                self.before.write(path, text)
        self.old: Mapping[str, bytes] = tree(self.before.output)
        self._to = folder / "now"

    def again(self) -> Site:
        """Give the site as it was."""
        return self.before.copy(self._to)

    def writes(self) -> tuple[int, int]:
        """Count what a build changes on the disk: before its journal, and in all."""
        with faults(1 << 30, "once") as found:
            self.again().build(jobs=1)
        return found.journal, found.done

    def try_at(self, at: int, how: How) -> None:
        """Let a build fail at one write and look at what it leaves, then at what the next build makes of it."""
        here = self.again()
        with faults(at, how), contextlib.suppress(Killed):
            assert here.codes(jobs=1) <= {"write-failed"}, at
        found = tree(here.output)
        torn = [p for p, data in found.items() if data not in (self.old.get(p), self.new.get(p))]
        lost = [p for p, data in self.old.items() if p not in found and p in self.new]
        assert not torn, (at, torn)
        assert not lost, (at, lost)
        if found not in (self.old, self.new):
            assert any((here.root / ".wol").rglob("journal")), f"{at}: an output is mixed, and nothing tells of it"
            here.write("content/posts/p9.md", "---\ntitle: [\n---\n")
            with contextlib.suppress(WolError):
                here.build(jobs=1)
            assert tree(here.output) == self.new, f"{at}: an open commit is completed by the next command, whatever else is wrong"
            here.remove("content/posts/p9.md")
        here.build(jobs=1)
        assert not (told := differences(self.new, here.files())), (at, told)
        left = [p for p in here.root.rglob("*") if p.name.endswith((".tmp", ".next", "journal")) or "stage" in p.name]
        assert not left, (at, left)


@pytest.fixture(scope="module", params=[True, False], ids=["first", "later"])
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Case:
    """A first build, and one that adds, changes and removes."""
    return Case(tmp_path_factory.mktemp("case"), first=request.param)


@pytest.mark.parametrize("how", ["once", "full", "kill"])
def test_some_writes(case: Case, how: How) -> None:
    """A broken disk, a full one and a kill at some of the writes of a build, most of these in its commit."""
    journal, total = case.writes()
    in_commit = range(journal + 1, total + 2, 5) if how == "kill" else (journal + 2, journal + 6, total - 3)
    for at in (3, journal - 2, *in_commit):
        case.try_at(at, how)


@pytest.mark.long
@pytest.mark.parametrize("how", ["once", "full", "kill"])
def test_every_write(case: Case, how: How) -> None:
    """The same at every write."""
    for at in range(1, case.writes()[1] + 2):
        case.try_at(at, how)


def test_ctrl_c_in_a_commit(case: Case) -> None:
    """A commit that Ctrl-C meets is carried through, so that the output is whole when the command ends."""
    journal, total = case.writes()
    for at in range(journal + 5, total - 3, 6):
        here = case.again()
        with faults(at, "ctrl-c"), pytest.raises(KeyboardInterrupt):
            here.build(jobs=1)
        assert tree(here.output) in (case.old, case.new), at
        assert here.build(jobs=1).written == 0, at


def test_the_harness(tmp_path: Path) -> None:
    """A fault that is asked for happens."""
    from wol import fsio

    with faults(3, "full"), pytest.raises(OSError, match="No space"):
        fsio.replace(tmp_path / "a", b"1234")
    assert list(tmp_path.iterdir()) == []
    with faults(4, "kill"), pytest.raises(Killed):
        fsio.replace(tmp_path / "a", b"1234")
    assert [p.read_bytes() for p in tmp_path.iterdir()] == [b"1234"]
