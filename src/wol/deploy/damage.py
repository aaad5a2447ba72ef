"""What is at a target compared with the list of what wol published there: which files are no longer as they were left."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from wol import digest
from wol.errors import Diagnostic, diagnostic

FILE, FOLDER, LINK = "f", "d", "l"
"""Types of entries, in the letters of find(1)."""

SHOWN = 3
"""Damaged files that a sentence names."""


class EntryState(msgspec.Struct, frozen=True):
    """What is at a path: its type, its permissions, and the SHA-256 of a file (empty: it could not be read)."""

    type: str
    mode: int
    digest: str = ""


def damage(files: Mapping[str, str], entries: Mapping[str, EntryState]) -> dict[str, str]:
    """Return the published files that are not as they were left, each with what happened to it; `files` have their digests."""
    faults = {path: _what(path, name, entries) for path, name in files.items()}
    return {path: what for path, what in faults.items() if what}


def _what(path: str, name: str, entries: Mapping[str, EntryState]) -> str:
    above = ["", *(path[:at] for at, char in enumerate(path) if char == "/")]
    for folder in above:
        entry = entries.get(folder)
        if entry is None:
            return "deleted"
        if entry.type != FOLDER:
            return "replaced"
    entry = entries.get(path)
    if entry is None:
        return "deleted"
    if entry.type != FILE:
        return "replaced"
    if entry.digest != name:
        return "changed"
    closed = entry.mode & 0o444 != 0o444 or any(entries[folder].mode & 0o555 != 0o555 for folder in above)
    return "unreadable for a web server" if closed else ""


def foreign(files: Mapping[str, str], entries: Mapping[str, EntryState]) -> dict[str, str]:
    """Return the files of somebody else with their digests; a link in place of one of wol's folders is damage, and none of them."""
    folders = {path[:at] for path in files for at, char in enumerate(path) if char == "/"}
    return {
        path: entry.digest
        for path, entry in entries.items()
        if entry.type != FOLDER and path not in files and not (path in folders and entry.type == LINK)
    }


def entries_of(top: str) -> dict[str, EntryState]:
    """Inspect a folder on this machine, its own entry under the empty path, and read every file: sizes and times are not believed."""
    return dict(_entries(top))


def _entries(top: str) -> Iterator[tuple[str, EntryState]]:
    for folder, folders, names in os.walk(top):
        for name in (*([""] if folder == top else []), *folders, *names):
            location = os.path.join(folder, name) if name else top
            try:
                status = os.lstat(location)
            except OSError:
                continue
            path = os.path.relpath(location, top) if name else ""
            yield path, EntryState(_type(status.st_mode), stat.S_IMODE(status.st_mode), _digest(location, status.st_mode))


def _type(mode: int) -> str:
    for letter, has in ((FILE, stat.S_ISREG), (FOLDER, stat.S_ISDIR), (LINK, stat.S_ISLNK)):
        if has(mode):
            return letter
    return "?"


def _digest(location: str, mode: int) -> str:
    try:
        return digest.of_bytes(Path(location).read_bytes()) if stat.S_ISREG(mode) else ""
    except OSError:
        return ""


def listed(damaged: Mapping[str, str]) -> str:
    """Name damaged files for a sentence, each with what happened to it."""
    names = [f"`{path}` ({damaged[path]})" for path in sorted(damaged)[:SHOWN]]
    return ", ".join(names) + (f" and {len(damaged) - SHOWN:,} more" if len(damaged) > SHOWN else "")


def of_release(target: str, identity: str, damaged: Mapping[str, str]) -> Diagnostic:
    """Refuse to go back to a release that is no longer what was published."""
    return diagnostic("deploy-damaged", f"Release {identity} of `{target}` is not as it was published: {listed(damaged)}")
