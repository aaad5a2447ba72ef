"""`wol clean`: what wol wrote goes away, and nothing else."""

from __future__ import annotations

from pathlib import Path

from wol import fsio
from wol.build import commit, owned
from wol.build.folders import CACHE
from wol.build.lock import locked


def clean(root: Path) -> tuple[str, ...]:
    """Remove every file that wol owns in any output, folders that are empty then, and `.wol/`; gives the files removed."""
    cache = root / CACHE
    if not cache.is_dir():
        return ()
    removed: list[str] = []
    with locked(cache):
        commit.roll_forward(cache)
        for folder in sorted((cache / "state").glob("*")):
            ours = owned.read(folder / "owned")
            if ours is None:
                continue
            output = root / ours.output
            for path in sorted(ours.files):
                if fsio.remove(output / path):
                    removed.append(f"{output}/{path}")
                fsio.remove_empty((output / path).parent, output)
            fsio.remove_empty(output, output.parent)
    fsio.remove_tree(cache)
    return tuple(removed)
