"""What the output looks like now, held against how it was left."""

from __future__ import annotations

import os
import stat
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path

from wol import digest, stamps
from wol.engine.state import Output
from wol.stamps import Stamp

REPOSITORIES = frozenset({".git", ".hg", ".svn", ".jj", ".bzr"})
"""Names at the top of an output that is a working copy: what is there is never part of a site, and never left over."""


def damage(output: Path, outputs: Mapping[str, Output], left_ns: int = 0) -> tuple[dict[str, str], dict[str, Output]]:
    """Look at each file that was written: which are `missing` or `tampered`, and which only have another stamp (as they are now).

    A file is trusted if its stamp is as it was left and it was not changed since `left_ns`, when the commit was done by the clock of the file system; any other
    is hashed, and so is one so young that it may have been changed since.
    """
    bad: dict[str, str] = {}
    doubtful: list[tuple[str, Stamp]] = []
    top, stamp_of = f"{output}{os.sep}", stamps.of
    long_ago = left_ns - stamps.COARSEST_NS
    for path, was in outputs.items():
        try:
            found = os.lstat(top + path)
        except OSError:
            bad[path] = "missing"
            continue
        stamp = stamp_of(found)
        if (
            stamp.mtime_ns == was.mtime_ns
            and stamp.size == was.size
            and stamp.inode == was.inode
            and stamp.changed_ns < long_ago
            and stamp.mtime_ns < long_ago
        ):
            continue
        if stat.S_ISREG(found.st_mode):
            doubtful.append((path, stamp))
        else:
            bad[path] = "tampered"
    touched: dict[str, Output] = {}
    settled_ns = left_ns - stamps.granularity(stamp for _, stamp in doubtful)
    for path, stamp in doubtful:
        was = outputs[path]
        is_same = (stamp.size, stamp.mtime_ns, stamp.inode) == (was.size, was.mtime_ns, was.inode)
        if is_same and stamp.latest_ns < settled_ns:
            continue
        if stamp.size != was.size or digest_of(top + path) != was.digest:
            bad[path] = "tampered"
        elif not is_same or stamp.changed_ns > left_ns:
            touched[path] = Output(was.size, stamp.mtime_ns, was.digest, stamp.inode)
    return bad, touched


def digest_of(place: str) -> str | None:
    """Digest a file, None if it cannot be read."""
    try:
        if not os.path.isfile(place):  # to open a pipe would be to wait for a writer
            return None
        with open(place, "rb") as file:
            return digest.of_bytes(file.read())
    except (OSError, ValueError):
        return None


def files(output: Path) -> Iterable[str]:
    """Give every file and link below a folder, sorted, as paths with `/`."""
    for folder, folders, names in os.walk(output):
        folders.sort()
        relative = os.path.relpath(folder, output).replace(os.sep, "/")
        links = [f for f in folders if os.path.islink(os.path.join(folder, f))]
        for name in sorted([*names, *links]):
            yield name if relative == "." else f"{relative}/{name}"


def leftover(output: Path, ours: Container[str]) -> Iterator[str]:
    """Give every file of an output that is not among `ours`, but for those of a version control system."""
    return (path for path in files(output) if path not in ours and path.partition("/")[0] not in REPOSITORIES)
