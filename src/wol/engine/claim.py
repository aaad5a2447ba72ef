"""Ownership: which files of the output wol may write and remove. What somebody else put there is kept."""

from __future__ import annotations

import os
import shlex
from collections.abc import Collection, Container, Mapping, Sequence
from itertools import islice
from pathlib import Path

from wol.engine import disk, owned
from wol.engine.plan import Plan
from wol.engine.prepare import Setup
from wol.engine.state import Output
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
        refuse_obstacles(output, foreign, ())
        raise WolError(_foreign(setup, foreign))
    return files


def leftover(setup: Setup, planned: Container[str], ours: Container[str] = ()) -> tuple[Diagnostic, ...]:
    """Warn, where `--adopt` was asked for, of files that stay in the output though no part of the site: pages of an earlier build may be among them."""
    if not setup.request.adopt or setup.request.visibility.profile == "preview":
        return ()
    name = os.path.basename(setup.place.output)
    found = [path for path in disk.leftover(setup.place.output, planned) if path not in ours]
    return tuple(diagnostic("output-leftover", f"`{name}/{path}` is not part of the site", f"{name}/{path}") for path in found)


def refuse_obstacles(output: Path, written: Collection[str], removals: Collection[str]) -> None:
    """Refuse, before anything is changed, what no commit could carry out, even with `--adopt`; raises WolError.

    That is to write or remove behind a symbolic link that somebody made in the output (output-dangerous), where it is not allowed
    (write-failed), and where somebody's folder is in the place of a file, or the other way round (output-foreign).
    """
    if not output.is_dir():
        return
    top = str(output)
    seen: set[str] = set()
    going = frozenset(removals)
    for path in written:
        place = f"{top}/{path}"
        if os.path.isdir(place) and not os.path.islink(place):
            kept = list(islice((f for f in disk.files(Path(place)) if f"{path}/{f}" not in going), SHOWN + 1))
            if kept:
                raise WolError(_in_the_way(output, place, f"a folder with files that wol did not write ({_named(kept)})", "file"))
    for path in (*written, *removals):
        folder = f"{top}/{path}".rpartition("/")[0]
        while folder not in seen:
            seen.add(folder)
            if folder != top and os.path.islink(folder):
                message = f"`{folder}` is a link, so wol would write or remove files elsewhere"
                hint = f"remove the link: `rm {shlex.quote(folder)}`; wol makes the folder itself"
                raise WolError(diagnostic("output-dangerous", message, hint=hint))
            if os.path.isdir(folder):
                if not os.access(folder, os.W_OK | os.X_OK):
                    message = f"In `{folder}` nothing may be written: Permission denied"
                    hint = f"give yourself write permission: `chmod u+rwx {shlex.quote(folder)}`"
                    raise WolError(diagnostic("write-failed", message, hint=hint))
            elif os.path.lexists(folder) and folder[len(top) + 1 :] not in going and path not in going:
                raise WolError(_in_the_way(output, folder, "not a folder", "folder"))
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
    return diagnostic("output-foreign", f"`{setup.place.output}` holds files that wol did not write: {_named(foreign)}")


def _in_the_way(output: Path, place: str, what: str, needed: str) -> Diagnostic:
    spare = f"{output.parent}/{os.path.basename(place)}.kept"
    while os.path.lexists(spare):
        spare += "-too"
    hint = f"move it out of the way: `mv {shlex.quote(place)} {shlex.quote(spare)}`"
    return diagnostic("output-foreign", f"`{place}` is {what}, where the site has a {needed}", hint=hint)


def _named(foreign: Sequence[str]) -> str:
    return ", ".join(f"`{f}`" for f in foreign[:SHOWN]) + (" and more" if len(foreign) > SHOWN else "")
