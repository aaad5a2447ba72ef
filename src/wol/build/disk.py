"""What the output looks like now, held against how it was left."""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path

from wol import digest
from wol.build.state import Output

REPOSITORIES = frozenset({".git", ".hg", ".svn", ".jj", ".bzr"})
"""Names at the top of an output that is a working copy: what is there is never part of a site, and never left over."""


def damage(output: Path, outputs: Mapping[str, Output]) -> tuple[dict[str, str], dict[str, Output]]:
    """Look at each file that was written: which are `missing` or `tampered`, and which only have another time (their stat as it is now).

    A file of the same size and time is trusted; another is hashed.
    """
    bad: dict[str, str] = {}
    touched: dict[str, Output] = {}
    top = f"{output}{os.sep}"
    for path, was in outputs.items():
        try:
            found = os.lstat(top + path)
        except OSError:
            bad[path] = "missing"
            continue
        if found.st_mtime_ns == was.mtime_ns and found.st_size == was.size:
            continue
        if found.st_size == was.size and not os.path.islink(top + path) and digest_of(top + path) == was.digest:
            touched[path] = Output(was.size, found.st_mtime_ns, was.digest)
        else:
            bad[path] = "tampered"
    return bad, touched


def digest_of(place: str) -> str | None:
    """Digest a file, None if it cannot be read."""
    try:
        with open(place, "rb") as file:
            return digest.of_bytes(file.read())
    except OSError:
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
