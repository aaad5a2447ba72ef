"""`wol clean`: what wol wrote goes away, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from wol import fsio
from wol.build import commit, owned
from wol.build.lock import locked
from wol.build.records import CACHE, elsewhere
from wol.errors import WolError


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
