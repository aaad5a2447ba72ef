"""Targets whose releases lie side by side in a folder on this machine; they differ in what makes one of them live."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from wol.deploy import damage
from wol.deploy.deploy_plan import LiveState
from wol.deploy.deploy_target import DeployTarget, KeptRelease, PublishJob, TargetContext
from wol.deploy.layout import Layout
from wol.errors import WolError
from wol.write_errors import reported


class SideBySideTarget(DeployTarget):
    """Fills a folder for each release, then lets it go live; what cannot be written is `write-failed`."""

    def __init__(self, context: TargetContext, folder: Path) -> None:
        super().__init__(context)
        self.layout = Layout(folder)

    def go_live(self, identity: str) -> None:
        """Let readers see a release that is whole; raises WolError or OSError."""
        self.layout.switch(identity)

    def lock(self) -> AbstractContextManager[None]:
        return self.layout.lock()

    def live(self) -> LiveState:
        return self.layout.live()

    def publish(self, job: PublishJob) -> None:
        with reported():
            self.layout.clean_up(self.context.settings.keep)
            self.layout.make(job)
            self.go_live(job.release.id)
            self.layout.clean_up(self.context.settings.keep)

    def clean_up(self) -> None:
        with reported():
            self.layout.clean_up(self.context.settings.keep)

    def releases(self) -> Sequence[KeptRelease]:
        return self.layout.kept()

    def roll_back(self, identity: str) -> None:
        damaged = self.layout.damaged(identity)
        if damaged:
            raise WolError(damage.of_release(self.context.name, identity, damaged))
        with reported():
            self.go_live(identity)
