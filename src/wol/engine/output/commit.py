"""Committing a build: stage, journal, place, ownership and state, remove the journal.

A run killed before the journal is complete has changed nothing; one killed after it is completed by the next command, before anything
else. Files are moved, so each is old or new.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from wol import fsio
from wol.engine import cache_files
from wol.engine.output import ownership
from wol.engine.output.output_state import DONE, digest_of
from wol.engine.workspace import Folders
from wol.errors import WolError
from wol.write_errors import is_permanent, write_failed


class Staging(msgspec.Struct, frozen=True):
    """A staging folder; `whole` if nothing is in the output, so that the stage becomes the output by one rename."""

    folder: Path
    whole: bool

    def drop(self) -> None:
        """Remove what was staged."""
        fsio.remove_tree(self.folder)


def staging(place: Folders) -> Staging:
    """Choose the folder: among our caches, else beside the output, else in it. What a killed run left there is removed."""
    device = _device(place.output)
    beside = place.output.parent / f".{place.output.name}.wol-stage"
    folder = next((f for f in (place.state / "stage", beside) if _device(f) == device), place.output / ".wol-stage")
    fsio.clear(folder)
    return Staging(folder, whole=_is_vacant(place.output) and place.output not in folder.parents)


def _device(path: Path) -> int:
    while not path.exists():
        path = path.parent
    return path.stat().st_dev


def _is_vacant(output: Path) -> bool:
    if not os.path.lexists(output):
        return True
    return output.is_dir() and not output.is_symlink() and not os.path.ismount(output) and next(output.iterdir(), None) is None


MAGIC = b"wol journal 2\n"

NEXT_STATE = "state.next"
NEXT_OWNED = "owned.next"


class Journal(msgspec.Struct, frozen=True, array_like=True):
    """A commit that must be carried through: what goes where, and what goes away.

    `output` and `stage` are from the site's root where they lie in it, so that a site may be moved.
    """

    output: str
    stage: str
    whole: bool
    """The stage is the whole output, to be put in place by one rename if nothing is there."""
    places: tuple[tuple[str, str], ...]
    removals: tuple[str, ...]


def commit(folder: Path, journal: Journal, state: Iterable[bytes | memoryview], owned: bytes) -> None:
    """Carry out a commit; `folder` is the profile's state folder. The new state and list of owned files lie beside the old ones before the
    journal is complete. Raises WolError (write-failed); the next command goes on then.
    """
    try:
        fsio.write_pieces(folder / NEXT_STATE, state)
        fsio.replace(folder / NEXT_OWNED, owned)
        cache_files.save(folder / "journal", MAGIC, journal, sync=True)
        try:
            _carry_out(folder, journal)
            _mark_done(folder)
        except KeyboardInterrupt:  # half of it is done: it is sooner whole than explained
            _carry_out(folder, journal)
            raise
    except OSError as error:
        raise WolError(write_failed(error)) from error


def roll_forward(cache: Path, *, give_up: bool = False) -> Mapping[Path, OSError]:
    """Complete the commits that killed runs left open; one that no further attempt could complete is retired, or any that fails if `give_up`.

    Returns those that cannot be completed now, by state folder: their outputs are a mixture of old and new.
    """
    failed: dict[Path, OSError] = {}
    for folder in folders(cache):
        try:
            _recover(folder, give_up=give_up)
        except OSError as error:
            failed[folder] = error
    return failed


def _recover(folder: Path, *, give_up: bool) -> None:
    if not os.path.lexists(folder / "journal"):
        for name in (NEXT_STATE, NEXT_OWNED):
            with contextlib.suppress(OSError):  # it does no harm: a commit writes its own before its journal
                fsio.remove(folder / name)
        return
    journal = cache_files.load(folder / "journal", MAGIC, Journal)
    if journal is None or not _is_sound(journal):
        retire(folder)
        return
    try:
        refuse_links(folder.parents[2] / journal.output, (*(path for _, path in journal.places), *journal.removals))
        _carry_out(folder, journal)
    except OSError as error:
        if not (give_up or is_permanent(error)):
            raise
        retire(folder, journal)


def retire(folder: Path, journal: Journal | None = None) -> None:
    """Return up a commit that cannot be completed, so that the next build makes everything good.

    What the commit may have written stays on the list of owned files. A file that only the new list names is added if it has the
    bytes that wol wrote: anything else was put there by somebody else. The state is dropped, so the next build looks at every file.
    """
    root = folder.parents[2]
    for name in (NEXT_STATE, "state", DONE):
        fsio.clear(folder / name)
    if journal is not None and (stage := root / journal.stage).name.endswith("stage"):
        fsio.remove_tree(stage)
    old, new = ownership.read(folder / "owned"), ownership.read(folder / NEXT_OWNED)
    if new is not None:
        output = root / new.output
        before = dict(old.files) if old is not None else {}
        written = {path: found for path, found in new.files.items() if path in before or digest_of(f"{output}/{path}") == found}
        fsio.replace(folder / "owned", ownership.encode(ownership.Owned(new.output, before | written)))
    for name in ("journal", NEXT_OWNED, "stage"):
        fsio.clear(folder / name)


def refuse_links(output: Path, paths: Iterable[str]) -> None:
    """Raise OSError (ELOOP) if a path leads through a symbolic link in the output, which somebody else must have made."""
    top = str(output)
    checked = {top}
    for path in paths:
        folder = f"{top}/{path}".rpartition("/")[0]
        while folder not in checked:
            checked.add(folder)
            if os.path.islink(folder):
                raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), folder)
            folder = folder.rpartition("/")[0]


def _is_sound(journal: Journal) -> bool:
    """Whether all paths of a journal stay in the output and the stage: one that does not is none of wol's."""
    paths = (*(name for pair in journal.places for name in pair), *journal.removals)
    return not any(path[:1] in ("", "/") or "\0" in path or (".." in path and ".." in path.split("/")) for path in paths)


def folders(cache: Path) -> Sequence[Path]:
    """Return the state folders of all profiles and outputs."""
    try:
        return sorted(Path(entry.path) for entry in os.scandir(cache / "state"))
    except OSError:
        return ()


def is_open(folder: Path) -> bool:
    """Whether a commit of this profile is still to be completed."""
    return os.path.lexists(folder / "journal")


def _carry_out(folder: Path, journal: Journal) -> None:
    fsio.clear(folder / DONE)
    root = folder.parents[2]
    output, stage = root / journal.output, root / journal.stage
    if not (journal.whole and (not stage.exists() or fsio.place_folder(stage, output))):
        fsio.make_folder(output)
        first = _in_the_way(journal)
        for path in first:
            _remove(output, path)
        for staged, path in journal.places:
            try:
                _place(f"{stage}/{staged}", f"{output}/{path}")
            except FileNotFoundError:
                continue
        for path in journal.removals:
            if path not in first:
                _remove(output, path)
    for name, new in (("owned", NEXT_OWNED), ("state", NEXT_STATE)):
        if (folder / new).exists():
            fsio.place(str(folder / new), str(folder / name))
    fsio.remove(folder / "journal")
    fsio.remove_tree(stage)


def _mark_done(folder: Path) -> None:
    """Leave a file whose time is that of the commit: a file of the output that was changed later was changed by somebody else."""
    with contextlib.suppress(OSError):  # without it, every file of the output is hashed
        fsio.replace(folder / DONE, b"", sync=False)


def _place(staged: str, path: str) -> None:
    try:
        fsio.place(staged, path)
    except IsADirectoryError:
        fsio.remove_empty_below(path)  # an empty folder is in nobody's way
        fsio.place(staged, path)


def _in_the_way(journal: Journal) -> frozenset[str]:
    """Files to remove first: those that stand where a folder must be, or below a path that becomes a file."""
    if not journal.removals:
        return frozenset()
    new = {path for _, path in journal.places}
    above = {path[:i] for path in new for i, sign in enumerate(path) if sign == "/"}
    obstacles = set()
    for path in journal.removals:
        parents = (path[:i] for i, sign in enumerate(path) if sign == "/")
        if path in above or any(p in new for p in parents):
            obstacles.add(path)
    return frozenset(obstacles)


def _remove(output: Path, path: str) -> None:
    fsio.remove(output / path)
    fsio.remove_empty((output / path).parent, output)
