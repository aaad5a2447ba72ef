"""Netlify, through its HTTP API: the digests of all files first, then the bytes that it does not have; it switches by itself, in one step.

A deploy there is known by its title, `wol RELEASE, N files`. What the next one must know of it lies in it as files that cost nothing, as
their bytes are there already:

    .wol/asset/2/assets/style.0123abcd.css      an asset of a theme, and for how many releases it has been carried on (0: pages ask for it)
    .wol/foreign/ads.txt                        a file of somebody else
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha1

from wol.deploy.deploy_plan import EXPIRED, LiveState
from wol.deploy.deploy_target import DeployTarget, KeptRelease, PublishJob, TargetChangedError, TargetContext
from wol.deploy.netlify_api import Netlify, NetlifyDeploy
from wol.deploy.release import is_id, worth_keeping
from wol.deploy.release_files import ReleaseFiles
from wol.errors import WolError

OWN = ".wol/"
_TITLE = re.compile(r"wol (\S+), (\d+) files")
_MARK = re.compile(r"\.wol/(foreign|(?:asset|carried)/(\d+))/(.+)", re.DOTALL)
"""`carried` is what earlier versions wrote, who went by names alone."""
_IMPOSSIBLE = re.compile(r"[#?]")


class NetlifyTarget(DeployTarget):
    """Each release is a deploy there."""

    def __init__(self, context: TargetContext) -> None:
        super().__init__(context)
        self._seen = ""

    def file_ids(self, contents: ReleaseFiles) -> Mapping[str, str]:
        wrong = [path for path in sorted(contents.files) if _IMPOSSIBLE.search(path)]
        if wrong:
            raise WolError(self.context.failed(f"Netlify takes no file with `#` or `?` in its name: `{wrong[0]}`", "give it another name"))
        return {path: sha1(contents.read(path), usedforsecurity=False).hexdigest() for path in contents.files}

    def live(self) -> LiveState:
        with Netlify(self.context) as api:
            published = api.published()
            listed = {file.path.lstrip("/"): file.sha for file in api.files()} if published is not None else {}
        self._seen = published.id if published is not None else ""
        there = {path: name for path, name in listed.items() if not path.startswith(OWN)}
        release = _release(published)
        if not release:
            return LiveState(foreign=there)
        marks = [mark for mark in map(_MARK.fullmatch, listed) if mark is not None and mark[3] in there]
        others = {mark[3] for mark in marks if mark[1] == "foreign"}
        ages = {mark[3]: int(mark[2]) if mark[1].startswith("asset") else EXPIRED for mark in marks if mark[2] is not None}
        carried = {path: age for path, age in ages.items() if age}
        files = {path: name for path, name in there.items() if path not in others}
        foreign = {path: name for path, name in there.items() if path in others}
        return LiveState(release, files, carried, foreign, frozenset(ages.keys() - carried.keys()))

    def publish(self, job: PublishJob) -> None:
        sources = {job.release.files[path]: path for path in job.contents.files}
        foreign = {path: name for path, name in job.live.foreign.items() if path not in {*job.plan.overwritten, *job.release.files}}
        title = f"wol {job.release.id}, {len(job.release.files)} files"
        with Netlify(self.context) as api:
            published = api.published()
            if (published.id if published is not None else "") != self._seen:
                raise TargetChangedError
            deploy = api.create(title, _all(job, foreign, ()))
            lost = set(deploy.required or ()) - sources.keys()
            if lost:
                self._refuse_lost(foreign, lost)
                deploy = api.create(title, _all(job, foreign, lost))
            self._send(api, deploy, job, sources)
            api.until_live(api.until(deploy, ("ready",)))

    def _send(self, api: Netlify, deploy: NetlifyDeploy, job: PublishJob, sources: Mapping[str, str]) -> None:
        """Send what Netlify does not have; with the last file it completes the deploy."""
        required = dict.fromkeys(deploy.required or ())
        self._refuse_lost({name: name for name in required if name not in sources}, required)
        for done, name in enumerate(required, 1):
            api.upload(deploy, sources[name], job.contents.read(sources[name]))
            job.progress("send", done, len(required))

    def _refuse_lost(self, files: Mapping[str, str], lost: Iterable[str]) -> None:
        """Report that Netlify asks for something that wol has not: it is in the deploy that readers see, but its bytes are gone."""
        gone = sorted(path for path, name in files.items() if name in set(lost))
        if gone:
            message = f"Netlify lists `{gone[0]}`, which wol did not put there, but has its bytes no more"
            raise WolError(self.context.failed(message, "publish that file there again, or put it into `static/`"))

    def releases(self) -> Sequence[KeptRelease]:
        with Netlify(self.context) as api:
            published = api.published()
            deploys = self._ready(api, published)
        live = _release(published)
        kept = worth_keeping(sorted(deploys, reverse=True), live, self.context.settings.keep)
        return [KeptRelease(name, _count(deploys[name]), name == live) for name in sorted(kept, reverse=True)]

    def roll_back(self, identity: str) -> None:
        with Netlify(self.context) as api:
            old = self._ready(api, api.published())[identity]
            api.restore(old)
            api.until_live(old)

    def _ready(self, api: Netlify, published: NetlifyDeploy | None) -> dict[str, NetlifyDeploy]:
        """Return the deploys of wol that readers can see, by the names of their releases."""
        deploys = {_release(one): one for one in reversed(list(api.deploys())) if one.state == "ready"}
        if published is not None:
            deploys[_release(published)] = published
        deploys.pop("", None)
        return deploys


def _release(deploy: NetlifyDeploy | None) -> str:
    """Return the release that a deploy is; empty if it is not of wol."""
    found = _TITLE.fullmatch(deploy.title or "") if deploy is not None else None
    return found[1] if found is not None and is_id(found[1]) else ""


def _count(deploy: NetlifyDeploy) -> int:
    found = _TITLE.fullmatch(deploy.title or "")
    return int(found[2]) if found is not None else 0


def _all(job: PublishJob, foreign: Mapping[str, str], lost: Iterable[str]) -> dict[str, str]:
    """Return all files of a deploy, with the marks; of assets that are only carried on, those whose bytes are not lost."""
    gone = set(lost)
    ages = {path: age for path, age in job.release.ages.items() if not age or job.release.files[path] not in gone}
    files = {path: name for path, name in job.release.files.items() if path not in job.release.carried or path in ages}
    marks = {f"{OWN}foreign/{path}": name for path, name in foreign.items()}
    marks |= {f"{OWN}asset/{age}/{path}": files[path] for path, age in ages.items()}
    return {**files, **foreign, **marks}
