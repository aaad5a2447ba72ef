"""Releases side by side in one folder, and a link that says which of them readers see.

    current -> releases/20261120T140503123Z-9c41d0aa52e1
    releases/20261120T140503123Z-9c41d0aa52e1/     the site, never changed any more
    lists/20261120T140503123Z-9c41d0aa52e1         which of its files wol published
    lock

A folder in `releases` is whole: it is filled under another name, and then renamed. The link is switched by a rename too, so a run that is killed
between any two steps leaves the old site or the new one. The list of a release that nobody has seen yet is called `.next`; if its run was killed, the
next one removes it, so that nobody goes back to what was never live.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from wol import clock, digest, fsio
from wol.deploy.plan import Live
from wol.deploy.release import Release, decode, encode, is_id, worth_keeping
from wol.deploy.target import Job, Kept
from wol.errors import WolError, diagnostic

RELEASES, LISTS, CURRENT = "releases", "lists", "current"
NEXT = ".next"


class Layout:
    """A folder of releases."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock; raises WolError (deploy-locked) if somebody else does."""
        lock = fsio.Lock(self.folder / "lock")
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
        """Give the folder of a release."""
        return self.folder / RELEASES / identity

    def release(self, identity: str) -> Release | None:
        """Give a release that is whole."""
        if not identity or not self.site(identity).is_dir():
            return None
        for name in (identity, identity + NEXT) if identity == self.current else (identity,):
            with contextlib.suppress(OSError):
                return decode((self.folder / LISTS / name).read_bytes())
        return None

    def ids(self) -> list[str]:
        """Name the releases that are whole, the oldest first."""
        return [name for name in _names(self.folder / RELEASES) if is_id(name) and self.release(name) is not None]

    def kept(self) -> Sequence[Kept]:
        """Give the releases that are whole, the newest first."""
        current, found = self.current, ((name, self.release(name)) for name in reversed(self.ids()))
        return [Kept(name, len(release.files), name == current) for name, release in found if release is not None]

    def live(self) -> Live:
        """Look at what readers see; files beside those of wol are somebody else's."""
        release = self.release(self.current)
        if release is None:
            return Live()
        top = self.site(release.id)
        there = {path: _known_by(f"{top}/{path}") for path in _files(top) if path not in release.files}
        return Live(release.id, release.files, release.carried, there)

    def make(self, job: Job) -> Path:
        """Fill a new release: files of the site, and from the present one assets that are carried on, and what somebody else put there.

        A file that the present release has with the same bytes is linked, so that a release takes little space.
        """
        new, old = job.release, f"{self.site(job.live.release)}" if job.live.release else ""
        if self.release(new.id) is not None:
            return self.site(new.id)
        unfinished = f"{self.site(new.id)}{fsio.UNFINISHED}"
        fsio.remove_tree(Path(unfinished))
        fsio.make_folder(Path(unfinished))
        for number, (path, name) in enumerate(sorted(new.files.items()), 1):
            is_same = old and job.live.files.get(path) == name and _known_by(f"{old}/{path}") == name
            if not (is_same and fsio.link(f"{old}/{path}", f"{unfinished}/{path}")):
                fsio.write(f"{unfinished}/{path}", job.contents.read(path) if path in job.contents.files else _bytes(f"{old}/{path}", name))
            job.progress("copy", number, len(new.files))
        for path in job.live.foreign.keys() - set(job.plan.overwritten) - new.files.keys():
            _copy(f"{old}/{path}", f"{unfinished}/{path}")
        fsio.replace(self.folder / LISTS / f"{new.id}{NEXT}", encode(new))
        fsio.place(unfinished, str(self.site(new.id)))
        return self.site(new.id)

    def switch(self, identity: str) -> None:
        """Let readers see a release; raises OSError."""
        fsio.point(self.folder / CURRENT, f"{RELEASES}/{identity}")
        self._settle(identity)

    def tidy(self, keep: int) -> None:
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
        """Give the list of a release that readers see its name."""
        if identity and (self.folder / LISTS / f"{identity}{NEXT}").exists():
            fsio.place(f"{self.folder / LISTS / identity}{NEXT}", f"{self.folder / LISTS / identity}")


def _names(folder: Path) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []


def _files(top: Path) -> Iterator[str]:
    for folder, folders, names in os.walk(top):
        links = [name for name in folders if os.path.islink(os.path.join(folder, name))]
        for name in (*names, *links):
            yield os.path.relpath(os.path.join(folder, name), top)


def _known_by(place: str) -> str:
    """Give the digest of a file; nothing for a link, or what cannot be read."""
    try:
        return "" if os.path.islink(place) else digest.of_bytes(Path(place).read_bytes())
    except OSError:
        return ""


def _bytes(place: str, name: str) -> bytes:
    """Give the bytes of a file that is carried on; raises OSError if they are not those that were published."""
    data = Path(place).read_bytes()
    if digest.of_bytes(data) != name:
        raise OSError(errno.EIO, "it is not what was published", place)
    return data


def _copy(source: str, place: str) -> None:
    """Take over what somebody else put into a release, files and links."""
    if fsio.link(source, place):
        return
    if os.path.islink(source):
        fsio.point(Path(place), os.readlink(source))
    else:
        fsio.write(place, Path(source).read_bytes())
