"""Going back to a release that a target has kept, without building."""

from __future__ import annotations

from collections.abc import Sequence

from wol.deploy.deploy_target import DeployTarget, KeptRelease, TargetChangedError, TargetContext
from wol.deploy.release import content
from wol.errors import WolError, diagnostic


def roll_back(context: TargetContext, target: DeployTarget, wanted: str) -> tuple[KeptRelease, str]:
    """Let readers see the release before the present one, or the one whose name begins with `wanted`. Gives it, and what was live.

    Nothing is told to anybody again. Raises WolError: deploy-no-rollback, deploy-release.
    """
    if not target.keeps_releases:
        message = f"The target `{context.name}` (`{context.settings.type}`) keeps no files of earlier releases"
        raise WolError(diagnostic("deploy-no-rollback", message))
    for is_last in (False, True):
        releases = target.releases()
        live = next((kept.id for kept in releases if kept.is_live), "")
        release = named(context, releases, wanted) if wanted else before(context, releases, live)
        try:
            if not release.is_live:
                target.roll_back(release.id)
            return release, live
        except TargetChangedError as error:
            if is_last:
                raise WolError(context.changed_meanwhile()) from error
    raise AssertionError("the second time is the last")


def before(context: TargetContext, releases: Sequence[KeptRelease], live: str) -> KeptRelease:
    """Return the newest release that is older than the present one, and another."""
    older = [kept for kept in releases if kept.id < live and content(kept.id) != content(live)]
    if not older:
        raise WolError(diagnostic("deploy-release", f"The target `{context.name}` has no release that is older than the present one"))
    return older[0]


def named(context: TargetContext, releases: Sequence[KeptRelease], wanted: str) -> KeptRelease:
    """Return the release whose name begins, or ends, with a text."""
    matches = [kept for kept in releases if kept.id.startswith(wanted) or kept.id.endswith(wanted)]
    if len(matches) != 1:
        what = "Several releases" if matches else "No release"
        raise WolError(diagnostic("deploy-release", f"{what} of `{context.name}` {'are' if matches else 'is'} called `{wanted}`"))
    return matches[0]
