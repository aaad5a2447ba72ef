"""`wol clean`: what wol wrote goes away, and nothing else; or, where that is asked for, the other way round."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from wol import fsio
from wol.engine import opening
from wol.engine.opening import repair
from wol.engine.output import commit, ownership
from wol.engine.prepare import LoadFeatures, prepare
from wol.engine.request import BuildRequest
from wol.engine.workspace import CACHE, elsewhere, locked, not_a_folder
from wol.errors import WolError, diagnostic
from wol.write_errors import write_failed


class Cleaned(msgspec.Struct, frozen=True):
    """What was removed. `unlisted` names the builds whose list of owned files was lost, so that their output was left as it is."""

    removed: tuple[str, ...]
    unlisted: tuple[str, ...]
    was_there: bool


def clean(root: Path) -> Cleaned:
    """Remove every file that wol owns in any output, folders that are empty then, and its records.

    Whatever state the records are in, they are gone afterwards; raises WolError (build-locked, write-failed) if the system does not allow it.
    """
    removed: list[str] = []
    unlisted: list[str] = []
    was_there = False
    for cache in (elsewhere(root), root / CACHE):
        if cache is None or not os.path.lexists(cache):
            continue
        if not os.path.isdir(cache):
            raise WolError(not_a_folder(cache))
        was_there = True
        try:
            with locked(cache):
                unlisted += _unlisted(cache)
                repair(cache)
                for error in commit.roll_forward(cache, give_up=True).values():
                    raise error
                removed += _removed(cache)
            _forget(cache)
        except OSError as error:
            raise WolError(write_failed(error)) from error
    return Cleaned(tuple(removed), tuple(unlisted), was_there)


def _unlisted(cache: Path) -> Iterator[str]:
    """Name the builds that have written something, and of which no list can be read."""
    if os.path.lexists(cache / "state") and not os.path.isdir(cache / "state"):
        yield "release"
    for folder in commit.folders(cache):
        wrote = any(os.path.lexists(folder / name) for name in ("owned", "state")) or not os.path.isdir(folder)
        if wrote and ownership.read(folder / "owned") is None and ownership.read(folder / commit.NEXT_OWNED) is None:
            yield folder.name


def clean_foreign(root: Path, load_features: LoadFeatures) -> tuple[str, ...]:
    """Remove every file of the output of a release that wol did not write, and folders that are empty then; returns the files removed.

    Raises WolError (output-foreign) where wol has no list of what it wrote: then nothing tells one from the other.
    """
    opening.recover(root)
    setup = prepare(BuildRequest(root), load_features)
    output, removed = setup.place.output, []
    with opening.open_site(setup.place):
        ours = ownership.read(setup.place.state / "owned")
        if ours is None:
            message = f"wol has no list of the files that it wrote into `{setup.config.build.output}/`"
            raise WolError(diagnostic("output-foreign", message, hint="run `wol build --adopt` first, and look at what it names"))
        try:
            for path in sorted(ownership.foreign(output, ours.files)):
                if fsio.remove(output / path):
                    removed.append(f"{setup.config.build.output}/{path}")
                fsio.remove_empty((output / path).parent, output)
        except OSError as error:
            raise WolError(write_failed(error)) from error
    return tuple(removed)


def _removed(cache: Path) -> Iterator[str]:
    for folder in commit.folders(cache):
        ours = ownership.read(folder / "owned")
        if ours is None:
            continue
        output = cache.parent / ours.output
        for path in sorted(ours.files):
            if _is_behind_link(output, path):
                continue
            if fsio.remove(output / path):
                yield f"{output}/{path}"
            fsio.remove_empty((output / path).parent, output)
        fsio.remove_empty(output, output.parent)


def _is_behind_link(output: Path, path: str) -> bool:
    """Whether a link in the output, which somebody else made, leads from a path of ours to another file."""
    try:
        commit.refuse_links(output, (path,))
    except OSError:
        return True
    return False


def _forget(cache: Path) -> None:
    """Remove the records, but for the folder itself where it is a link that somebody made."""
    with os.scandir(cache) as found:
        entries = [Path(entry.path) for entry in found]
    for entry in entries:
        fsio.clear(entry)
    if not cache.is_symlink():
        fsio.clear(cache)
