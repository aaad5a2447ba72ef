"""The protocol of deploy targets. Plugins add types by deriving from `DeployTarget` (hook `wol_targets`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import msgspec

from wol.deploy.deploy_plan import DeployPlan, LiveState
from wol.deploy.release import Release, moment
from wol.deploy.release_files import ReleaseFiles
from wol.errors import Diagnostic, WolError, diagnostic
from wol.model.config import Config, DeployConfig
from wol.model.plugin_errors import MIGRATION_HINT, OldClassError

Progress = Callable[[str, int, int], None]
"""Called with the name of the step, the number of files done, and their total."""

RENAMED: Mapping[str, str] = {
    "added": "extra_files",
    "held": "lock",
    "keeps": "keeps_releases",
    "names": "file_ids",
    "place": "context",
    "tidy": "clean_up",
}
"""What API 1 called the methods and attributes of a `DeployTarget`. Plugins cannot use the old names: wol would ignore them without a word."""


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

    def __init_subclass__(cls, **options: Any) -> None:
        """Refuse a type that defines what API 1 called by another name; raises OldClassError."""
        super().__init_subclass__(**options)
        renamed = [f"`{old}` is called `{new}` now" for old, new in RENAMED.items() if any(old in vars(base) for base in cls.__mro__)]
        if renamed:
            raise OldClassError(f"of the class `{cls.__name__}`, {', '.join(renamed)}")

    def __getattr__(self, name: str) -> Any:
        """Raise WolError (plugin-failed) for what API 1 called by another name."""
        if name in RENAMED:
            message = (
                f"The type of target `{type(self).__name__}` was written for API 1: `self.{name}` is called `self.{RENAMED[name]}` now"
            )
            raise WolError(diagnostic("plugin-failed", message, hint=MIGRATION_HINT))
        raise AttributeError(f"`{type(self).__name__}` has no attribute `{name}`", name=name, obj=self)

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
