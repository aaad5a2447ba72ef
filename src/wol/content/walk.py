"""Walking through the folders of the input: each file with its stamp and digest, and a finding for whatever cannot be read.

A file that is left out in silence would seem to be deleted, and its page would be withdrawn.
"""

from __future__ import annotations

import os
import re
import stat
from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Mapping
from operator import attrgetter
from pathlib import Path

import msgspec

from wol import digest, stamps
from wol.errors import Diagnostic, diagnostic
from wol.model.source import Source
from wol.stamps import Stamp

Skip = Callable[[str, str, bool], str | None]
"""Says of a name, its path and whether it is a folder why that is not read: empty where nobody needs to know, None where it is read."""

_LOCK = ".#"
"""The prefix of the links by which Emacs locks a file; they are always broken."""
HINTS = {
    "link": "restore what it links to, or remove the link",
    "special": "remove it, or put a file in its place",
}
_SORTS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
_name = attrgetter("name")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


class Scanner(msgspec.Struct):
    root: Path
    known: Mapping[str, Source]
    young: Container[str]
    excluded: frozenset[str]
    sources: dict[str, Source] = msgspec.field(default_factory=dict)
    diagnostics: list[Diagnostic] = msgspec.field(default_factory=list)
    left_out: dict[str, str] = msgspec.field(default_factory=dict)
    stamps: dict[int, list[tuple[str, Stamp]]] = msgspec.field(default_factory=lambda: defaultdict(list))

    def source(self, place: str, path: str, key: str, found: os.stat_result) -> Source | None:
        """Take one file: its known digest if the stamp is as it was and can be trusted, else that of its bytes."""
        old = self.known.get(path)
        stamp = stamps.of(found)
        if old is not None and old.has(stamp) and old.key == key and path not in self.young and _is_readable(place, found):
            source = old
        else:
            try:
                with open(place, "rb") as file:
                    digested, size = digest.of_file(file)
            except OSError as error:
                self.unreadable(path, f"`{path}` cannot be read: {error.strerror}")
                return None
            source = Source(path, key, size, stamp.mtime_ns, digested, stamp.changed_ns, stamp.inode)
        self.sources[path] = source
        self.stamps[found.st_dev].append((path, stamp))
        return source

    def unreadable(self, path: str, message: str, hint: str = "") -> None:
        """Note that something cannot be read. What it held must not seem to be deleted, so that is an error."""
        self.diagnostics.append(diagnostic("source-unreadable", message, path, hint=hint))

    def is_folder(self, top: Path, shown: str) -> bool:
        """Whether a folder to scan is there; it is an error if something is, and cannot be read as one."""
        try:
            if stat.S_ISDIR(os.stat(top).st_mode):
                return True
        except OSError as error:
            if isinstance(error, FileNotFoundError) and not os.path.lexists(top):
                return False
            self.unreadable(shown, f"The folder `{shown}` cannot be read: {reason(top, error)}", HINTS["link"] if top.is_symlink() else "")
        else:
            self.unreadable(shown, f"`{shown}` is not a folder", "rename it, or put a folder in its place")
        return False

    def walk(self, top: str, skip: Skip) -> Iterator[tuple[str, str, os.stat_result]]:
        """Give each file below a folder as (path on disk, path from the folder, stat), sorted; `skip` says why one is left out."""
        real_top = os.path.realpath(top)
        pending = [("", real_top, frozenset({real_top}))]
        while pending:
            folder, real_folder, above = pending.pop()
            try:
                entries = sorted(os.scandir(os.path.join(top, folder)), key=_name)
            except OSError as error:
                shown = self.shown(os.path.join(top, folder))
                self.unreadable(shown, f"The folder `{shown}` cannot be read: {error.strerror}")
                continue
            deeper = []
            for entry in entries:
                own = entry.name
                name = f"{folder}/{own}" if folder else own
                try:
                    found = entry.stat()
                except OSError as error:
                    self.without_stat(entry, name, error, skip)
                    continue
                is_folder = stat.S_ISDIR(found.st_mode)
                why = skip(own, name, is_folder)
                if why is not None:
                    if why:
                        self.left_out[name] = why
                    continue
                if entry.is_symlink():
                    real = os.path.realpath(entry.path)
                    if real != real_top and not real.startswith(real_top + os.sep):
                        shown = self.shown(entry.path)
                        self.diagnostics.append(
                            diagnostic("source-outside", f"`{shown}` is a link that leads out of its folder, to `{real}`", shown)
                        )
                        continue
                elif is_folder:
                    real = f"{real_folder}{os.sep}{own}"
                if is_folder:
                    if real not in self.excluded and real not in above:
                        deeper.append((name, real, above | {real}))
                elif stat.S_ISREG(found.st_mode):
                    if not (name.isascii() and name.isprintable()) and _CONTROL.search(name):
                        shown = self.shown(entry.path)
                        self.diagnostics.append(
                            diagnostic("url-invalid", f"The file name {name!r} has control characters or is not UTF-8", shown)
                        )
                        continue
                    yield entry.path, name, found
                else:
                    shown = self.shown(entry.path)
                    self.unreadable(shown, f"`{shown}` is {sort(found.st_mode)}, not a file", HINTS["special"])
            pending.extend(reversed(deeper))

    def without_stat(self, entry: os.DirEntry[str], name: str, error: OSError, skip: Skip) -> None:
        """Note what is in a folder and cannot be looked at, such as a link to a file that is not there, unless nobody would read it."""
        is_link = entry.is_symlink()
        if is_link and entry.name.startswith(_LOCK):
            return
        for is_folder in (False, True) if is_link else (False,):  # nobody knows what a broken link led to
            why = skip(entry.name, name, is_folder)
            if why is not None:
                if why:
                    self.left_out[name] = why
                return
        shown = self.shown(entry.path)
        self.unreadable(shown, f"`{shown}` cannot be read: {reason(entry.path, error)}", HINTS["link"] if is_link else "")

    def shown(self, place: str) -> str:
        """Give a path for a diagnostic: from the root, printable."""
        return printable(os.path.relpath(place, self.root).replace(os.sep, "/"))


def _is_readable(place: str, found: os.stat_result) -> bool:
    """Whether a file that is not opened could be: what was read by another user may be closed to this one."""
    return bool(found.st_mode & stat.S_IROTH) or os.access(place, os.R_OK)


def sort(mode: int) -> str:
    return _SORTS.get(stat.S_IFMT(mode), "something else")


def reason(place: str | Path, error: OSError) -> str:
    """Say why something cannot be looked at; of a link, where it leads."""
    if isinstance(error, FileNotFoundError | NotADirectoryError) and os.path.islink(place):
        target = os.readlink(place)
        return f"it is a link to `{printable(target)}`, which does not exist"
    return error.strerror or str(error)


def printable(path: str) -> str:
    """Make a path one that can be printed, whatever bytes it has."""
    return path.encode("utf-8", "replace").decode("utf-8")
