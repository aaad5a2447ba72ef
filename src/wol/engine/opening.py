"""Opening a site's records: under the lock, with no commit half done, and tidy. Whoever reads a state or an output begins here."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from wol import fsio
from wol.engine import commit, ownership
from wol.engine.folders import Folders
from wol.engine.lock import locked
from wol.engine.ownership import Owned
from wol.engine.records import CACHE, elsewhere, portable, records
from wol.engine.repair import repair
from wol.errors import WolError
from wol.write_errors import write_failed


@contextmanager
def opened(place: Folders, *, give_up: bool = False) -> Iterator[None]:
    """Hold a site for a build: open commits are carried through, what killed runs left is swept away.

    With `give_up` a commit that cannot be completed is retired. Raises WolError: build-locked, or write-failed if the commit that is open for
    this very output can be neither completed nor retired.
    """
    with locked(place.cache):
        failed = _settle(place.root, place.cache, give_up=give_up)
        if place.state in failed:
            raise WolError(write_failed(failed[place.state]))
        usual = place.root / CACHE
        if place.cache != usual and ownership.read(place.state / "owned") is None:
            _take_over(usual, place.cache, place.state.name)
        yield


@contextmanager
def looked_at(place: Folders) -> Iterator[Path]:
    """Give the page store for a command that only reads: a copy if a build has the site now, or if nothing can be written there."""
    with contextlib.ExitStack() as held:
        try:
            held.enter_context(locked(place.cache, patience=0))
        except WolError:
            store = held.enter_context(fsio.scratch(place.store))
        else:
            _settle(place.root, place.cache)
            store = place.store
        yield store


def settle(root: Path) -> None:
    """Complete what a killed build left open, before anything else is read; if a build has the site now, that is its business."""
    cache = records(root)
    if any(map(commit.is_open, commit.folders(cache))):
        with contextlib.suppress(WolError), locked(cache, patience=0):
            _settle(root, cache)


def _settle(root: Path, cache: Path, *, give_up: bool = False) -> Mapping[Path, OSError]:
    """Repair the records, complete commits, bring lists home and sweep; gives the commits that cannot be completed now."""
    with contextlib.suppress(OSError):  # whoever needs it says what is wrong
        repair(cache)
    failed = commit.roll_forward(cache, give_up=give_up)
    away = elsewhere(root)
    if away is not None and cache != away and os.path.isdir(away):
        commit.roll_forward(away)
        for folder in commit.folders(away):
            _take_over(away, cache, folder.name)
        fsio.remove_tree(away)
    with contextlib.suppress(OSError):  # what cannot be removed does no harm
        fsio.sweep(cache / "store")
        for folder in commit.folders(cache):
            fsio.sweep(folder, keep="stage" if folder in failed else "")
    return failed


def _take_over(one: Path, other: Path, name: str) -> None:
    """Copy a list of owned files from one folder of records to another, unless its output lies in the first itself."""
    found = ownership.read(one / "state" / name / "owned")
    output = one.parent / found.output if found is not None else one
    if found is not None and not output.is_relative_to(one):
        fsio.replace(other / "state" / name / "owned", ownership.encode(Owned(portable(other, output), found.files)))
