"""`wol clean`: what wol wrote goes away, and nothing else; or, where that is asked for, the other way round."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from wol import fsio
from wol.build import commit, disk, opening, owned
from wol.build.lock import locked
from wol.build.prepare import LoadFeatures, prepare
from wol.build.records import CACHE, elsewhere
from wol.build.request import BuildRequest
from wol.errors import WolError, diagnostic


def clean(root: Path) -> tuple[str, ...]:
    """Remove every file that wol owns in any output, folders that are empty then, and its records; gives the files removed."""
    removed: list[str] = []
    for cache in (elsewhere(root), root / CACHE):
        if cache is not None and cache.is_dir():
            with locked(cache):
                try:
                    removed += _removed(cache)
                except OSError as error:
                    raise WolError(commit.write_failed(error)) from error
            fsio.remove_tree(cache)
    return tuple(removed)


def clean_foreign(root: Path, load_features: LoadFeatures) -> tuple[str, ...]:
    """Remove every file of the output of a release that wol did not write, and folders that are empty then; gives the files removed.

    Raises WolError (output-foreign) where wol has no list of what it wrote: then nothing tells one from the other.
    """
    opening.settle(root)
    setup = prepare(BuildRequest(root), load_features)
    output, removed = setup.place.output, []
    with opening.opened(setup.place):
        ours = owned.read(setup.place.state / "owned")
        if ours is None:
            message = f"wol has no list of the files that it wrote into `{setup.config.build.output}/`"
            raise WolError(diagnostic("output-foreign", message, hint="run `wol build --adopt` first, and look at what it names"))
        try:
            for path in sorted(disk.leftover(output, ours.files)):
                if fsio.remove(output / path):
                    removed.append(f"{setup.config.build.output}/{path}")
                fsio.remove_empty((output / path).parent, output)
        except OSError as error:
            raise WolError(commit.write_failed(error)) from error
    return tuple(removed)


def _removed(cache: Path) -> Iterator[str]:
    for error in commit.roll_forward(cache).values():
        raise error
    for folder in commit.folders(cache):
        ours = owned.read(folder / "owned")
        if ours is None:
            continue
        output = cache.parent / ours.output
        for path in sorted(ours.files):
            if fsio.remove(output / path):
                yield f"{output}/{path}"
            fsio.remove_empty((output / path).parent, output)
        fsio.remove_empty(output, output.parent)
