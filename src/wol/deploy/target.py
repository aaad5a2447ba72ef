"""What a place to publish must be able to do. Plugins add kinds by deriving from `Target` (hook `wol_targets`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import msgspec

from wol.deploy.contents import Contents
from wol.deploy.plan import Live, Plan
from wol.deploy.release import Release, moment
from wol.errors import Diagnostic, diagnostic
from wol.model.config import Config, DeployConfig

Progress = Callable[[str, int, int], None]
"""Called with the name of the step, how many files are done, and how many there are."""


class Place(msgspec.Struct, frozen=True):
    """What a target is made of: its name and settings in `site.toml`, the site's folder and settings, and a folder of wol's own where a
    target may keep what it needs again.
    """

    name: str
    settings: DeployConfig
    root: Path
    config: Config
    records: Path

    def failed(self, message: str, hint: str = "", notes: Sequence[str] = ()) -> Diagnostic:
        """Say that something at the target did not go as it must."""
        return diagnostic("deploy-failed", f"The target `{self.name}`: {message}", hint=hint, notes=notes)

    def moved(self) -> Diagnostic:
        """Say that the target has changed twice while a release was made for it."""
        return self.failed("somebody else publishes there at this moment", "wait until they have done, then try again")


class Kept(msgspec.Struct, frozen=True):
    """A release that a target still has; `is_live` if it is the one that readers see."""

    id: str
    files: int
    is_live: bool

    @property
    def made(self) -> str:
        """When it was made, for people."""
        return moment(self.id)


class Job(msgspec.Struct, frozen=True):
    """One release to be published: what is in it, the plan it came of, what was at the target, and whom to tell how far it is."""

    release: Release
    contents: Contents
    plan: Plan
    live: Live
    progress: Progress


class MovedError(Exception):
    """The target is not any more what the plan was made for: somebody else has published. It must be looked at again."""


class Target:
    """A place to publish. Every method may raise WolError (deploy-failed); what it leaves behind then, the next run completes.

    `keeps` says whether it can go back to an earlier release.
    """

    keeps = True

    def __init__(self, place: Place) -> None:
        self.place = place

    def held(self) -> AbstractContextManager[None]:
        """Keep others from publishing there at the same time, where that can be done; raises WolError (deploy-locked)."""
        return nullcontext()

    def added(self) -> Mapping[str, bytes]:
        """Give files that this sort of target needs besides those of the site."""
        return {}

    def names(self, contents: Contents) -> Mapping[str, str]:
        """Give what each file of the site is known by at this target: SHA-256, unless it has a sort of its own."""
        return {path: piece.digest for path, piece in contents.files.items()}

    def live(self) -> Live:
        """Look at what is there now. Changes nothing."""
        raise NotImplementedError

    def publish(self, job: Job) -> None:
        """Make a release what readers see, all at once if the target can do that; raises MovedError if something else is there by now."""
        raise NotImplementedError

    def tidy(self) -> None:
        """Remove what a killed run left there; asked when there is nothing to publish."""

    def releases(self) -> Sequence[Kept]:
        """Give the releases that can be gone back to, and the present one, the newest first."""
        return ()

    def roll_back(self, identity: str) -> None:
        """Let readers see an earlier release; asked only for one that `releases` gave."""
        raise NotImplementedError
