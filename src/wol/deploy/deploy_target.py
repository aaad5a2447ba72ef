"""The protocol of deploy targets. Plugins add types by deriving from `DeployTarget` (hook `wol_targets`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import msgspec

from wol.deploy.deploy_plan import DeployPlan, LiveState
from wol.deploy.release import Release, moment
from wol.deploy.release_files import ReleaseFiles
from wol.errors import Diagnostic, diagnostic
from wol.model.config import Config, DeployConfig

Progress = Callable[[str, int, int], None]
"""Called with the name of the step, the number of files done, and their total."""


class TargetContext(msgspec.Struct, frozen=True):
    """What a target is given: its name and settings in `site.toml`, the site's folder and settings, and `records`, a folder of wol's own
    in which it may keep what it needs again.
    """

    name: str
    settings: DeployConfig
    root: Path
    config: Config
    records: Path

    def failed(self, message: str, hint: str = "", notes: Sequence[str] = ()) -> Diagnostic:
        """Return the error that something at the target failed."""
        return diagnostic("deploy-failed", f"The target `{self.name}`: {message}", hint=hint, notes=notes)

    def changed_meanwhile(self) -> Diagnostic:
        """Return the error that the target changed twice while a release was made for it."""
        return self.failed("somebody else publishes there at this moment", "wait until they have done, then try again")


class KeptRelease(msgspec.Struct, frozen=True):
    """A release that the target keeps; `is_live` if it is the one that readers see."""

    id: str
    files: int
    is_live: bool

    @property
    def made(self) -> str:
        """When it was made, for people."""
        return moment(self.id)


class PublishJob(msgspec.Struct, frozen=True):
    """A release to publish: its files, the plan, the state of the target for which that was made, and the callback for progress."""

    release: Release
    contents: ReleaseFiles
    plan: DeployPlan
    live: LiveState
    progress: Progress


class TargetChangedError(Exception):
    """The target has changed since the plan was made: somebody else has published. It must be inspected again."""


class DeployTarget:
    """A place to publish. Every method may raise WolError (deploy-failed); the next run completes what it leaves unfinished.

    `keeps_releases` says whether it can roll back to an earlier release.
    """

    keeps_releases = True

    def __init__(self, context: TargetContext) -> None:
        self.context = context

    def lock(self) -> AbstractContextManager[None]:
        """Keep others from publishing there at the same time, if possible; raises WolError (deploy-locked)."""
        return nullcontext()

    def extra_files(self) -> Mapping[str, bytes]:
        """Return files that this type of target needs besides those of the site."""
        return {}

    def file_ids(self, contents: ReleaseFiles) -> Mapping[str, str]:
        """Return the id by which the target knows each file of the site: its SHA-256, unless the target has ids of its own."""
        return {path: piece.digest for path, piece in contents.files.items()}

    def live(self) -> LiveState:
        """Return the present state of the target; changes nothing."""
        raise NotImplementedError

    def publish(self, job: PublishJob) -> None:
        """Make a release live, in one step if the target can; raises TargetChangedError if it is no longer in the state of the job."""
        raise NotImplementedError

    def clean_up(self) -> None:
        """Remove what a killed run left there; called when there is nothing to publish."""

    def releases(self) -> Sequence[KeptRelease]:
        """Return the live release and those to which the target can roll back, the newest first."""
        return ()

    def roll_back(self, identity: str) -> None:
        """Make an earlier release live; called only with one that `releases` returned."""
        raise NotImplementedError
