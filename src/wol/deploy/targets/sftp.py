"""A folder of a host that gives nothing but SFTP: files are uploaded under another name and renamed, in an order that keeps every page whole.

There is no cheap way to compare files there, so the record of what was published is believed; folders in which the site has new files are listed.
After each batch the record tells what is there already, so that a run that was killed is not begun anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from wol import digest, fsio
from wol.deploy import lease
from wol.deploy.deploy_target import PublishJob, TargetContext
from wol.deploy.in_place import DONE, LOCK, NEXT, InPlaceTarget, PublishedFile, Record, encode
from wol.deploy.lease import Lease
from wol.deploy.programs import Ran
from wol.deploy.ssh import SshHost
from wol.errors import WolError

BATCH = 200
"""Files that are sent by one connection."""

_OWN = ".wol"
_NEW, _OLD = f"{_OWN}/up", f"{_OWN}/gone"
_ENTRY = re.compile(r"([-a-z])[-a-zA-Z.+]{9,}\s+\S+\s+\S+\s+\S+\s+\d+\s+\S+\s+\d+\s+\S+ (.+)")
_REFUSED = re.compile(r"Permission denied|No space left|Quota exceeded", re.IGNORECASE)


class SftpTarget(InPlaceTarget):
    """A folder by sftp(1). The tag of a file is the digest that the record has for it; `?` where a killed run may have changed it."""

    def __init__(self, context: TargetContext) -> None:
        super().__init__(context)
        self._remote = SshHost(context)
        self._local = context.records / "sftp"
        self._lease = Lease.new()
        self._record = Record("", {})
        self._under_way: bytes | None = None
        self._made: set[str] = set()

    @contextmanager
    def lock(self) -> Iterator[None]:
        note = f"{LOCK}-{digest.of_bytes(self._lease.encode())[:12]}"
        for _ in range(2):
            take = [f"-mkdir {self._there('')}", f"-mkdir {self._there(_OWN)}", self._put("note", note)]
            take += [f"-rename -l {self._there(note)} {self._there(LOCK)}", f"-rm {self._there(note)}"]
            (found,) = self._fetch([LOCK], take, {"note": self._lease.encode()})
            if found == self._lease.encode():
                break
            lease.refuse(self.context, lease.decode(found or b""))
            self.drop([LOCK])
        else:
            raise WolError(self.context.failed(f"`{LOCK}` cannot be written there", "see whether you may write in `path`"))
        try:
            yield
        finally:
            if self.load(LOCK) == self._lease.encode():
                self.drop([LOCK])
            fsio.remove_tree(self._local)

    def load(self, name: str) -> bytes | None:
        if name == DONE:  # both records by one connection
            done, self._under_way = self._fetch([DONE, NEXT])
            return done
        return self._under_way if name == NEXT else self._fetch([name])[0]

    def _fetch(self, names: Sequence[str], before: Sequence[str] = (), files: Mapping[str, bytes] = {}) -> list[bytes | None]:
        """Read files of wol's own there, after some commands; None for one that is not there."""
        local = {name: self._local / f"loaded-{number}" for number, name in enumerate(names)}
        for file in local.values():
            fsio.remove(file)
        self._do([*before, *(f"-get {self._there(name)} {_quoted(str(file))}" for name, file in local.items())], files)
        return [file.read_bytes() if file.exists() else None for file in local.values()]

    def save(self, name: str, data: bytes) -> None:
        self._do(self._replace("record", name), {"record": data})

    def list_tags(self, done: Record, under_way: Record | None, wanted: Iterable[str]) -> Mapping[str, str]:
        self._record = done
        ours = {*done.files, *(() if under_way is None else (*under_way.files, *under_way.going))}
        there = {path: _tag(path, done, under_way) for path in ours}
        for folder, names in self._listed({above for path in wanted if path not in ours for above in _folders(path)}):
            self._made.add(folder)
            for path in [path for path in ours if path.rpartition("/")[0] == folder and path.rpartition("/")[2] not in names]:
                there.pop(path)
            files = (f"{folder}/{name}".lstrip("/") for name, is_folder in names.items() if not is_folder)
            there |= {path: "" for path in files if path not in ours}
        return there

    def _listed(self, wanted: set[str]) -> Iterator[tuple[str, Mapping[str, bool]]]:
        """List the top folder, and those of `wanted` that are there: each with its names, and whether they are folders."""
        todo = [""]
        while todo:
            output = self._do([f"-ls -lan {self._there(folder)}" for folder in todo], {}).out.decode("utf-8", "surrogateescape")
            parts = re.split(r"^sftp> .*\n", output, flags=re.MULTILINE)[1:]
            level, todo = todo, []
            for folder, part in zip(level, parts, strict=True):
                matches = (match for match in map(_ENTRY.fullmatch, part.splitlines()) if match)
                names = {match[2].rpartition("/")[2]: match[1] == "d" for match in matches}
                yield folder, {name: is_folder for name, is_folder in names.items() if name not in (".", "..")}
                below = (f"{folder}/{name}".lstrip("/") for name, is_folder in names.items() if is_folder)
                todo += [path for path in below if path in wanted]

    def tag(self, data: bytes, digest: str) -> str:
        return digest

    def send(self, paths: Sequence[str], job: PublishJob, sent: int) -> Mapping[str, str]:
        total = len(job.plan.new)
        tags = {path: job.release.files[path] for path in paths}
        for at in range(0, len(paths), BATCH):
            batch = paths[at : at + BATCH]
            folders = sorted({above for path in batch for above in _folders(path)} - self._made)
            self._made.update(folders)
            commands = [f"-mkdir {self._there(folder)}" for folder in folders]
            for number, path in enumerate(batch):
                commands += self._replace(str(number), path)
            now = {**self._record.files, **{path: PublishedFile(tags[path], tags[path]) for path in batch}}
            self._record = Record(self._record.release, now, assets=self._record.ages)
            data = {str(number): job.contents.read(path) for number, path in enumerate(batch)}
            self._do([*commands, *self._replace("record", DONE)], {**data, "record": encode(self._record)})
            job.progress("send", sent + at + len(batch), total)
            self._renew()
        return tags

    def drop(self, paths: Sequence[str]) -> None:
        commands = []
        for path in paths:  # `rm` would take signs in names for patterns
            commands += [f"-rename {self._there(path)} {self._there(_OLD)}", f"-rm {self._there(_OLD)}"]
        folders = {above for path in paths for above in _folders(path) if above and above != _OWN}
        commands += [f"-rmdir {self._there(folder)}" for folder in sorted(folders, key=len, reverse=True)]
        self._made -= folders
        if commands:
            self._do(commands, {})

    def clean_up(self) -> None:
        super().clean_up()
        self._do([f"-rm {self._there(_NEW)}"], {})

    def _renew(self) -> None:
        """Renew the lease of this deploy; raises WolError if another has taken over."""
        if not self._lease.is_due:
            return
        if self.load(LOCK) != self._lease.encode():
            raise WolError(self.context.changed_meanwhile())
        self._lease = self._lease.again()
        self.save(LOCK, self._lease.encode())

    def _replace(self, local: str, path: str) -> list[str]:
        """Upload a file so that readers see the old or the new one."""
        return [self._put(local, _NEW), f"chmod 644 {self._there(_NEW)}", f"rename {self._there(_NEW)} {self._there(path)}"]

    def _put(self, local: str, path: str) -> str:
        return f"put {_quoted(str(self._local / local))} {self._there(path)}"

    def _there(self, path: str) -> str:
        return _quoted(f"{self._remote.path}/{path}".rstrip("/") or "/")

    def _do(self, commands: Sequence[str], files: Mapping[str, bytes]) -> Ran:
        """Carry commands out, with files that they upload; raises WolError, also if one that may fail is refused."""
        fsio.make_folder(self._local)
        for name, data in files.items():
            fsio.write(str(self._local / name), data)
        ran = self._remote.sftp(commands)
        for name in files:
            fsio.remove(self._local / name)
        if _REFUSED.search(ran.words):
            raise WolError(self.context.failed("the host refused a step", "see whether you may write in `path`", ran.notes))
        return ran


def _tag(path: str, done: Record, under_way: Record | None) -> str:
    """Return the tag of a file of wol's: as the record says, unless a deploy that did not end may have changed or removed it."""
    mark = done.files.get(path)
    is_sure = under_way is None or (path not in under_way.going and under_way.files.get(path) == mark)
    return mark.tag if mark is not None and is_sure else "?"


def _folders(path: str) -> list[str]:
    """Return the folders above a file, from the top."""
    return ["", *(path[:at] for at, char in enumerate(path) if char == "/")]


def _quoted(path: str) -> str:
    """Return a name as sftp(1) reads it."""
    escaped = path.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
