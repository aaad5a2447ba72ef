"""A writer's last look: what the next release would publish, change and withdraw, told from the sources as they are now. Nothing is written."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Literal

import msgspec

from wol import paths
from wol.engine.items import arranged_of
from wol.engine.planned_site import planned_site
from wol.engine.prepare import LoadFeatures
from wol.engine.request import BuildRequest
from wol.ledger.record import PublishedEntry, published_by, standing_of
from wol.model.item import Summary
from wol.model.ledger import Standing
from wol.model.target import Target
from wol.site.arrange import Arranged
from wol.site.published import ASKED_BY_LEDGER
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
EMPTIED = "nothing is listed there any more: its page says so"

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


class _CurrentSite(msgspec.Struct, frozen=True):
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
    site = _current_site(request, load_features)
    rows = [*_scheduled(site), *(_by_ledger(site, known) if known or files is None else _by_files(site, files))]
    rows += _files(site, files, {row.url for row in rows})
    return Outlook(tuple(sorted(rows, key=_order)), bool(known) or files is not None)


def _order(row: ChangeRow) -> tuple[int, str, bool, str]:
    return ORDER.index(row.change), row.date, row.kind in BESIDES, row.url


def _current_site(request: BuildRequest, load_features: LoadFeatures) -> _CurrentSite:
    """Plan a release, whatever the ledger would refuse: that is to be shown."""
    with planned_site(request, load_features, tolerated=ASKED_BY_LEDGER) as site:
        entries, _ = published_by(site.state, site.store)
        return _CurrentSite(entries, site.targets, arranged_of(site.state), site.items, site.setup.config.content.folder, site.setup.now)


def _by_ledger(site: _CurrentSite, known: Mapping[str, Standing]) -> Iterator[ChangeRow]:
    live = {url: standing for url, standing in known.items() if standing.event == "live"}
    for url, entry in site.entries.items():
        before = live.get(url)
        if entry.event == "gone":
            if before is not None:
                yield _row(site, "withdrawn", url, entry.kind, why=WHY["gone"] if entry.kind == "item" else EMPTIED)
        elif before is None:
            was = next((alias for alias in _aliases(site, url) if alias in live), "")
            yield _row(site, "moved" if was else "new", url, entry.kind, was=was)
        elif entry.text and before.text and entry.text != before.text:
            yield _row(site, "changed", url, entry.kind)
    planned = {paths.url_path(path) for path in site.targets}
    for url, standing in live.items():
        if url not in planned:
            yield _row(site, "withdrawn", url, standing.kind, why=_why(site, url))


def _by_files(site: _CurrentSite, files: Collection[str]) -> Iterator[ChangeRow]:
    """Compare with the files of the last deploy alone: what has changed in them is not known before a build."""
    for url, entry in site.entries.items():
        if paths.output_path(url) not in files:
            was = next((alias for alias in _aliases(site, url) if paths.output_path(alias) in files), "")
            yield _row(site, "moved" if was else "new", url, entry.kind, was=was)
        elif entry.event == "gone":
            yield _row(site, "withdrawn", url, entry.kind, why=WHY["gone"])
    for path in files:
        url = paths.url_path(path)
        if path not in site.targets and url in site.arranged.hidden_urls:
            yield _row(site, "withdrawn", url, "item", why=_why(site, url))


def _files(site: _CurrentSite, files: Collection[str] | None, listed: Collection[str]) -> Iterator[ChangeRow]:
    """Copies of sources, and all that is gone whose URL has not been told: the ledger lacks these, so the files of the last deploy count."""
    for path, target in site.targets.items():
        if target.role == "copy" and (files is None or path not in files):
            yield ChangeRow("new", "file", "", paths.url_path(path), target.origin)
    for path in files or ():
        url = paths.url_path(path)
        if path not in site.targets and url not in listed:
            yield ChangeRow("withdrawn", "page" if path.endswith(".html") else "file", "", url, why="nothing is there any more")


def _scheduled(site: _CurrentSite) -> Iterator[ChangeRow]:
    """Items that appear by themselves at a later build; one that was live is withdrawn until then, too."""
    for key, state in site.arranged.hidden.items():
        item = site.items[key]
        moment = item.publish or item.date
        if state == "scheduled" and moment is not None and next_change(item, site.now) is not None:
            yield ChangeRow("scheduled", item.kind, item.title, item.url, f"{site.folder}/{key}", date=moment.local)


def _aliases(site: _CurrentSite, url: str) -> tuple[str, ...]:
    key = _key(site, url)
    return site.items[key].aliases if key in site.items else ()


def _key(site: _CurrentSite, url: str) -> str:
    target = site.targets.get(paths.output_path(url))
    return target.subject if target is not None and target.subject else site.arranged.hidden_urls.get(url, "")


def _row(site: _CurrentSite, change: Change, url: str, lasting: str, *, was: str = "", why: str = "") -> ChangeRow:
    key = _key(site, url) if lasting == "item" else ""
    item = site.items.get(key)
    if item is None:
        return ChangeRow(change, lasting, "", url, was=was, why=why)
    return ChangeRow(change, item.kind, item.title, url, f"{site.folder}/{key}", was, why)


def _why(site: _CurrentSite, url: str) -> str:
    state = site.arranged.hidden.get(site.arranged.hidden_urls.get(url, ""))
    return WHY[state] if state is not None else "nothing is there any more"
