"""Programs that save: whatever way they take, the page is made anew, and nothing of what they leave behind is published."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.site import Site, differences
from harness.watched import Watched

Save = Callable[[Path, str], None]


def in_place(file: Path, text: str) -> None:
    """Truncate and write, as VS Code and `echo >` do."""
    file.write_text(text)


def vim(file: Path, text: str) -> None:
    """vim with backupcopy=yes: a swap file, a try whether names can be made, a copy, the file itself."""
    (file.parent / f".{file.name}.swp").write_bytes(b"b0VIM")
    (file.parent / "4913").touch()
    (file.parent / "4913").unlink()
    shutil.copy2(file, f"{file}~")
    file.write_text(text)
    os.unlink(f"{file}~")
    (file.parent / f".{file.name}.swp").unlink()


def vim_renaming(file: Path, text: str) -> None:
    """vim with backupcopy=no."""
    file.rename(f"{file}~")
    file.write_text(text)
    os.unlink(f"{file}~")


def vim_with_backups_elsewhere(file: Path, text: str) -> None:
    """vim with backupcopy=no and a backupdir: the old file leaves the site."""
    file.rename(file.parents[3] / f"{file.name}~")
    file.write_text(text)


def emacs(file: Path, text: str) -> None:
    """Emacs: a lock that is a link to nothing, a file for itself, a backup."""
    lock, auto = file.parent / f".#{file.name}", file.parent / f"#{file.name}#"
    lock.symlink_to("me@host.1234:1700000000")
    auto.write_text(text)
    shutil.copy2(file, f"{file}~")
    file.write_text(text)
    auto.unlink()
    lock.unlink()


def jetbrains(file: Path, text: str) -> None:
    """JetBrains: safe write."""
    new, old = Path(f"{file}___jb_tmp___"), Path(f"{file}___jb_old___")
    new.write_text(text)
    file.rename(old)
    new.rename(file)
    old.unlink()


def sed(file: Path, text: str) -> None:
    """`sed -i`: a file of any name beside it takes its place."""
    beside = file.parent / "sedA1b2C3"
    beside.write_text(text)
    beside.replace(file)


def copied(file: Path, text: str) -> None:
    """`cp` over it."""
    other = file.parents[3] / "other.md"
    other.write_text(text)
    shutil.copy(other, file)


def moved(file: Path, text: str) -> None:
    """`mv` over it, from elsewhere."""
    other = file.parents[3] / "other.md"
    other.write_text(text)
    other.replace(file)


def rsync(file: Path, text: str) -> None:
    """rsync: a name with a dot first, the old time afterwards."""
    beside = file.parent / f".{file.name}.Xa81bc"
    beside.write_text(text)
    os.utime(beside, (1_600_000_000, 1_600_000_000))
    beside.replace(file)


def syncthing(file: Path, text: str) -> None:
    """Syncthing: a name of its own first, and a conflict beside it."""
    beside = file.parent / f".syncthing.{file.name}.tmp"
    beside.write_text(text)
    beside.replace(file)
    (file.parent / f"{file.stem}.sync-conflict-20261121-101112-ABCDEFG.md").write_text("conflict")


def removed_and_written(file: Path, text: str) -> None:
    """Removed, and written anew."""
    file.unlink()
    file.write_text(text)


@pytest.mark.parametrize(
    "save",
    [
        *(in_place, vim, vim_renaming, vim_with_backups_elsewhere, emacs, jetbrains, sed, copied, moved, rsync, syncthing),
        removed_and_written,
    ],
    ids=lambda save: save.__name__,
)
def test_a_save(here: Watched, save: Save) -> None:
    """The text is on the page soon, whoever saved it."""
    before = len(here.answers)
    save(here.root / "content/posts/a.md", f"---\ntitle: A\ndate: 2026-11-02\n---\nsaved by {save.__name__}\n")
    here.shows("2026/11/a/index.html", f"saved by {save.__name__}<")
    assert len(here.answers) - before <= 4
    assert ".md~" not in str(here.causes)


def test_nothing_is_left(here: Watched) -> None:
    """After all of them, the site is what a build from nothing makes of what is there."""
    here.good()
    clean = Site.at(here.root)
    clean.build(output=here.root.parent / "clean", at=None)
    other = Site.at(here.root.parent)
    assert not (told := differences(other.files("clean"), clean.files())), told
