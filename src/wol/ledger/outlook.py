"""A writer's last look: what the next release would publish, change and withdraw, told from the sources as they are now. Nothing is written."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Literal

import msgspec

from wol import paths
from wol.engine import opening, taking
from wol.engine.assembling import assemble_site
from wol.engine.items import arranged_of
from wol.engine.memory import Memory
from wol.engine.prepare import LoadFeatures, prepare
from wol.engine.request import BuildRequest
from wol.engine.state import State
from wol.engine.store import PageStore
from wol.ledger.record import PublishedEntry, published_by, standing_of
from wol.model.item import Summary
from wol.model.ledger import Standing
from wol.model.target import Target
from wol.site.arrange import Arranged
from wol.site.states import next_change

Change = Literal["new", "moved", "changed", "withdrawn", "scheduled"]
ORDER: tuple[Change, ...] = ("new", "moved", "changed", "withdrawn", "scheduled")

WHY = {
    "private": "it is private now",
    "gone": "it is withdrawn: its page says so",
    "draft": "it is a draft now",
    "expired": "it has expired",
    "scheduled": "it is scheduled now",
}
COPIES = ("static", "copy")
"""Kinds of targets that are copies of a source."""

BESIDES = ("list", "feed", "file")
"""Kinds that come after the items: most of them follow from these."""


class ChangeRow(msgspec.Struct, frozen=True):
    """One thing that readers would find new, changed or gone, or that appears by itself later.

    `kind` is that of an item, or `list`, `feed`, `file`. `was` is the URL path from which an item moves. `date` is when a scheduled item appears.
    """

    change: Change
    kind: str
    title: str
    url: str
    source: str = ""
    was: str = ""
    why: str = ""
    date: str = ""


class Outlook(msgspec.Struct, frozen=True):
    """All of it, in the order of `ORDER`, scheduled items by their moments. `has_record` says whether there is anything to compare with."""

    rows: tuple[ChangeRow, ...]
    has_record: bool


class _Now(msgspec.Struct, frozen=True):
    """What a release would publish now."""

    entries: Mapping[str, PublishedEntry]
    targets: Mapping[str, Target]
    arranged: Arranged
    items: Mapping[str, Summary]
    folder: str
    now: int


def outlook(request: BuildRequest, load_features: LoadFeatures, files: Collection[str] | None) -> Outlook:
    """Compare what a release would publish now with the ledger, and with the `files` of the last deploy from this folder, if there was one.

    Raises WolError with the errors of a build, but for those that the ledger asks for: a URL that vanishes is a row. And as `standing_of`.
    """
    known = standing_of(request.root)
    found = _now(request, load_features)
    rows = [*_scheduled(found), *(_by_ledger(found, known) if known or files is None else _by_files(found, files))]
    rows += _files(found, files, {row.url for row in rows})
    return Outlook(tuple(sorted(rows, key=_order)), bool(known) or files is not None)


def _order(row: ChangeRow) -> tuple[int, str, bool, str]:
    return ORDER.index(row.change), row.date, row.kind in BESIDES, row.url


def _now(request: BuildRequest, load_features: LoadFeatures) -> _Now:
    """Plan a release as a build does, with the ledger put aside: what it would refuse is to be shown."""
    opening.settle(request.root)
    setup = prepare(request, load_features)
    with opening.looked_at(setup.place) as folder:
        before = State.load(setup.place.state / "state").of_toolchain(setup.toolchain)
        store = PageStore(folder, setup.toolchain)
        taken = taking.take(setup, before)
        tree = msgspec.structs.replace(taken.scan.tree, ledger=None)
        taken = msgspec.structs.replace(taken, scan=msgspec.structs.replace(taken.scan, tree=tree))
        assembly = assemble_site(setup, before, store, taken, "", Memory())
        read_keys = assembly.values["read_keys"]
        store.save(read_keys.values())
        after = before.after(assembly.values, assembly.kept)
        entries, _ = published_by(after, store)
        summaries = (summary for key in read_keys.values() for summary in store.get(key).summaries)
        items = {summary.key: summary for summary in summaries}
        targets = {path: assembly.plan[path] for path in assembly.plan}
        return _Now(entries, targets, arranged_of(after), items, setup.config.content.folder, setup.now)


def _by_ledger(found: _Now, known: Mapping[str, Standing]) -> Iterator[ChangeRow]:
    live = {url: standing for url, standing in known.items() if standing.event == "live"}
    for url, entry in found.entries.items():
        before = live.get(url)
        if entry.event == "gone":
            if before is not None:
                yield _row(found, "withdrawn", url, entry.kind, why=WHY["gone"])
        elif before is None:
            was = next((alias for alias in _aliases(found, url) if alias in live), "")
            yield _row(found, "moved" if was else "new", url, entry.kind, was=was)
        elif entry.text and before.text and entry.text != before.text:
            yield _row(found, "changed", url, entry.kind)
    planned = {paths.url_path(path) for path in found.targets}
    for url, standing in live.items():
        if url not in planned:
            yield _row(found, "withdrawn", url, standing.kind, why=_why(found, url))


def _by_files(found: _Now, files: Collection[str]) -> Iterator[ChangeRow]:
    """Compare with the files of the last deploy alone: what has changed in them is not known before a build."""
    for url, entry in found.entries.items():
        if paths.output_path(url) not in files:
            was = next((alias for alias in _aliases(found, url) if paths.output_path(alias) in files), "")
            yield _row(found, "moved" if was else "new", url, entry.kind, was=was)
        elif entry.event == "gone":
            yield _row(found, "withdrawn", url, entry.kind, why=WHY["gone"])
    for path in files:
        url = paths.url_path(path)
        if path not in found.targets and url in found.arranged.hidden_urls:
            yield _row(found, "withdrawn", url, "item", why=_why(found, url))


def _files(found: _Now, files: Collection[str] | None, told: Collection[str]) -> Iterator[ChangeRow]:
    """Copies of sources, and all that is gone whose URL has not been told: the ledger lacks these, so the files of the last deploy count."""
    for path, target in found.targets.items():
        if target.kind in COPIES and (files is None or path not in files):
            yield ChangeRow("new", "file", "", paths.url_path(path), target.origin)
    for path in files or ():
        url = paths.url_path(path)
        if path not in found.targets and url not in told:
            yield ChangeRow("withdrawn", "page" if path.endswith(".html") else "file", "", url, why="nothing is there any more")


def _scheduled(found: _Now) -> Iterator[ChangeRow]:
    """Items that appear by themselves at a later build; one that was live is withdrawn until then, too."""
    for key, state in found.arranged.hidden.items():
        item = found.items[key]
        moment = item.publish or item.date
        if state == "scheduled" and moment is not None and next_change(item, found.now) is not None:
            yield ChangeRow("scheduled", item.kind, item.title, item.url, f"{found.folder}/{key}", date=moment.local)


def _aliases(found: _Now, url: str) -> tuple[str, ...]:
    key = _key(found, url)
    return found.items[key].aliases if key in found.items else ()


def _key(found: _Now, url: str) -> str:
    target = found.targets.get(paths.output_path(url))
    return target.subject if target is not None and target.subject else found.arranged.hidden_urls.get(url, "")


def _row(found: _Now, change: Change, url: str, lasting: str, *, was: str = "", why: str = "") -> ChangeRow:
    key = _key(found, url) if lasting == "item" else ""
    item = found.items.get(key)
    if item is None:
        return ChangeRow(change, lasting, "", url, was=was, why=why)
    return ChangeRow(change, item.kind, item.title, url, f"{found.folder}/{key}", was, why)


def _why(found: _Now, url: str) -> str:
    state = found.arranged.hidden.get(found.arranged.hidden_urls.get(url, ""))
    return WHY[state] if state is not None else "nothing is there any more"
