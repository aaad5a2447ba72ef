"""A bucket of S3 or a look-alike (R2, B2, Spaces, Garage, Ceph): each file an object, written in an order that keeps every page whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import md5

from wol import media
from wol.deploy import lease
from wol.deploy.bucket import Bucket, ConflictError, NoConditionsError
from wol.deploy.deploy_target import PublishJob, TargetContext
from wol.deploy.in_place import LOCK, OWN, InPlaceTarget, Record
from wol.deploy.lease import Lease
from wol.errors import WolError

FOR_EVER = "public, max-age=31536000, immutable"
ASK = "no-cache"
"""What browsers and a CDN may keep: an asset whose name changes with its bytes for a year; of all else they ask whether it is still the same."""


class S3Target(InPlaceTarget):
    """A bucket, or what is below a prefix in it. The tag of an object is its ETag: the MD5 of its bytes, or whatever the host says."""

    def __init__(self, context: TargetContext) -> None:
        super().__init__(context)
        self._bucket = Bucket(context)
        self._lease = Lease.new()
        self._tag = ""

    @contextmanager
    def lock(self) -> Iterator[None]:
        try:
            self._take()
        except NoConditionsError:
            yield
            return
        try:
            yield
        finally:
            found = self._bucket.get(LOCK)
            if found is not None and found[1] == self._tag:
                self._bucket.delete([LOCK])

    def _take(self) -> None:
        """Write the lock object, if there is none, or none that counts."""
        only = ""
        for _ in range(2):
            try:
                self._tag = self._bucket.put(LOCK, self._lease.encode(), _headers(LOCK), only)
                return
            except ConflictError:
                found = self._bucket.get(LOCK)
            if found is not None:
                lease.refuse(self.context, lease.decode(found[0]))
            only = found[1] if found is not None else ""
        raise WolError(self.context.changed_meanwhile())

    def load(self, name: str) -> bytes | None:
        found = self._bucket.get(name)
        return found[0] if found is not None else None

    def save(self, name: str, data: bytes) -> None:
        self._bucket.put(name, data, _headers(name))

    def list_tags(self, done: Record, under_way: Record | None, wanted: Iterable[str]) -> Mapping[str, str]:
        found = {key: (tag, size) for key, tag, size in self._bucket.list() if key not in OWN}
        folders = {path[:at] for path in found for at, char in enumerate(path) if char == "/"}
        return {key: tag for key, (tag, size) in found.items() if size or key not in folders}  # consoles make empty objects for folders

    def tag(self, data: bytes, digest: str) -> str:
        return f'"{md5(data, usedforsecurity=False).hexdigest()}"'

    def send(self, paths: Sequence[str], job: PublishJob, sent: int) -> Mapping[str, str]:
        total, assets = len(job.plan.new), job.release.ages

        def done() -> None:
            nonlocal sent
            sent += 1
            job.progress("send", sent, total)
            self._renew()

        return self._bucket.put_all(((path, _headers(path, for_ever=path in assets)) for path in paths), job.contents.read, done)

    def drop(self, paths: Sequence[str]) -> None:
        if paths:
            self._bucket.delete(paths)

    def _renew(self) -> None:
        """Renew the lease of this deploy now and then; raises WolError if another has taken over."""
        if not self._tag or not self._lease.is_due:
            return
        self._lease = self._lease.again()
        try:
            self._tag = self._bucket.put(LOCK, self._lease.encode(), _headers(LOCK), self._tag)
        except ConflictError as error:
            raise WolError(self.context.changed_meanwhile()) from error


def _headers(path: str, *, for_ever: bool = False) -> dict[str, str]:
    if path in OWN:
        return {"Content-Type": "application/json", "Cache-Control": "no-store"}
    return {"Content-Type": media.media_type(path), "Cache-Control": FOR_EVER if for_ever else ASK}
