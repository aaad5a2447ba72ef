"""What a deploy would do, decided before anything is done: files of the site against files at the target."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import groupby

import msgspec

from wol.deploy.release_files import FileInfo
from wol.errors import Diagnostic
from wol.paths import NOT_FOUND

GENERATIONS = 3
"""For how many releases a fingerprinted asset stays after the last that asks for it, so that a page that somebody has open finds its style."""

EXPIRED = GENERATIONS + 1
"""The age of an asset that goes with the next deploy, whatever else that does."""

AGAIN = "sent again"
"""What `Live.damaged` says of a file that the target has, and that is sent all the same."""


class LiveState(msgspec.Struct, frozen=True):
    """What is at a target: the release that readers see (empty: none of ours), the files that wol published with it, by path, as the
    target knows them, which of them are only carried on, and what somebody else put there, with what it is known by, or nothing.

    `assets` are the fingerprinted assets of that release, as its own record says; only they are ever carried on. `damaged` are files that are not
    as wol left them there, each with what happened to it. `warnings` are to be read before a deploy.
    """

    release: str = ""
    files: Mapping[str, str] = {}
    carried: Mapping[str, int] = {}
    foreign: Mapping[str, str] = {}
    assets: frozenset[str] = frozenset()
    damaged: Mapping[str, str] = {}
    warnings: tuple[Diagnostic, ...] = ()


class DeployPlan(msgspec.Struct, frozen=True):
    """What comes, changes and goes. `removed` are pages and files that readers lose, `dropped` assets that no release of late asks for,
    `carried` assets that stay for pages of earlier releases, `overwritten` files of somebody else at a place that the site has too,
    `repaired` files that the site and the target's record agree on, and that are damaged at the target. `size` is the sum of the bytes to publish.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    overwritten: tuple[str, ...] = ()
    carried: Mapping[str, int] = {}
    kept: int = 0
    size: int = 0
    repaired: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Return whether the target is as the site was built."""
        return not (self.added or self.changed or self.removed or self.dropped or self.repaired)

    @property
    def new(self) -> tuple[str, ...]:
        """The files whose bytes the target must get."""
        return (*self.added, *self.changed, *self.repaired)


def plan_deploy(pieces: Mapping[str, FileInfo], names: Mapping[str, str], live: LiveState) -> DeployPlan:
    """Compare a site with a target; `names` are its files as the target knows them."""
    added = tuple(sorted(path for path in names if path not in live.files))
    changed = tuple(sorted(path for path, name in names.items() if path in live.files and live.files[path] != name))
    gone = sorted(live.files.keys() - names.keys())
    is_new = bool(added or changed or any(path not in live.carried for path in gone))
    ages = {path: live.carried.get(path, 0) + is_new for path in gone if path in live.carried or path in live.assets}
    ages = {path: EXPIRED if path in live.damaged else age for path, age in ages.items()}
    repaired = tuple(sorted(path for path in live.damaged if path in names and names[path] == live.files.get(path)))
    same = {path for path, name in live.foreign.items() if name and names.get(path) == name}
    return DeployPlan(
        added=added,
        changed=changed,
        removed=tuple(path for path in gone if path not in ages),
        dropped=tuple(path for path in gone if ages.get(path, 0) > GENERATIONS),
        overwritten=tuple(sorted(_in_the_way(names, live.foreign.keys() - same))),
        carried={path: age for path, age in ages.items() if age <= GENERATIONS},
        kept=len(names) - len(added) - len(changed) - len(repaired),
        size=sum(pieces[path].size for path in (*added, *changed, *repaired)),
        repaired=repaired,
    )


def _in_the_way(names: Mapping[str, str], foreign: Iterable[str]) -> Iterable[str]:
    """Return files of somebody else that stand at a path of the site, below one, or where one of its folders must be."""
    folders = {path[:at] for path in names for at, char in enumerate(path) if char == "/"}
    for path in foreign:
        above = (path[:at] for at, char in enumerate(path) if char == "/")
        if path in names or path in folders or any(folder in names for folder in above):
            yield path


def in_order(paths: Iterable[str], added: Collection[str], late: Collection[str]) -> list[str]:
    """Sort files for a target that cannot switch: what others need first, so that what a reader can reach is there at any moment.

    Assets and other files, then pages that are new (nothing leads to them yet), pages that changed, and what is `late` at the end: feeds and the sitemap.
    """
    return sorted(paths, key=lambda path: (_rank(path, late), path not in added, path))


def stages(paths: Iterable[str], added: Collection[str], late: Collection[str]) -> list[list[str]]:
    """Return the same order in steps: the files of one step may be written in any order, or at once."""
    new = frozenset(added)
    return [list(step) for _, step in groupby(in_order(paths, new, late), lambda path: (_rank(path, late), path not in new))]


def _rank(path: str, late: Collection[str]) -> int:
    if path in late:
        return 3
    return (2 if path in ("index.html", NOT_FOUND) else 1) if path.endswith((".html", ".htm")) else 0
