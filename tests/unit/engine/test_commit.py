"""A commit is all or nothing for the next command, wherever it was cut short."""

from __future__ import annotations

from pathlib import Path

import pytest

from wol import fsio
from wol.engine import cache_files
from wol.engine.output import commit, ownership
from wol.engine.output.commit import MAGIC, Journal


def folder_of(root: Path) -> Path:
    folder = root / ".wol" / "state" / "release"
    folder.mkdir(parents=True)
    return folder


def journal(root: Path, places: dict[str, str], removals: tuple[str, ...] = (), *, whole: bool = False) -> Journal:
    """Stage files (path to text) and give the journal of putting them in place."""
    stage = root / ".wol" / "state" / "release" / "stage"
    pairs = []
    for number, (path, text) in enumerate(places.items()):
        name = path if whole else str(number)
        fsio.write(f"{stage}/{name}", text.encode())
        pairs.append((name, path))
    return Journal("public", ".wol/state/release/stage", whole, tuple(pairs), removals)


def carry_out(folder: Path, work: Journal) -> None:
    """Commit as a build does."""
    places = {path: "1" * 64 for _, path in work.places}
    commit.commit(
        folder, work, [b"st", b"ate"], ownership.owned_after("public", dict.fromkeys(work.removals, "0" * 64), places, work.removals)
    )


def tree(folder: Path) -> dict[str, str]:
    return {p.relative_to(folder).as_posix(): p.read_text() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_files_are_placed_and_removed(tmp_path: Path) -> None:
    """New files come, old ones go, empty folders go with them, foreign files stay."""
    folder = folder_of(tmp_path)
    public = tmp_path / "public"
    (public / "old").mkdir(parents=True)
    (public / "old/index.html").write_text("old")
    (public / "CNAME").write_text("theirs")
    carry_out(folder, journal(tmp_path, {"a/index.html": "A"}, ("old/index.html",)))
    assert tree(public) == {"CNAME": "theirs", "a/index.html": "A"}
    assert not (public / "old").exists()
    assert not (folder / "journal").exists()
    assert not (folder / "stage").exists()
    found = ownership.read(folder / "owned")
    assert found is not None
    assert set(found.files) == {"a/index.html"}
    assert (folder / "state").read_bytes() == b"state"
    assert {p.name for p in folder.iterdir()} == {"state", "owned", "done"}


def test_a_whole_output_is_one_rename(tmp_path: Path) -> None:
    """Where nothing was, the stage becomes the output."""
    folder = folder_of(tmp_path)
    carry_out(folder, journal(tmp_path, {"a/index.html": "A", "b.txt": "B"}, whole=True))
    assert tree(tmp_path / "public") == {"a/index.html": "A", "b.txt": "B"}


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("done", [0, 1, 2])
def test_a_killed_commit_is_carried_through(tmp_path: Path, done: int, whole: bool) -> None:
    """After a kill between any two steps the next command completes the commit."""
    folder = folder_of(tmp_path)
    work = journal(tmp_path, {"a/index.html": "A", "b/index.html": "B"}, whole=whole)
    cache_files.save(folder / "journal", MAGIC, work)
    for staged, path in work.places[:done]:
        fsio.place(f"{tmp_path}/{work.stage}/{staged}", f"{tmp_path}/public/{path}")
    commit.roll_forward(tmp_path / ".wol")
    assert tree(tmp_path / "public") == {"a/index.html": "A", "b/index.html": "B"}
    assert not commit.is_open(folder)


def test_a_torn_journal_changes_nothing(tmp_path: Path) -> None:
    """A journal that was not completely written counts as none."""
    folder = folder_of(tmp_path)
    data = cache_files.seal(MAGIC, journal(tmp_path, {"a/index.html": "A"}))
    (folder / "journal").write_bytes(data[:-3])
    commit.roll_forward(tmp_path / ".wol")
    assert not (tmp_path / "public").exists()
    assert not commit.is_open(folder)


@pytest.mark.parametrize(("old", "new"), [("a", "a/index.html"), ("a/b/index.html", "a/b"), ("a/index.html", "a")])
def test_a_file_becomes_a_folder_and_back(tmp_path: Path, old: str, new: str) -> None:
    """A file of ours that stands in the way of a folder goes first, and the other way round."""
    folder = folder_of(tmp_path)
    place = tmp_path / "public" / old
    place.parent.mkdir(parents=True)
    place.write_text("old")
    carry_out(folder, journal(tmp_path, {new: "new"}, (old,)))
    assert tree(tmp_path / "public") == {new: "new"}


def test_a_site_that_was_moved(tmp_path: Path) -> None:
    """An open commit is carried through where the site is now."""
    before = tmp_path / "before"
    folder = folder_of(before)
    cache_files.save(folder / "journal", MAGIC, journal(before, {"a.txt": "A"}))
    before.rename(tmp_path / "after")
    commit.roll_forward(tmp_path / "after" / ".wol")
    assert tree(tmp_path / "after" / "public") == {"a.txt": "A"}
