"""Putting a build in its place: stage, journal, place, ownership and state, journal away.

A run killed before the journal is complete has changed nothing; one killed after it is completed by the next command, before anything
else. Files are moved, so each is old or new.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from wol import fsio, stamps
from wol.build import owned, sealed
from wol.errors import Diagnostic, WolError, diagnostic

MAGIC = b"wol journal 2\n"

NEXT_STATE = "state.next"
NEXT_OWNED = "owned.next"
DONE = "done"
"""An empty file that is written at the end of a commit."""


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
        sealed.save(folder / "journal", MAGIC, journal, sync=True)
        try:
            _carry_out(folder, journal)
            _mark_done(folder)
        except KeyboardInterrupt:  # half of it is done: it is sooner whole than explained
            _carry_out(folder, journal)
            raise
    except OSError as error:
        raise WolError(write_failed(error)) from error


def roll_forward(cache: Path) -> Mapping[Path, OSError]:
    """Complete the commits that killed runs left open. Gives those that cannot be completed now, by state folder: their outputs are mixed."""
    failed: dict[Path, OSError] = {}
    for folder in folders(cache):
        journal = sealed.load(folder / "journal", MAGIC, Journal)
        if journal is not None:
            try:
                _carry_out(folder, journal)
            except OSError as error:
                failed[folder] = error
        else:
            for name in ("journal", NEXT_STATE, NEXT_OWNED):
                if (folder / name).exists():
                    with contextlib.suppress(OSError):  # it does no harm: a commit writes its own before its journal
                        fsio.remove(folder / name)
    return failed


def folders(cache: Path) -> Sequence[Path]:
    """Give the state folders of all profiles and outputs."""
    try:
        return sorted(Path(entry.path) for entry in os.scandir(cache / "state"))
    except OSError:
        return ()


def is_open(folder: Path) -> bool:
    """Whether a commit of this profile is still to be completed."""
    return (folder / "journal").exists()


def _carry_out(folder: Path, journal: Journal) -> None:
    fsio.remove(folder / DONE)
    root = folder.parents[2]
    output, stage = root / journal.output, root / journal.stage
    if not (journal.whole and (not stage.exists() or fsio.place_folder(stage, output))):
        fsio.make_folder(output)
        first = _in_the_way(journal)
        for path in first:
            _remove(output, path)
        for staged, path in journal.places:
            source = f"{stage}/{staged}"
            try:
                fsio.place(source, f"{output}/{path}")
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


def done_ns(folder: Path) -> int:
    """Tell when the last commit was done, by the clock of the file system; 0 where that is unknown."""
    try:
        return stamps.of(os.stat(folder / DONE)).mtime_ns
    except OSError:
        return 0


def _in_the_way(journal: Journal) -> frozenset[str]:
    """Files to remove first: those that stand where a folder must be, or below a path that becomes a file."""
    if not journal.removals:
        return frozenset()
    new = {path for _, path in journal.places}
    above = {path[:i] for path in new for i, sign in enumerate(path) if sign == "/"}
    found = set()
    for path in journal.removals:
        parents = (path[:i] for i, sign in enumerate(path) if sign == "/")
        if path in above or any(p in new for p in parents):
            found.add(path)
    return frozenset(found)


def _remove(output: Path, path: str) -> None:
    fsio.remove(output / path)
    fsio.remove_empty((output / path).parent, output)


def owned_after(output: str, before: Mapping[str, str], written: Mapping[str, str], removed: tuple[str, ...]) -> bytes:
    """Encode the list of owned files as it is after a commit."""
    after = {**before, **written}
    for path in removed:
        after.pop(path, None)
    return owned.encode(owned.Owned(output, after))


def write_failed(error: OSError) -> Diagnostic:
    """Say which file could not be written, and why."""
    name = error.filename2 or error.filename
    place = f"`{name}`" if name else "A file"
    return diagnostic("write-failed", f"{place} could not be written: {error.strerror or error}")
