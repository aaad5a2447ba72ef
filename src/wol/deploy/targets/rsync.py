"""A folder on another machine, by rsync over ssh: only what is new is sent, and readers get the new site by one switch of a link."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager

from wol.deploy.damage import of_release
from wol.deploy.deploy_plan import LiveState
from wol.deploy.deploy_target import DeployTarget, KeptRelease, PublishJob, TargetContext
from wol.deploy.remote_layout import RemoteLayout, unfinished
from wol.deploy.ssh import SshHost
from wol.errors import WolError

OPTIONS = ("--checksum", "--whole-file", "--perms", "--chmod=D755,F644", "--files-from=-", "--from0")
"""Bytes decide, not times, and no file is patched: some versions of rsync fail to when `--copy-dest` has the old one. A web server can read all."""


class RsyncTarget(DeployTarget):
    """Releases side by side on a host, switched by a link."""

    def __init__(self, context: TargetContext) -> None:
        super().__init__(context)
        self._remote = SshHost(context)
        self._layout = RemoteLayout(context, self._remote)

    def lock(self) -> AbstractContextManager[None]:
        return self._layout.lock()

    def live(self) -> LiveState:
        return self._layout.live()

    def publish(self, job: PublishJob) -> None:
        new, before = job.release, job.live.release
        paths = [path.encode("utf-8", "surrogateescape") + b"\0" for path in sorted(job.contents.files)]
        same = [f"--copy-dest=../{before}"] if before else []  # never a link: who edits a live file would change what is kept
        job.progress("send", 0, len(paths))
        self._remote.rsync([*OPTIONS, *same], job.contents.folder, unfinished(new.id), b"".join(paths))
        job.progress("send", len(paths), len(paths))
        self._layout.renew()
        foreign = job.live.foreign.keys() - set(job.plan.overwritten) - new.files.keys()
        self._layout.copy(new.id, before, [*new.carried, *foreign])
        self._layout.finish(new, self.context.settings.keep)

    def clean_up(self) -> None:
        self._layout.clean_up(self.context.settings.keep)

    def releases(self) -> Sequence[KeptRelease]:
        return self._layout.kept()

    def roll_back(self, identity: str) -> None:
        damaged = self._layout.damaged(identity)
        if damaged:
            raise WolError(of_release(self.context.name, identity, damaged))
        self._layout.switch(identity)
