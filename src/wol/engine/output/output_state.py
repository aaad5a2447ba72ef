"""The output folder as it is now, compared with how the last build left it."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from wol import digest, stamps
from wol.engine.output import ownership
from wol.engine.state import Output, State
from wol.engine.workspace import Folders
from wol.stamps import Stamp

DONE = "done"
"""An empty file that is written at the end of a commit: a file of the output that was changed later was changed by somebody else."""


class OutputState:
    """The output before a build; it is looked at when it is first asked about, since that takes long."""

    def __init__(self, place: Folders, state: State, *, verify: bool = False) -> None:
        self._place = place
        self._state = state
        self._verify = verify

    @cached_property
    def _comparison(self) -> tuple[Mapping[str, str], Mapping[str, Output]]:
        return damage(self._place.output, self._state.outputs, self._left_ns)

    @property
    def damaged(self) -> Mapping[str, str]:
        """The files that are `missing` or `tampered`."""
        return self._comparison[0]

    @property
    def touched(self) -> Mapping[str, Output]:
        """The files whose time alone has changed, as they are now."""
        return self._comparison[1]

    @cached_property
    def _left_ns(self) -> int:
        """When the last commit was done; 0 where no stamp is to be trusted."""
        return 0 if self._verify else done_ns(self._place.state)

    @cached_property
    def is_ours(self) -> bool:
        """Whether the list of what wol owns is the one that the last build left."""
        return ownership.identity(self._place.state / "owned") == self._state.section("owned", str, "?")

    @property
    def is_as_left(self) -> bool:
        """Whether nothing at all has happened to it."""
        return self.is_ours and not self.damaged and not self.touched

    def digest(self, path: str) -> str:
        """Return the digest of one file, if it is good; looks at no other."""
        was = self._state.outputs.get(path)
        return was.digest if was is not None and not damage(self._place.output, {path: was}, self._left_ns)[0] else ""


def done_ns(folder: Path) -> int:
    """Return when the last commit was done, by the clock of the file system; 0 where that is unknown. `folder` is a profile's state folder."""
    try:
        return stamps.of(os.stat(folder / DONE)).mtime_ns
    except OSError:
        return 0


def damage(output: Path, outputs: Mapping[str, Output], left_ns: int = 0) -> tuple[dict[str, str], dict[str, Output]]:
    """Look at each file that was written: which are `missing` or `tampered`, and which only have a different stamp (as they are now).

    A file is trusted if its stamp is as it was left and it was not changed since `left_ns`, when the commit was done by the clock of the file system; any other
    is hashed, and so is one so young that it may have been changed since.
    """
    bad: dict[str, str] = {}
    doubtful: list[tuple[str, Stamp]] = []
    top, stamp_of = f"{output}{os.sep}", stamps.of
    long_ago = left_ns - stamps.COARSEST_NS
    for path, was in outputs.items():
        try:
            status = os.lstat(top + path)
        except OSError:
            bad[path] = "missing"
            continue
        stamp = stamp_of(status)
        if (
            stamp.mtime_ns == was.mtime_ns
            and stamp.size == was.size
            and stamp.inode == was.inode
            and stamp.changed_ns < long_ago
            and stamp.mtime_ns < long_ago
        ):
            continue
        if stat.S_ISREG(status.st_mode):
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
