"""A deploy from start to end: inspect, plan, ask, publish, announce. What can be refused is refused before anything changes."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import msgspec

from wol import clock, fsio
from wol.config.load import load
from wol.deploy import announcements, refusals
from wol.deploy.deploy_plan import AGAIN, DeployPlan, LiveState, plan_deploy
from wol.deploy.deploy_target import DeployTarget, Progress, PublishJob, TargetChangedError, TargetContext
from wol.deploy.release import Release, decode, encode, release_id
from wol.deploy.release_build import ReleaseBuild, release_build
from wol.deploy.release_files import ReleaseFiles
from wol.deploy.targets import MakeTarget, target_of
from wol.engine.prepare import LoadFeatures
from wol.engine.workspace import records
from wol.errors import Diagnostic, WolError, diagnostic, did_you_mean
from wol.features.registry import tables
from wol.locks import Lock
from wol.model.config import Config

TargetsOf = Callable[[Config, Path], Mapping[str, MakeTarget]]
Findings = Callable[[], Sequence[Diagnostic]]


PUBLISHED = "published"
"""The list of what was published last, in a target's folder of wol's own."""


class DeployRequest(msgspec.Struct, frozen=True):
    """What is asked for: the site's folder, the target (empty: the only one there is), how many files may go, whether nothing is to change, and
    whether all files are to be sent again, whatever the target says of those that it has.
    """

    root: Path
    target: str = ""
    yes_delete: int = 0
    dry_run: bool = False
    resend: bool = False


class DeployResult(msgspec.Struct, frozen=True):
    """What a deploy did: the release (empty: there was nothing to do), seconds, and what went wrong afterwards, which undoes nothing."""

    release: str
    seconds: float
    diagnostics: tuple[Diagnostic, ...]


class Deployment:
    """A plan and the way to carry it out, while the locks are held; `warnings` are to be read before."""

    def __init__(
        self,
        request: DeployRequest,
        context: TargetContext,
        target: DeployTarget,
        built: ReleaseBuild,
        warnings: Sequence[Diagnostic],
    ) -> None:
        self.context = context
        self.warnings = warnings
        self.others = built.others
        self._request = request
        self._target = target
        self._contents = built.contents.with_added(target.extra_files())
        self._names = target.file_ids(self._contents)
        self._inspect()

    @property
    def contents(self) -> ReleaseFiles:
        """The files that are to be published."""
        return self._contents

    @property
    def is_from_elsewhere(self) -> bool:
        """Return whether what readers see was published from another folder or machine, after the last deploy from here."""
        last = _remembered(self.context.records)
        return last is not None and self.live.release > last.id

    def _inspect(self) -> None:
        """Inspect the target and decide; `refused` says why this plan is not carried out."""
        self.live: LiveState = self._target.live()
        if self._request.resend:
            again = dict.fromkeys(self._names.keys() & self.live.files.keys(), AGAIN)
            self.live = msgspec.structs.replace(self.live, damaged={**again, **self.live.damaged})
        self.plan: DeployPlan = plan_deploy(self._contents.files, self._names, self.live)
        self.refused = tuple(refusals.of_plan(self.plan, self.live, self._request.yes_delete))

    def publish(self, progress: Progress) -> DeployResult:
        """Carry the plan out, and what follows; if somebody else was quicker, once more with another plan. Raises WolError."""
        if self.refused:
            raise WolError(self.refused)
        started = clock.elapsed()
        feeds = {path: self._contents.files[path].digest for path in self._contents.feeds}
        changed = frozenset(self.plan.new)
        announcements.announce(self.context, feeds, changed)
        if self.plan.is_empty:
            self._target.clean_up()
        release = "" if self.plan.is_empty else self._publish(progress)
        self._remember(release or self.live.release)
        return DeployResult(release, clock.elapsed() - started, tuple(announcements.follow(self.context, feeds)))

    def _publish(self, progress: Progress) -> str:
        try:
            return self._once(progress)
        except TargetChangedError:
            self._inspect()
            if self.refused:
                raise WolError(self.refused) from None
            if self.plan.is_empty:
                return self.live.release
        try:
            return self._once(progress)
        except TargetChangedError as error:
            raise WolError(self.context.changed_meanwhile()) from error

    def _remember(self, release: str) -> None:
        """Keep a list of what was published last from here, for `last_published`; nothing that is published depends on it."""
        built = {path: piece.digest for path, piece in self._contents.built.items()}
        record = Release(release or release_id(built), built, assets=self._contents.assets & built.keys())
        with contextlib.suppress(OSError):
            fsio.replace(self.context.records / PUBLISHED, encode(record), sync=False)

    def _once(self, progress: Progress) -> str:
        carried = self.plan.carried
        files = {**self._names, **{path: self.live.files[path] for path in carried}}
        release = Release(release_id(self._names), files, carried, self._contents.assets & self._names.keys())
        self._target.publish(PublishJob(release, self._contents, self.plan, self.live, progress))
        return release.id


@contextmanager
def deploying(
    request: DeployRequest, load_features: LoadFeatures, of_plugins: TargetsOf, findings: Findings | None
) -> Iterator[Deployment]:
    """Return a deployment, under the locks; `findings` are those of the check, whose errors refuse it. Raises WolError with all that refuses it."""
    with ExitStack() as held:
        context, target = _target(request.root, request.target, of_plugins, held)
        built = release_build(request.root, load_features)
        problems = list(refusals.of_site(built.contents.files, built.config.site.base_url))
        wrong = [one for one in problems if one.severity == "error"]
        errors = [one for one in (findings() if findings is not None else ()) if one.severity == "error"]
        if errors:
            wrong += [
                *errors,
                diagnostic("deploy-check", f"`wol check` finds {len(errors):,} error{'s' * (len(errors) > 1)}: nothing was deployed"),
            ]
        if wrong:
            raise WolError(wrong)
        if not request.dry_run:
            held.enter_context(target.lock())
        yield Deployment(request, context, target, built, [one for one in problems if one.severity == "warning"])


@contextmanager
def at_target(root: Path, name: str, of_plugins: TargetsOf, *, hold: bool) -> Iterator[tuple[TargetContext, DeployTarget]]:
    """Return a target for what needs no build: to list its releases, or (`hold`) to go back to one. Raises WolError."""
    with ExitStack() as held:
        context, target = _target(root, name, of_plugins, held)
        if hold:
            held.enter_context(target.lock())
        yield context, target


def _target(root: Path, name: str, of_plugins: TargetsOf, held: ExitStack) -> tuple[TargetContext, DeployTarget]:
    """Find and make a target, with the lock of this machine for it."""
    config = load(root, tables())
    name = chosen(config, name)
    context = TargetContext(name, config.deploy[name], root, config, records(root) / "deploy" / name)
    target = target_of(context, lambda: of_plugins(config, root))
    lock = Lock(context.records / "here")
    holder = lock.acquire(f"since {clock.stamp()}")
    if holder is not None:
        raise WolError(diagnostic("deploy-locked", f"Another deploy of this site to `{name}` is under way, {holder}"))
    held.enter_context(lock)
    return context, target


def last_published(root: Path, config: Config) -> Collection[str] | None:
    """Name the files of the last deploy from this folder, to a public target if there is one, without fingerprinted assets; None if there was none."""
    candidates = []
    for name, settings in config.deploy.items():
        release = _remembered(records(root) / "deploy" / name)
        if release is not None:
            candidates.append((settings.public, release.id, release.files.keys() - release.assets))
    return max(candidates, key=lambda one: one[:2])[2] if candidates else None


def _remembered(folder: Path) -> Release | None:
    """Return what was published last from here; `folder` is that of a target."""
    try:
        return decode((folder / PUBLISHED).read_bytes())
    except OSError:
        return None


def chosen(config: Config, name: str) -> str:
    """Return the name of the target that is meant; raises WolError (deploy-target)."""
    names = list(config.deploy)
    if name in names:
        return name
    if name:
        hint = did_you_mean(name, names) or (f"targets are {', '.join(f'`{n}`' for n in names)}" if names else "")
        raise WolError(diagnostic("deploy-target", f"There is no target `{name}` in `site.toml`", "site.toml", hint=hint))
    if not names:
        raise WolError(diagnostic("deploy-target", "`site.toml` names no place to publish", "site.toml"))
    if len(names) > 1:
        hint = f"name one: `wol deploy {names[0]}`"
        raise WolError(
            diagnostic("deploy-target", f"There are {len(names)} targets: {', '.join(f'`{n}`' for n in names)}", "site.toml", hint=hint)
        )
    return names[0]
