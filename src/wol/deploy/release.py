"""A release: one state of the site as it was published, and the list that a target keeps of it.

The list is text, so that a person can read it: one line a file, with what it is known by, and `-`; or for a fingerprinted asset of a theme, for how
many releases it has been carried on, which is `0` while pages of the release ask for it. A list that is cut short counts as none.

Lists of version 1 do not say which files are assets: what they carried on was known by its name alone, and goes with the next deploy.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import msgspec

from wol import clock, digest
from wol.deploy.deploy_plan import EXPIRED

HEADER = "# wol release 2. Made by wol deploy; it removes no other files. Do not edit."
OLD_HEADER = HEADER.replace("release 2", "release 1")
HASH = 12
"""Digits of the digest in the name of a release."""

_ID = re.compile(r"\d{8}T\d{9}Z-[0-9a-f]{12}")
_LINE = re.compile(r"(-|[0-9]{1,2})\t([0-9a-f]{40,64})\t(.+)", re.DOTALL)


class Release(msgspec.Struct, frozen=True):
    """`files` are all that wol published, by path, as the target knows them; `carried` are those among them that no page of this release
    asks for, with the number of releases for which they have been carried on. `assets` are the fingerprinted assets that it does ask for.
    """

    id: str
    files: Mapping[str, str]
    carried: Mapping[str, int] = {}
    assets: frozenset[str] = frozenset()

    @property
    def ages(self) -> dict[str, int]:
        """For how many releases each asset has been carried on: 0 for those that pages of this one ask for."""
        return {**dict.fromkeys(self.assets, 0), **self.carried}

    @property
    def made(self) -> str:
        """When it was made: `2026-11-20 14:05:03 UTC`."""
        return moment(self.id)


def release_id(files: Mapping[str, str]) -> str:
    """Name a release by this millisecond and by what is in it; names sort by time."""
    return f"{clock.compact_stamp()}-{digest.of_parts(part for path in sorted(files) for part in (path, files[path]))[:HASH]}"


def is_id(text: str) -> bool:
    """Return whether a text is the name of a release."""
    return bool(_ID.fullmatch(text))


def content(identity: str) -> str:
    """Return the part of a release's name that is the same for releases with the same files."""
    return identity.rpartition("-")[2]


def worth_keeping(newest_first: Iterable[str], live: str, keep: int) -> set[str]:
    """Choose the releases that are kept: the one that readers see, and the newest others that differ from it and from each other."""
    kept, states = {live} - {""}, {content(live)}
    for identity in newest_first:
        if len(kept) < keep and content(identity) not in states:
            kept.add(identity)
            states.add(content(identity))
    return kept


def moment(identity: str) -> str:
    """Return the moment in a release's name, for people."""
    t = identity
    return f"{t[:4]}-{t[4:6]}-{t[6:8]} {t[9:11]}:{t[11:13]}:{t[13:15]} UTC"


def encode(release: Release) -> bytes:
    """Make the bytes of a release's list."""
    ages = release.ages
    lines = [f"{ages.get(path, '-')}\t{release.files[path]}\t{path}" for path in sorted(release.files)]
    text = "\n".join([HEADER, release.id, *lines, _end(len(lines))]) + "\n"
    return text.encode("utf-8", "surrogateescape")


def decode(data: bytes) -> Release | None:
    """Read a release's list; None if it is not one, or not whole."""
    lines = data.decode("utf-8", "surrogateescape").split("\n")
    if len(lines) < 4 or lines[0] not in (HEADER, OLD_HEADER) or not is_id(lines[1]) or lines[-2:] != [_end(len(lines) - 4), ""]:
        return None
    files: dict[str, str] = {}
    ages: dict[str, int] = {}
    is_old = lines[0] == OLD_HEADER
    for line in lines[2:-2]:
        match = _LINE.fullmatch(line)
        if match is None or not is_inside(match[3]):
            return None
        files[match[3]] = match[2]
        if match[1] != "-":
            ages[match[3]] = EXPIRED if is_old else int(match[1])
    carried = {path: age for path, age in ages.items() if age}
    return Release(lines[1], files, carried, frozenset(ages.keys() - carried.keys()))


def is_inside(path: str) -> bool:
    """Return whether a path stays in the folder that it is in."""
    return path[:1] not in ("", "/") and ".." not in path.split("/")


def _end(count: int) -> str:
    return f"# {count} files"
