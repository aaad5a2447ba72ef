"""Targets that cannot switch: files are replaced one by one, in an order in which every page that a reader can reach is whole.

    .wol/release    what wol has published there: each file with its SHA-256 and what the target itself tells of it (its tag)
    .wol/next       the same of a deploy that is under way, with the files that are to go; removed at its end

A run that was killed leaves `.wol/next`: so the next one knows which files are wol's, and which of them are new already.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

import msgspec

from wol.deploy.deploy_plan import EXPIRED, LiveState, stages
from wol.deploy.deploy_target import DeployTarget, PublishJob, TargetContext
from wol.deploy.release import is_inside
from wol.deploy.release_files import ReleaseFiles
from wol.errors import Diagnostic, diagnostic

DONE, NEXT, LOCK = ".wol/release", ".wol/next", ".wol/lock"
OWN = (DONE, NEXT, LOCK)


class PublishedFile(msgspec.Struct, frozen=True, array_like=True):
    """A published file: the SHA-256 of its bytes (empty: unknown), and its tag at the target."""

    digest: str
    tag: str


class Record(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was, or is being, published; `going` are files that a deploy under way is about to remove.

    `assets` says for how many releases each asset of a theme has been carried on. `carried` is what earlier versions wrote of it, who went by names
    alone.
    """

    release: str
    files: Mapping[str, PublishedFile]
    carried: Mapping[str, int] = {}
    going: Mapping[str, PublishedFile] = {}
    assets: Mapping[str, int] = {}

    @property
    def ages(self) -> dict[str, int]:
        """For how many releases each asset has been carried on."""
        return {**dict.fromkeys(self.carried, EXPIRED), **self.assets}


def encode(record: Record) -> bytes:
    """Make the bytes of a record: JSON, sorted, a line for each file."""
    return msgspec.json.format(msgspec.json.encode(record, order="deterministic"), indent=1)


def decode(data: bytes | None) -> Record | None:
    """Read a record; None if it is not one."""
    try:
        record = msgspec.json.decode(data or b"", type=Record)
    except msgspec.DecodeError:
        return None
    return record if all(map(is_inside, (*record.files, *record.going))) else None


def merged(done: Record, under_way: Record | None, there: Mapping[str, str], wanted: Container[str]) -> dict[str, PublishedFile]:
    """Return what is known of the files that are wol's: those of both records that are there. `there` has the tag of each file at the target.

    A file of a deploy that was killed is old or new by its tag; if it is neither, it is still wol's, and its digest is empty. So is a file that
    somebody changed there and that is not `wanted` any more, so that it can be withdrawn.
    """
    known = {}
    for path, tag in there.items():
        marks = [record.get(path) for record in ((done.files, under_way.files, under_way.going) if under_way else (done.files,))]
        same = [mark for mark in marks if mark is not None and mark.tag == tag]
        if same:
            known[path] = same[0]
        elif any(marks[1:]) or (path in done.files and path not in wanted):
            known[path] = PublishedFile("", tag)
    return known


class InPlaceTarget(DeployTarget):
    """The order of a deploy where files are replaced one by one. What reads and writes there is given by those that derive from it."""

    keeps_releases = False

    def __init__(self, context: TargetContext) -> None:
        super().__init__(context)
        self._contents: ReleaseFiles | None = None
        self._state: dict[str, PublishedFile] = {}
        self._open: Record | None = None
        self._live = LiveState()

    def load(self, name: str) -> bytes | None:
        """Read one of `OWN`; None if it is not there."""
        raise NotImplementedError

    def save(self, name: str, data: bytes) -> None:
        """Write one of `OWN`."""
        raise NotImplementedError

    def list_tags(self, done: Record, under_way: Record | None, wanted: Iterable[str]) -> Mapping[str, str]:
        """Return the files that are there with their tags, but for `OWN`; `wanted` are those of the site that is to be published."""
        raise NotImplementedError

    def tag(self, data: bytes, digest: str) -> str:
        """Return the tag that a file with these bytes is expected to have."""
        raise NotImplementedError

    def send(self, paths: Sequence[str], job: PublishJob, sent: int) -> Mapping[str, str]:
        """Write files, each whole or not at all; returns their tags. `sent` are those that were written before."""
        raise NotImplementedError

    def drop(self, paths: Sequence[str]) -> None:
        """Remove files; one that is not there is none to remove."""
        raise NotImplementedError

    def file_ids(self, contents: ReleaseFiles) -> Mapping[str, str]:
        self._contents = contents
        return super().file_ids(contents)

    def live(self) -> LiveState:
        data = self.load(DONE)
        done = decode(data) or Record("", {})
        self._open = decode(self.load(NEXT))
        wanted = self._contents.files if self._contents else {}
        there = self.list_tags(done, self._open, wanted)
        self._state = merged(done, self._open, there, wanted)
        ended = self._open if self._open is not None and self._state == self._open.files else done
        files = {path: mark.digest for path, mark in self._state.items()}
        ages = ended.ages if self._open is None or ended is self._open else {**self._open.ages, **done.ages}
        carried = {path: age for path, age in ages.items() if age and path in files}
        assets = frozenset(path for path, age in ages.items() if not age and path in files)
        foreign = {path: self._same(path, tag) for path, tag in there.items() if path not in files}
        damaged = {path: "changed" for path, name in files.items() if not name}
        lost = {path: mark.digest for path, mark in done.files.items() if path in wanted and path not in there and self._open is None}
        damaged |= dict.fromkeys(lost, "deleted")
        self._live = LiveState(ended.release, {**files, **lost}, carried, foreign, assets, damaged, tuple(self._unread(data)))
        return self._live

    def _unread(self, data: bytes | None) -> Iterator[Diagnostic]:
        """Warn of a record that is there and says nothing: files of an earlier deploy count as somebody else's then."""
        if data is not None and decode(data) is None:
            message = f"The record `{DONE}` at `{self.context.name}` is damaged: files there that the site does not have count as somebody else's, and stay"
            yield diagnostic("deploy-record", message)

    def publish(self, job: PublishJob) -> None:
        plan, read = job.plan, job.contents.read
        new = plan.new
        marks = {path: self._state[path] for path in job.release.files if path in self._state}
        marks |= {path: PublishedFile(job.release.files[path], self.tag(read(path), job.release.files[path])) for path in new}
        gone = [*plan.removed, *plan.dropped]
        record = Record(job.release.id, marks, going={path: self._state[path] for path in gone}, assets=job.release.ages)
        self.save(NEXT, encode(record))
        sent = 0
        for stage in stages(new, (*plan.added, *plan.repaired), job.contents.late):
            for path, tag in self.send(stage, job, sent).items():
                marks[path] = PublishedFile(marks[path].digest, tag)
            sent += len(stage)
        self.drop(gone)
        self.save(DONE, encode(Record(job.release.id, marks, assets=job.release.ages)))
        self.drop([NEXT])

    def clean_up(self) -> None:
        """Close what a killed run left open: all of its files are in place, or none."""
        if self._open is None:
            return
        ages = {**dict.fromkeys(self._live.assets, 0), **self._live.carried}
        self.save(DONE, encode(Record(self._live.release, self._state, assets=ages)))
        self.drop([NEXT])

    def _same(self, path: str, tag: str) -> str:
        """Return the digest of somebody else's file if it is the same as that of the site; else nothing is known of it."""
        if self._contents is None or path not in self._contents.files:
            return ""
        digest = self._contents.files[path].digest
        return digest if self.tag(self._contents.read(path), digest) == tag else ""
