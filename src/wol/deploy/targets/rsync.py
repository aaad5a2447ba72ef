"""A folder on another machine, by rsync over ssh: only what is new is sent, and readers get the new site by one switch of a link."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager

from wol.deploy.damage import of_release
from wol.deploy.plan import Live
from wol.deploy.remote import Remote
from wol.deploy.remote_layout import RemoteLayout, unfinished
from wol.deploy.target import Job, Kept, Place, Target
from wol.errors import WolError

OPTIONS = ("--checksum", "--whole-file", "--perms", "--chmod=D755,F644", "--files-from=-", "--from0")
"""Bytes decide, not times, and no file is patched: some versions of rsync fail to when `--copy-dest` has the old one. A web server can read all."""


class RsyncTarget(Target):
    """Releases side by side on a host, switched by a link."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._remote = Remote(place)
        self._layout = RemoteLayout(place, self._remote)

    def held(self) -> AbstractContextManager[None]:
        return self._layout.held()

    def live(self) -> Live:
        return self._layout.live()

    def publish(self, job: Job) -> None:
        new, before = job.release, job.live.release
        paths = [path.encode("utf-8", "surrogateescape") + b"\0" for path in sorted(job.contents.files)]
        same = [f"--copy-dest=../{before}"] if before else []  # never a link: who edits a live file would change what is kept
        job.progress("send", 0, len(paths))
        self._remote.rsync([*OPTIONS, *same], job.contents.folder, unfinished(new.id), b"".join(paths))
        job.progress("send", len(paths), len(paths))
        self._layout.renew()
        foreign = job.live.foreign.keys() - set(job.plan.overwritten) - new.files.keys()
        self._layout.copy(new.id, before, [*new.carried, *foreign])
        self._layout.finish(new, self.place.settings.keep)

    def tidy(self) -> None:
        self._layout.tidy(self.place.settings.keep)

    def releases(self) -> Sequence[Kept]:
        return self._layout.kept()

    def roll_back(self, identity: str) -> None:
        damaged = self._layout.damaged(identity)
        if damaged:
            raise WolError(of_release(self.place.name, identity, damaged))
        self._layout.switch(identity)
