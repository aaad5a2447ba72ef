"""Which files of an output are wol's: the list of those that it wrote, and what it may write and remove. What somebody else put there is kept.

The list is a small text file of stable form, apart from the caches. Its second line names the output; then one line a file: the SHA-256 of its bytes, a
tab, its path; then how many there are. Only what is listed is ever removed, so a list that is cut short, or that leads out of the output, counts as none.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

import msgspec

from wol import digest
from wol.errors import Diagnostic, WolError, diagnostic

HEADER = "# Files that wol wrote. It removes no other. Do not edit."

SHOWN = 5
"""Foreign files that an error names."""

REPOSITORIES = frozenset({".git", ".hg", ".svn", ".jj", ".bzr"})
"""Names at the top of an output that is a working copy: what is there is never part of a site, and never left over."""


class Owned(msgspec.Struct, frozen=True):
    """An output (from the site's root where it lies in it), and the files in it that are ours, with the digests of their bytes."""

    output: str
    files: Mapping[str, str]


def encode(owned: Owned) -> bytes:
    """Return the bytes of the list."""
    lines = [HEADER, owned.output, *(f"{owned.files[path]}\t{path}" for path in sorted(owned.files)), _end(len(owned.files))]
    return ("\n".join(lines) + "\n").encode("utf-8", "surrogateescape")


def identity(file: Path) -> str:
    """Digest the list without reading what it says; nothing where there is none."""
    try:
        return digest.of_bytes(file.read_bytes())
    except OSError:
        return ""


def read(file: Path) -> Owned | None:
    """Read the list; None where there is none or it is not ours."""
    try:
        if not file.is_file():
            return None
        lines = file.read_bytes().decode("utf-8", "surrogateescape").split("\n")
    except OSError:
        return None
    if len(lines) < 4 or lines[0] != HEADER or lines[-2:] != [_end(len(lines) - 4), ""]:
        return None
    files = {}
    for line in lines[2:-2]:
        sha, tab, path = line.partition("\t")
        if not tab or len(sha) != 64 or path[:1] in ("", "/") or (".." in path and ".." in path.split("/")):
            return None
        files[path] = sha
    return Owned(lines[1], files)


def owned_after(output: str, before: Mapping[str, str], written: Mapping[str, str], removed: tuple[str, ...]) -> bytes:
    """Return the bytes of the list as it is after a commit."""
    after = {**before, **written}
    for path in removed:
        after.pop(path, None)
    return encode(Owned(output, after))


def _end(count: int) -> str:
    return f"# {count} files"


def files_below(folder: Path) -> Iterable[str]:
    """Return every file and link below a folder, sorted, as paths with `/`."""
    for top, folders, names in os.walk(folder):
        folders.sort()
        relative = os.path.relpath(top, folder).replace(os.sep, "/")
        links = [f for f in folders if os.path.islink(os.path.join(top, f))]
        for name in sorted([*names, *links]):
            yield name if relative == "." else f"{relative}/{name}"


def foreign(output: Path, ours: Container[str]) -> Iterator[str]:
    """Return every file of an output that is not among `ours`, but for those of a version control system."""
    return (path for path in files_below(output) if path not in ours and path.partition("/")[0] not in REPOSITORIES)


def claim(output: Path, state: Path, planned: Iterable[str], known: Mapping[str, str] | None, *, adopt: bool) -> Mapping[str, str]:
    """Return the files that wol owns, with their digests as written; raises WolError (output-foreign) if it would have to overwrite others.

    `known` are those of the last build, where the list in the folder `state` is as that left it. With `adopt`, planned paths are taken over whoever wrote
    them, and nothing else.
    """
    files = known
    if files is None:
        listed = read(state / "owned")
        files = listed.files if listed is not None else {}
        if listed is None and output.is_dir() and not adopt:
            others = list(islice(files_below(output), SHOWN + 1))
            if others:
                raise WolError(_foreign(output, others))
    others = []
    if output.is_dir() and not adopt:
        others = [path for path in planned if path not in files and _is_taken(output, path, files)]
    if others:
        refuse_obstacles(output, others, ())
        raise WolError(_foreign(output, others))
    return files


def left_over(output: Path, ours: Container[str]) -> tuple[Diagnostic, ...]:
    """Warn of files that stay in the output though no part of the site: pages of an earlier build may be among them."""
    paths = (f"{output.name}/{path}" for path in foreign(output, ours))
    return tuple(diagnostic("output-leftover", f"`{path}` is not part of the site", path) for path in paths)


def refuse_obstacles(output: Path, written: Collection[str], removals: Collection[str]) -> None:
    """Refuse, before anything is changed, what no commit could carry out, even with `--adopt`; raises WolError.

    That is to write or remove behind a symbolic link that somebody made in the output (output-dangerous), where it is not allowed
    (write-failed), and where somebody's folder is in the place of a file, or the other way round (output-foreign).
    """
    if not output.is_dir():
        return
    top = str(output)
    checked: set[str] = set()
    going = frozenset(removals)
    for path in written:
        place = f"{top}/{path}"
        if os.path.isdir(place) and not os.path.islink(place):
            kept = list(islice((f for f in files_below(Path(place)) if f"{path}/{f}" not in going), SHOWN + 1))
            if kept:
                raise WolError(_in_the_way(output, place, f"a folder with files that wol did not write ({_named(kept)})", "file"))
    for path in (*written, *removals):
        folder = f"{top}/{path}".rpartition("/")[0]
        while folder not in checked:
            checked.add(folder)
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


def _is_taken(output: Path, path: str, ours: Mapping[str, str]) -> bool:
    """Whether something that is not ours is at a path, or a file where one of its folders must be."""
    place = f"{output}/{path}"
    if os.path.lexists(place):
        return not os.path.isdir(place) or os.path.islink(place) or any(f"{path}/{f}" not in ours for f in files_below(Path(place)))
    parent = path.rpartition("/")[0]
    while parent:
        if os.path.lexists(f"{output}/{parent}"):
            return not os.path.isdir(f"{output}/{parent}") and parent not in ours
        parent = parent.rpartition("/")[0]
    return False


def _foreign(output: Path, others: Sequence[str]) -> Diagnostic:
    return diagnostic("output-foreign", f"`{output}` holds files that wol did not write: {_named(others)}")


def _in_the_way(output: Path, place: str, what: str, needed: str) -> Diagnostic:
    spare = f"{output.parent}/{os.path.basename(place)}.kept"
    while os.path.lexists(spare):
        spare += "-too"
    hint = f"move it out of the way: `mv {shlex.quote(place)} {shlex.quote(spare)}`"
    return diagnostic("output-foreign", f"`{place}` is {what}, where the site has a {needed}", hint=hint)


def _named(others: Sequence[str]) -> str:
    return ", ".join(f"`{path}`" for path in others[:SHOWN]) + (" and more" if len(others) > SHOWN else "")
