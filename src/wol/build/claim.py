"""Ownership: which files of the output wol may write and remove. What somebody else put there is kept."""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path

from wol.build import disk, owned
from wol.build.plan import Plan
from wol.build.prepare import Setup
from wol.build.state import Output
from wol.errors import Diagnostic, WolError, diagnostic

SHOWN = 5
"""Foreign files that an error names."""


def claim(setup: Setup, plan: Plan, outputs: Mapping[str, Output] | None) -> Mapping[str, str]:
    """Give the files that wol owns, with their digests as written; `outputs` are those of the last build, where the list is as that left it. Raises WolError (output-foreign) if it would have to overwrite others.

    With `--adopt`, planned paths are taken over whoever wrote them, and nothing else.
    """
    output = setup.place.output
    if outputs is not None:
        files: Mapping[str, str] = {path: left.digest for path, left in outputs.items()}
    else:
        found = owned.read(setup.place.state / "owned")
        files = found.files if found is not None else {}
        if found is None and output.is_dir() and not setup.request.adopt:
            foreign = list(islice(disk.files(output), SHOWN + 1))
            if foreign:
                raise WolError(_foreign(setup, foreign))
    foreign = []
    if output.is_dir() and not setup.request.adopt:
        foreign = [path for path in plan if path not in files and _stands(output, path, files)]
    if foreign:
        raise WolError(_foreign(setup, foreign))
    return files


def leftover(setup: Setup, planned: Container[str], ours: Container[str] = ()) -> tuple[Diagnostic, ...]:
    """Warn, where `--adopt` was asked for, of files that stay in the output though no part of the site: pages of an earlier build may be among them."""
    if not setup.request.adopt or setup.request.visibility.profile == "preview":
        return ()
    name = os.path.basename(setup.place.output)
    found = [path for path in disk.leftover(setup.place.output, planned) if path not in ours]
    return tuple(diagnostic("output-leftover", f"`{name}/{path}` is not part of the site", f"{name}/{path}") for path in found)


def refuse_folders(output: Path, touched: Iterable[str]) -> None:
    """Refuse, before anything is changed, to write or remove behind a symbolic link that somebody made in the output (output-dangerous), or
    where it is not allowed (write-failed); raises WolError.
    """
    if not output.is_dir():
        return
    top = str(output)
    seen: set[str] = set()
    for path in touched:
        folder = f"{top}/{path}".rpartition("/")[0]
        while folder not in seen:
            seen.add(folder)
            if folder != top and os.path.islink(folder):
                message = f"`{folder}` is a link, so wol would write or remove files elsewhere"
                raise WolError(diagnostic("output-dangerous", message, hint="remove the link; wol makes the folder itself"))
            if not os.access(folder, os.W_OK | os.X_OK) and os.path.isdir(folder):
                raise WolError(diagnostic("write-failed", f"In `{folder}` nothing may be written: Permission denied"))
            if folder == top:
                break
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
