"""The messages between the supervisor and the worker process."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any

import msgspec

from wol.errors import Diagnostic

_LENGTH = struct.Struct(">I")


class QuotedDiagnostic(msgspec.Struct, frozen=True, array_like=True):
    """A diagnostic with the source line that it is about, as it was then; `line` is empty for warnings and without a position.

    `fix` is what a writer would type to fix it, a command or lines of the file; empty where that is not known.
    """

    diagnostic: Diagnostic
    line: str = ""
    fix: str = ""


class WatchedFolder(msgspec.Struct, frozen=True, array_like=True):
    """A folder that is watched with all below it. `holds` is what it contains: `content`, `static`, `theme` or `code`."""

    path: str
    holds: str


class WatchedPaths(msgspec.Struct, frozen=True, array_like=True):
    """All that a site is made of, as real absolute paths: whole folders, and single files that may not exist yet."""

    trees: tuple[WatchedFolder, ...] = ()
    entries: tuple[str, ...] = ()


class Build(msgspec.Struct, frozen=True, tag=True):
    """Bring the site up to date: the release, or the preview with `drafts` and `future`.

    `origin` (`http://127.0.0.1:8000`) takes the place of that of `base_url` in site.toml, whose path stays; `base_url` takes the place of all of it.
    """

    root: str
    preview: bool = False
    drafts: bool = False
    future: bool = False
    origin: str | None = None
    base_url: str | None = None
    clean: bool = False


class ViewedPages(msgspec.Struct, frozen=True, tag=True):
    """Output paths that are open in a browser: they are rendered first, in this order, until the next such message."""

    paths: tuple[str, ...]


class Progress(msgspec.Struct, frozen=True, tag=True):
    """The progress of a build: its stage, the number done, and the total."""

    stage: str
    done: int
    total: int


class PagesRendered(msgspec.Struct, frozen=True, tag=True):
    """Pages that are complete before the build is: output path to the absolute path of the file that has them until the build ends."""

    staged: dict[str, str]


class BuildSucceeded(msgspec.Struct, frozen=True, tag=True):
    """A build has succeeded, and its output is in place.

    `base_url` is the one that it was built for; `next_change` is in microseconds since 1970 UTC; `seconds` are for people.
    """

    output: str
    base_url: str
    pages: int
    rendered: int
    written: tuple[str, ...]
    removed: tuple[str, ...]
    findings: tuple[QuotedDiagnostic, ...]
    next_change: int | None
    seconds: float
    watched_paths: WatchedPaths

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        return tuple(finding.diagnostic for finding in self.findings)


class BuildFailed(msgspec.Struct, frozen=True, tag=True):
    """A build has found errors and left its output as it was."""

    findings: tuple[QuotedDiagnostic, ...]
    seconds: float
    watched_paths: WatchedPaths

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        return tuple(finding.diagnostic for finding in self.findings)


class BuildCrashed(msgspec.Struct, frozen=True, tag=True):
    """A build crashed through no fault of the site: a sentence, and the details for a bug report. The output is as it was."""

    sentence: str
    trace: str = ""


SupervisorMessage = Build | ViewedPages
BuildResult = BuildSucceeded | BuildFailed | BuildCrashed
WorkerMessage = Progress | PagesRendered | BuildResult


def frame(message: SupervisorMessage | WorkerMessage) -> bytes:
    """Encode a message for the connection: its length in four bytes, then MessagePack."""
    data = msgspec.msgpack.encode(message)
    return _LENGTH.pack(len(data)) + data


class Frames:
    """Decodes the messages of one union of types from a stream of bytes."""

    def __init__(self, kinds: Any) -> None:
        self._decoder = msgspec.msgpack.Decoder(kinds)
        self._data = bytearray()

    def feed(self, data: bytes) -> Iterator[Any]:
        """Add received bytes, and yield the messages that are complete now."""
        self._data += data
        while len(self._data) >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(self._data)
            end = _LENGTH.size + length
            if len(self._data) < end:
                return
            body = bytes(memoryview(self._data)[_LENGTH.size : end])
            del self._data[:end]
            yield self._decoder.decode(body)
