"""A branch that a host serves: GitHub and GitLab Pages, Codeberg, or a bare repository on a server of one's own.

What wol published is read from the branch itself: the files of its last commit with a line `Wol-Release`, but for those that the message
names as somebody else's. So no list has to lie among the published files.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from wol.deploy import programs
from wol.deploy.deploy_plan import EXPIRED, LiveState
from wol.deploy.deploy_target import DeployTarget, KeptRelease, PublishJob, TargetContext
from wol.deploy.release import is_id, worth_keeping
from wol.deploy.release_files import ReleaseFiles
from wol.deploy.repository import Commit, Repository
from wol.deploy.secrets import secret
from wol.errors import WolError

_TRAILER = re.compile(r"^Wol-(Release|Foreign|Asset|Carried): (.*)$", re.MULTILINE)
"""`Asset` has an asset and for how many releases it was carried on. `Carried` is what earlier versions wrote, who went by names alone."""


class PublishedCommit(msgspec.Struct, frozen=True):
    """What the message of a commit says of its release: which one, whose files are not ours, and how long each asset has been carried on."""

    commit: str
    release: str
    foreign: frozenset[str]
    ages: Mapping[str, int]


class GitTarget(DeployTarget):
    """Each release is a commit; a branch moves from one to the next in one step."""

    def __init__(self, context: TargetContext) -> None:
        super().__init__(context)
        settings = context.settings
        token = secret(context, "token") if settings.token else ""
        self._repository = Repository(context, context.records / "git", _remote(context), settings.branch, token)
        self._tip = ""
        self._tree: dict[str, str] = {}
        self._names: Mapping[str, str] = {}

    def extra_files(self) -> Mapping[str, bytes]:
        return {".nojekyll": b""} if self.context.settings.nojekyll else {}

    def file_ids(self, contents: ReleaseFiles) -> Mapping[str, str]:
        self._names = {path: _blob(contents.read(path)) for path in contents.files}
        return self._names

    def live(self) -> LiveState:
        self._tip = self._repository.fetch()
        self._tree = self._repository.tree(self._tip) if self._tip else {}
        last = next(iter(self._published()), None)
        if last is None and self._tip and self._repository.deepen():
            last = next(iter(self._published()), None)
        if last is None and "site.toml" in self._tree:
            message = f"the branch `{self.context.settings.branch}` holds the sources of a site"
            raise WolError(self.context.failed(message, "name another branch, which holds what is published and nothing else"))
        if last is None:
            return LiveState(foreign=self._tree)
        was = self._tree if last.commit == self._tip else self._repository.tree(last.commit)
        ours = {path: name for path in was if path not in last.foreign and (name := self._ours(path, was[path])) is not None}
        foreign = {path: name for path, name in self._tree.items() if path not in ours}
        ages = {path: age for path, age in last.ages.items() if path in ours}
        carried = {path: age for path, age in ages.items() if age}
        damaged = {path: "changed" for path in ages if ours[path] != was[path]}
        lost = {path: name for path, name in self._names.items() if was.get(path) == name and path not in {*last.foreign, *self._tree}}
        damaged |= dict.fromkeys(lost, "deleted")
        return LiveState(last.release, {**ours, **lost}, carried, foreign, frozenset(ages.keys() - carried.keys()), damaged)

    def _ours(self, path: str, was: str) -> str | None:
        """Name what is at the path of a file that wol published, if it is still wol's: what others changed is theirs, unless the site withdraws it."""
        now = self._tree.get(path)
        return now if now == was or path not in self._names else None

    def publish(self, job: PublishJob) -> None:
        plan, new = job.plan, {path: job.contents.read(path) for path in job.plan.new}
        foreign = job.live.foreign.keys() - set(plan.overwritten) - job.release.files.keys()
        told = [
            f"{len(paths)} {what}"
            for what, paths in (("added", plan.added), ("changed", plan.changed), ("removed", plan.removed), ("repaired", plan.repaired))
            if paths
        ]
        message = _message(
            f"Publish {job.release.id}", ", ".join(told) or "nothing but old assets removed", job.release.id, foreign, job.release.ages
        )
        self._carry_out(message, new, {}, [*plan.removed, *plan.dropped, *(set(plan.overwritten) - new.keys())])
        job.progress("send", len(new), len(new))

    def releases(self) -> Sequence[KeptRelease]:
        live = self.live()
        published = {one.release: one for one in reversed(self._published())}
        kept = worth_keeping(sorted(published, reverse=True), live.release, self.context.settings.keep)
        return [
            KeptRelease(
                name,
                sum(path not in published[name].foreign for path in self._repository.tree(published[name].commit)),
                name == live.release,
            )
            for name in sorted(kept, reverse=True)
        ]

    def roll_back(self, identity: str) -> None:
        live = self.live()
        (old, *_) = (one for one in self._published() if one.release == identity)
        tree = self._repository.tree(old.commit)
        files = {path: name for path, name in tree.items() if path not in old.foreign}
        names = {path: name for path, name in files.items() if live.files.get(path) != name}
        foreign = live.foreign.keys() - files.keys()
        message = _message(f"Go back to {identity}", f"From {live.release}.", identity, foreign, old.ages)
        self._carry_out(message, {}, names, live.files.keys() - files.keys())

    def _published(self) -> Sequence[PublishedCommit]:
        """Return what wol published, the newest first."""
        found = map(_read, self._repository.log(self._tip) if self._tip else ())
        return [one for one in found if one is not None]

    def _carry_out(self, message: str, new: Mapping[str, bytes], names: Mapping[str, str], gone: Sequence[str] | set[str]) -> None:
        """Make the commit and push it: until then nothing has changed there."""
        commit = self._repository.commit(self._tip, message, new, names, sorted(gone))
        self._repository.push(commit)
        self._tip = commit


def _remote(context: TargetContext) -> str:
    """Return the address of the repository: of a remote of the site's own, else as typed; a path begins at the site's folder."""
    typed = context.settings.repository
    if re.fullmatch(r"[\w.-]+", typed):
        try:
            ran = programs.run(["git", "remote", "get-url", typed], timeout=60, folder=context.root)
        except programs.AbsentError:
            raise WolError(context.failed("there is no program `git`", "install git")) from None
        if ran.code == 0:
            return ran.out.decode("utf-8", "surrogateescape").strip()
        if not (context.root / typed).is_dir():
            hint = f'name it in `[deploy.{context.name}]`: `repository = "https://example.org/me/site.git"`'
            raise WolError(context.failed(f"there is no remote `{typed}` in the repository of this site", hint))
    if urlsplit(typed).scheme or re.match(r"[\w.@-]+:", typed):
        return typed
    return str(Path(context.root, typed).expanduser().resolve())


def _blob(data: bytes) -> str:
    """Name bytes as git does."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def _message(first: str, words: str, release: str, foreign: set[str] | frozenset[str], ages: Mapping[str, int]) -> str:
    """Write the message of a commit, with what the next deploy must know of it."""
    lines = [f"Wol-Release: {release}"]
    lines += [f"Wol-Foreign: {json.dumps(path)}" for path in sorted(foreign)]
    lines += [f"Wol-Asset: {json.dumps([age, path])}" for path, age in sorted(ages.items())]
    return f"{first}\n\n{words}\n\n" + "\n".join(lines) + "\n"


def _read(commit: Commit) -> PublishedCommit | None:
    """Read the message of a commit; None if it is not one of ours."""
    release, foreign, ages = "", set(), {}
    for key, text in _TRAILER.findall(commit.message):
        try:
            if key == "Release":
                release = text
            elif key == "Foreign":
                foreign.add(str(json.loads(text)))
            else:
                age, path = json.loads(text)
                ages[str(path)] = int(age) if key == "Asset" else EXPIRED
        except (ValueError, TypeError):
            return None
    return PublishedCommit(commit.id, release, frozenset(foreign), ages) if is_id(release) else None
