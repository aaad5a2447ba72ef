"""Which files of an output wol wrote: a small text file of stable form, apart from the caches.

The second line names the output; then one line a file: the SHA-256 of its bytes, a tab, its path; then how many there are. Only what stands here is
ever removed, so a list that is cut short, or that leads out of the output, counts as none.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from wol import digest

HEADER = "# Files that wol wrote. It removes no other. Do not edit."


class Owned(msgspec.Struct, frozen=True):
    """An output (from the site's root where it lies in it), and the files in it that are ours, with the digests of their bytes."""

    output: str
    files: Mapping[str, str]


def encode(owned: Owned) -> bytes:
    """Make the file's bytes."""
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
        found, tab, path = line.partition("\t")
        if not tab or len(found) != 64 or path[:1] in ("", "/") or (".." in path and ".." in path.split("/")):
            return None
        files[path] = found
    return Owned(lines[1], files)


def _end(count: int) -> str:
    return f"# {count} files"
