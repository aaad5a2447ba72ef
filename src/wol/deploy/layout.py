"""Releases side by side in one folder, and a link that says which of them readers see.

    current -> releases/20261120T140503123Z-9c41d0aa52e1
    releases/20261120T140503123Z-9c41d0aa52e1/     the site, never changed any more
    lists/20261120T140503123Z-9c41d0aa52e1         which of its files wol published
    lock

A release shares no file with another, so that what happens to one leaves the others as they were. A folder in `releases` is whole: it is filled under another name, and then renamed. The link is switched by a rename too, so a run that is killed
between any two steps leaves the old site or the new one. The list of a release that nobody has seen yet is called `.next`; if its run was killed, the
next one removes it, so that nobody goes back to what was never live.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from wol import clock, fsio
from wol.deploy import damage
from wol.deploy.deploy_plan import LiveState
from wol.deploy.deploy_target import KeptRelease, PublishJob
from wol.deploy.release import Release, decode, encode, is_id, worth_keeping
from wol.errors import Diagnostic, WolError, diagnostic
from wol.locks import Lock

RELEASES, LISTS, CURRENT = "releases", "lists", "current"
NEXT = ".next"


class Layout:
    """A folder of releases."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the lock; raises WolError (deploy-locked) if somebody else does."""
        fsio.make_public_folder(self.folder)
        lock = Lock(self.folder / "lock")
        holder = lock.acquire(f"process {os.getpid()} on {os.uname().nodename}, since {clock.stamp()}")
        if holder is not None:
            raise WolError(diagnostic("deploy-locked", f"Another deploy to `{self.folder}` is under way: {holder}"))
        with lock:
            yield

    @property
    def current(self) -> str:
        """Name the release that readers see; empty where there is none."""
        try:
            name = os.path.basename(os.readlink(self.folder / CURRENT))
        except OSError:
            return ""
        return name if is_id(name) else ""

    def site(self, identity: str) -> Path:
        """Return the folder of a release."""
        return self.folder / RELEASES / identity

    def release(self, identity: str) -> Release | None:
        """Return a release that is whole."""
        if not identity or not self.site(identity).is_dir():
            return None
        for name in (identity, identity + NEXT) if identity == self.current else (identity,):
            with contextlib.suppress(OSError):
                return decode((self.folder / LISTS / name).read_bytes())
        return None

    def ids(self) -> list[str]:
        """Name the releases that are whole, the oldest first."""
        return [name for name in _names(self.folder / RELEASES) if is_id(name) and self.release(name) is not None]

    def kept(self) -> Sequence[KeptRelease]:
        """Return the releases that are whole, the newest first."""
        current, releases = self.current, ((name, self.release(name)) for name in reversed(self.ids()))
        return [KeptRelease(name, len(release.files), name == current) for name, release in releases if release is not None]

    def live(self) -> LiveState:
        """Inspect what readers see, and read all of it; files beside those of wol are somebody else's."""
        release = self.release(self.current)
        if release is None:
            return LiveState(warnings=tuple(self._unlisted()))
        entries = damage.entries_of(f"{self.site(release.id)}")
        others = damage.foreign(release.files, entries)
        return LiveState(release.id, release.files, release.carried, others, release.assets, damage.damage(release.files, entries))

    def _unlisted(self) -> Iterator[Diagnostic]:
        """Warn of a live release without a list: it cannot be told which of its files are wol's, so nothing is taken over from it."""
        if self.current:
            where = f"`{self.folder / CURRENT}`"
            if not self.site(self.current).is_dir():
                yield diagnostic("deploy-record", f"{where} leads to a release that is not there any more; all files are published again")
            else:
                message = f"The list of the live release, `{self.folder / LISTS / self.current}`, is missing or damaged; all files are published again"
                yield diagnostic(
                    "deploy-record", message, notes=[f"What others put there is not taken over; it stays in `{self.site(self.current)}`."]
                )

    def damaged(self, identity: str) -> Mapping[str, str]:
        """Return the files of a release that are not as they were published."""
        release = self.release(identity)
        return damage.damage(release.files, damage.entries_of(f"{self.site(identity)}")) if release is not None else {}

    def make(self, job: PublishJob) -> Path:
        """Fill a new release: files of the site, and from the present one assets that are carried on, and what somebody else put there.

        All are copies: a link would let somebody who edits a file of the live release change those that are kept.
        """
        new, old = job.release, f"{self.site(job.live.release)}" if job.live.release else ""
        if self.release(new.id) is not None:
            return self.site(new.id)
        unfinished = Path(f"{self.site(new.id)}{fsio.UNFINISHED}")
        fsio.remove_tree(unfinished)
        fsio.make_public_folder(unfinished)
        fsio.make_readable(unfinished.parent)
        for number, path in enumerate(sorted(new.files), 1):
            if path in job.contents.files:
                fsio.publish(unfinished / path, job.contents.read(path))
            else:
                _copy(Path(old, path), unfinished / path)
            job.progress("copy", number, len(new.files))
        for path in job.live.foreign.keys() - set(job.plan.overwritten) - new.files.keys():
            _copy(Path(old, path), unfinished / path)
        fsio.replace(self.folder / LISTS / f"{new.id}{NEXT}", encode(new))
        fsio.place(str(unfinished), str(self.site(new.id)))
        return self.site(new.id)

    def switch(self, identity: str) -> None:
        """Let readers see a release; raises OSError."""
        fsio.point(self.folder / CURRENT, f"{RELEASES}/{identity}")
        self._settle(identity)

    def clean_up(self, keep: int) -> None:
        """Remove what killed or failed runs left, and the oldest releases but for `keep`; the one that readers see always stays."""
        current = self.current
        self._settle(current)
        unseen = [name.removesuffix(NEXT) for name in _names(self.folder / LISTS) if name.endswith(NEXT)]
        there = self.ids()
        old = [name for name in there if name not in worth_keeping(reversed(there), current, keep)]
        for name in filter(is_id, (*unseen, *old)):
            if self.site(name).is_dir():
                fsio.place(str(self.site(name)), f"{self.site(name)}{fsio.UNFINISHED}")
        for name in _names(self.folder / RELEASES):
            if name.endswith(fsio.UNFINISHED) and is_id(name.removesuffix(fsio.UNFINISHED)):
                fsio.remove_tree(self.folder / RELEASES / name)
        for name in _names(self.folder / LISTS):
            if name.endswith(fsio.UNFINISHED) or not self.site(name).is_dir():
                fsio.remove(self.folder / LISTS / name)
        for name in _names(self.folder):
            if name.startswith(f"{CURRENT}.") and name.endswith(fsio.UNFINISHED):
                fsio.remove(self.folder / name)

    def _settle(self, identity: str) -> None:
        """Return the list of a release that readers see its name."""
        if identity and (self.folder / LISTS / f"{identity}{NEXT}").exists():
            fsio.place(f"{self.folder / LISTS / identity}{NEXT}", f"{self.folder / LISTS / identity}")


def _names(folder: Path) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []


def _copy(source: Path, destination: Path) -> None:
    """Take over a file or link from the present release; one that is neither, such as a socket, gets a second name."""
    mode = os.lstat(source).st_mode
    if stat.S_ISREG(mode) or stat.S_ISLNK(mode):
        fsio.copy_public(source, destination)
    else:
        fsio.link(str(source), str(destination))
