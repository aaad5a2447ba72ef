"""What the process that watches and the one that builds say to each other."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any

import msgspec

from wol.errors import Diagnostic

_LENGTH = struct.Struct(">I")


class Finding(msgspec.Struct, frozen=True, array_like=True):
    """A diagnostic, with the line of the source that it is about as it was then; `line` is empty for warnings and where there is none."""

    diagnostic: Diagnostic
    line: str = ""


class Tree(msgspec.Struct, frozen=True, array_like=True):
    """A folder that is watched with all below it. `holds` says which of its files count: `content`, `static`, `theme` or `code`."""

    path: str
    holds: str


class Roots(msgspec.Struct, frozen=True, array_like=True):
    """What a site is made of, as real absolute paths: whole folders, and single entries that count by themselves, there or not yet."""

    trees: tuple[Tree, ...] = ()
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


class Wanted(msgspec.Struct, frozen=True, tag=True):
    """Output paths that somebody looks at: they are rendered first, in this order. Holds until the next of its kind."""

    paths: tuple[str, ...]


class Progress(msgspec.Struct, frozen=True, tag=True):
    """How far a build is: the stage, how many are done, and how many there are."""

    stage: str
    done: int
    total: int


class Rendered(msgspec.Struct, frozen=True, tag=True):
    """Pages that are whole before the build is: output path to the file (absolute) that has them until the build ends."""

    staged: dict[str, str]


class Built(msgspec.Struct, frozen=True, tag=True):
    """A build has ended well, and its output is in its place.

    `base_url` is the one that it was built for; `next_change` is in microseconds since 1970 UTC; `seconds` are for people.
    """

    output: str
    base_url: str
    pages: int
    rendered: int
    written: tuple[str, ...]
    removed: tuple[str, ...]
    findings: tuple[Finding, ...]
    next_change: int | None
    seconds: float
    roots: Roots

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        return tuple(finding.diagnostic for finding in self.findings)


class Failed(msgspec.Struct, frozen=True, tag=True):
    """A build has found errors, and has left its output as it was."""

    findings: tuple[Finding, ...]
    seconds: float
    roots: Roots

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        return tuple(finding.diagnostic for finding in self.findings)


class Defect(msgspec.Struct, frozen=True, tag=True):
    """A build broke off through no fault of the site: a sentence, and the details for a report. The output is as it was."""

    sentence: str
    trace: str = ""


Order = Build | Wanted
Answer = Built | Failed | Defect
News = Progress | Rendered | Answer


def frame(message: Order | News) -> bytes:
    """Encode a message as it goes over the line: its length in four bytes, and its MessagePack."""
    data = msgspec.msgpack.encode(message)
    return _LENGTH.pack(len(data)) + data


class Frames:
    """Cuts what comes over the line into messages of one union of types."""

    def __init__(self, kinds: Any) -> None:
        self._decoder = msgspec.msgpack.Decoder(kinds)
        self._data = bytearray()

    def feed(self, data: bytes) -> Iterator[Any]:
        """Take what came, and give the messages that are whole now."""
        self._data += data
        while len(self._data) >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(self._data)
            end = _LENGTH.size + length
            if len(self._data) < end:
                return
            body = bytes(memoryview(self._data)[_LENGTH.size : end])
            del self._data[:end]
            yield self._decoder.decode(body)
