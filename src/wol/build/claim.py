"""Ownership: which files of the output wol may write and remove. What somebody else put there is kept."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path

from wol.build import disk, owned
from wol.build.prepare import Setup
from wol.errors import Diagnostic, WolError, diagnostic
from wol.model.target import Target

SHOWN = 5
"""Foreign files that an error names."""


def claim(setup: Setup, targets: Sequence[Target]) -> Mapping[str, str]:
    """Give the files that wol owns, with their digests as written; raises WolError (output-foreign) if it would have to overwrite others.

    With `--adopt`, planned paths are taken over whoever wrote them, and nothing else.
    """
    output = setup.place.output
    found = owned.read(setup.place.state / "owned")
    files = found.files if found is not None else {}
    foreign: list[str] = []
    if output.is_dir() and not setup.request.adopt:
        if found is None:
            foreign = list(islice(disk.files(output), SHOWN + 1))
        else:
            foreign = [t.path for t in targets if t.path not in files and _stands(output, t.path, files)]
    if foreign:
        raise WolError(_foreign(setup, foreign))
    return files


def refuse_links(output: Path, touched: Iterable[str]) -> None:
    """Refuse to write or remove behind a symbolic link that somebody made in the output; raises WolError (output-dangerous)."""
    seen: set[str] = set()
    for path in touched:
        folder = path.rpartition("/")[0]
        while folder and folder not in seen:
            seen.add(folder)
            if os.path.islink(f"{output}/{folder}"):
                message = f"`{output}/{folder}` is a link, so wol would write or remove files elsewhere"
                raise WolError(diagnostic("output-dangerous", message, hint="remove the link; wol makes the folder itself"))
            folder = folder.rpartition("/")[0]


def _stands(output: Path, path: str, ours: Mapping[str, str]) -> bool:
    """Whether something that is not ours is at a path, or a file where one of its folders must be."""
    place = f"{output}/{path}"
    if os.path.lexists(place):
        return not os.path.isdir(place) or os.path.islink(place) or any(f"{path}/{f}" not in ours for f in disk.files(Path(place)))
    parent = path.rpartition("/")[0]
    while parent:
        if os.path.lexists(f"{output}/{parent}"):
            return not os.path.isdir(f"{output}/{parent}") and parent not in ours
        parent = parent.rpartition("/")[0]
    return False


def _foreign(setup: Setup, foreign: Sequence[str]) -> Diagnostic:
    names = ", ".join(f"`{f}`" for f in foreign[:SHOWN]) + (" and more" if len(foreign) > SHOWN else "")
    return diagnostic("output-foreign", f"`{setup.place.output}` holds files that wol did not write: {names}")
