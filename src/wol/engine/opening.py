"""Opening a site's records: under the lock, repaired, with no commit half done, and tidy. Whoever reads a state or an output begins here."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from wol import fsio
from wol.engine.output import commit, ownership
from wol.engine.output.ownership import Owned
from wol.engine.workspace import CACHE, Folders, elsewhere, locked, portable, records
from wol.errors import WolError
from wol.write_errors import write_failed


@contextmanager
def open_site(place: Folders, *, give_up: bool = False) -> Iterator[None]:
    """Lock a site for a build: open commits are completed, and what killed runs left is removed.

    With `give_up` a commit that cannot be completed is retired. Raises WolError: build-locked, or write-failed if the commit that is open for
    this very output can be neither completed nor retired.
    """
    with locked(place.cache):
        failed = _recover(place.root, place.cache, give_up=give_up)
        if place.state in failed:
            raise WolError(write_failed(failed[place.state]))
        usual = place.root / CACHE
        if place.cache != usual and ownership.read(place.state / "owned") is None:
            _take_over(usual, place.cache, place.state.name)
        yield


@contextmanager
def open_for_reading(place: Folders) -> Iterator[Path]:
    """Return the page store for a command that only reads: a copy if a build has the site now, or if nothing can be written there."""
    with contextlib.ExitStack() as held:
        try:
            held.enter_context(locked(place.cache, patience=0))
        except WolError:
            store = held.enter_context(fsio.scratch(place.store))
        else:
            _recover(place.root, place.cache)
            store = place.store
        yield store


def recover(root: Path) -> None:
    """Complete what a killed build left open, before anything else is read; if a build has the site now, that is its business."""
    cache = records(root)
    if any(map(commit.is_open, commit.folders(cache))):
        with contextlib.suppress(WolError), locked(cache, patience=0):
            _recover(root, cache)


def _recover(root: Path, cache: Path, *, give_up: bool = False) -> Mapping[Path, OSError]:
    """Repair the records, complete commits, bring lists home and sweep; returns the commits that cannot be completed now."""
    with contextlib.suppress(OSError):  # whoever needs it says what is wrong
        repair(cache)
    failed = commit.roll_forward(cache, give_up=give_up)
    outside = elsewhere(root)
    if outside is not None and cache != outside and os.path.isdir(outside):
        commit.roll_forward(outside)
        for folder in commit.folders(outside):
            _take_over(outside, cache, folder.name)
        fsio.remove_tree(outside)
    with contextlib.suppress(OSError):  # what cannot be removed does no harm
        fsio.sweep(cache / "store")
        for folder in commit.folders(cache):
            fsio.sweep(folder, keep="stage" if folder in failed else "")
    return failed


def _take_over(one: Path, other: Path, name: str) -> None:
    """Copy a list of owned files from one folder of records to another, unless its output lies in the first itself."""
    owned = ownership.read(one / "state" / name / "owned")
    output = one.parent / owned.output if owned is not None else one
    if owned is not None and not output.is_relative_to(one):
        fsio.replace(other / "state" / name / "owned", ownership.encode(Owned(portable(other, output), owned.files)))


_FILES = ("journal", "state", "owned", "state.next", "owned.next")


def repair(cache: Path) -> None:
    """Remove files where folders must be, folders where files must be, and broken links; raises OSError if one cannot go.

    The list of owned files may be lost so; the next build finds that there is none, and says what to do.
    """
    _keep_file(cache / "config")
    for name in ("state", "store"):
        _keep_folder(cache / name)
    try:
        states = [Path(entry.path) for entry in os.scandir(cache / "state")]
    except OSError:
        return
    for folder in states:
        _keep_folder(folder)
        for name in _FILES:
            _keep_file(folder / name)
        if not os.path.isdir(folder / "stage") or os.path.islink(folder / "stage"):
            fsio.clear(folder / "stage")
    for name in ("preview", "snapshot", "check"):
        _keep_folder(cache / name)


def _keep_file(path: Path) -> None:
    if os.path.lexists(path) and not os.path.isfile(path):
        fsio.clear(path)


def _keep_folder(path: Path) -> None:
    if os.path.lexists(path) and not os.path.isdir(path):
        fsio.clear(path)
