"""Recording: what a release has published is added to the ledger, as far as that does not know it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import msgspec

from wol import clock, fsio, paths
from wol.content import ledger_text
from wol.engine.cache_files import CorruptCacheError
from wol.engine.changes import changed_files
from wol.engine.items import ItemReader
from wol.engine.last_build import Unfit, last_build
from wol.engine.page_store import PageStore
from wol.engine.pipeline import build
from wol.engine.prepare import LoadFeatures
from wol.engine.request import BuildRequest
from wol.engine.state import RawTable, State
from wol.engine.workspace import locked, records
from wol.errors import Diagnostic, WolError, diagnostic
from wol.features.mark.files import PATH as MARKER
from wol.model.ledger import PATH, Event, Lasting, Line, Standing, standing
from wol.model.target import Target
from wol.write_errors import write_failed

Adding = Callable[[Mapping[str, Standing]], Iterable[Line]]
"""Gives the lines to add, told what stands of each URL."""


class PublishedEntry(msgspec.Struct, frozen=True):
    """What is at a URL: a thing of a class, or the tombstone of one."""

    event: Event
    kind: Lasting
    feed_id: str = ""
    text: str = ""


class Publication(msgspec.Struct, frozen=True):
    """What a release publishes: the URLs that must not vanish, and all that are `planned`, with aliases and redirects."""

    request: BuildRequest
    entries: Mapping[str, PublishedEntry]
    planned: frozenset[str]


def publication(request: BuildRequest, load_features: LoadFeatures) -> Publication:
    """Give what the release has that was built last; raises WolError (ledger-outdated) if it is not what its sources say now, and as
    `wol.engine.last_build.last_build`.
    """
    with last_build(request, load_features, MARKER) as last:
        shown = f"`{os.path.relpath(last.setup.place.output, request.root)}/`"
        if last.unfit is not None or request.visibility.profile != "release":
            raise WolError(_refusal(shown, last.unfit or Unfit("marked")))
        try:
            return Publication(request, *published_by(last.state, PageStore(last.setup.place.store, last.setup.toolchain)))
        except (CorruptCacheError, KeyError) as error:
            raise WolError(diagnostic("ledger-outdated", f"The record of the build of {shown} is damaged")) from error


def _refusal(shown: str, unfit: Unfit) -> Diagnostic:
    if unfit.fault == "marked":
        return diagnostic("ledger-outdated", f"{shown} shows what is not published; such a build is never recorded")
    if unfit.fault == "unbuilt":
        return diagnostic("ledger-outdated", f"There is no record of a build of {shown}")
    if unfit.fault == "outdated":
        return diagnostic("ledger-outdated", f"Something has changed since {shown} was built", notes=unfit.reasons)
    return diagnostic("ledger-outdated", f"`{unfit.reasons[0]}` in {shown} is not as wol left it")


def catch_up(request: BuildRequest, load_features: LoadFeatures) -> bool:
    """Make the build that a run left out which was killed after it had recorded its publication; False where that is not what happened.

    It is, if nothing but the ledger has changed since the last build, and the ledger says of that build exactly what recording it would write: then a
    build changes no file of the output. Raises WolError as builds do.
    """
    with last_build(request, load_features) as last:
        if last.unfit is None or last.unfit.fault != "outdated" or len(last.unfit.reasons) > 1:
            return False
        before, now = last.state.sources, last.scanned.scan.sources
        if {path for _, path in changed_files(before, now, before.keys() | now.keys())} != {PATH}:
            return False
        try:
            known = standing_of(request.root)
            published = Publication(request, *published_by(last.state, PageStore(last.setup.place.store, last.setup.toolchain)))
        except (WolError, CorruptCacheError, KeyError):
            return False
        if any(True for _ in added(known, published, clock.now())):
            return False
    _wait_for(max((found.time for found in known.values()), default=ledger_text.moment(clock.now())))
    build(request, load_features)
    return True


def published_by(state: State, store: PageStore) -> tuple[dict[str, PublishedEntry], frozenset[str]]:
    """Read from the state of a build what it published."""
    plan = state.section("plan", dict[str, msgspec.Raw], {})
    states, feed_ids = state.table("state") or RawTable({}), state.table("feed_ids") or RawTable({})
    pages = ItemReader(store, state.read_keys, state.section("homes", dict[str, tuple[str, int]], {}))
    pages.load()
    entries: dict[str, PublishedEntry] = {}
    for path, raw in plan.items():
        target = msgspec.msgpack.decode(raw, type=Target)
        if target.role == "gone":
            entries[paths.url_path(path)] = PublishedEntry("gone", "list")
        if not target.lasting:
            continue
        key = target.subject if target.lasting == "item" else ""
        if states.get(key) == "gone":
            entry = PublishedEntry("gone", "item")
        elif key in feed_ids:
            entry = PublishedEntry("live", "item", feed_ids[key], pages.digest(key))
        else:
            entry = PublishedEntry("live", target.lasting)
        entries[paths.url_path(path)] = entry
    return entries, frozenset(map(paths.url_path, plan))


def record(published: Publication, load_features: LoadFeatures) -> tuple[Line, ...]:
    """Add to the ledger what it does not know of a publication, and give the new lines; nothing is written if there are none.

    The next build would find its input changed, though nothing of its output: so one is made, unless it fails, and then the next will say why.
    Raises WolError: ledger-line, write-failed, build-locked.
    """
    lines = add(published.request.root, lambda known: added(known, published, clock.now()))
    if lines:
        _wait_for(max(line.time for line in lines))
        with contextlib.suppress(WolError):
            build(published.request, load_features)
    return lines


def _wait_for(time: str) -> None:
    """Let the second of a line come: where two are recorded in one, the later is of the next, and a build before that would be old at once."""
    clock.wait(min(1.0, max(0.0, (ledger_text.instant(time) - clock.now()) / clock.MICROSECONDS)))


def add(root: Path, find: Adding) -> tuple[Line, ...]:
    """Append lines to the ledger of a site, all or none; `find` gives them, told what stands in it now. Raises WolError as `record`."""
    with locked(records(root)):
        before = _bytes(root)
        lines = tuple(find(_standing(before)))
        if lines:
            try:
                fsio.rewrite(root / PATH, ledger_text.appended(before, lines))
            except OSError as error:
                raise WolError(write_failed(error)) from error
        return lines


def standing_of(root: Path) -> Mapping[str, Standing]:
    """Give what the ledger of a site holds now; raises WolError (ledger-line, source-unreadable)."""
    return _standing(_bytes(root))


def _bytes(root: Path) -> bytes:
    try:
        return (root / PATH).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return b""
    except OSError as error:
        raise WolError(diagnostic("source-unreadable", f"`{PATH}` cannot be read: {error.strerror}", PATH)) from error


def _standing(data: bytes) -> Mapping[str, Standing]:
    parsed = ledger_text.parse(data)
    if parsed.diagnostics:
        raise WolError(parsed.diagnostics)
    return standing(parsed.lines)


def added(known: Mapping[str, Standing], published: Publication, now: int) -> Iterable[Line]:
    """Give the lines that a ledger lacks of what was published at an instant in microseconds. Pure.

    What is at a URL is told where it is new, has another id, class or text. What was live and is planned no more, or a tombstone, is gone: the
    build has let it pass.
    """
    for url, entry in sorted(published.entries.items()):
        before = known.get(url)
        if entry.event == "gone":
            if before is not None and before.event == "live":
                yield Line(after(now, before), "gone", url, "", before.kind)
        elif before is None or entry != PublishedEntry(before.event, before.kind, before.feed_id, before.text):
            yield Line(after(now, before), "live", url, entry.feed_id, entry.kind, entry.text)
    for url in sorted(known.keys() - published.planned):
        if known[url].event == "live":
            yield Line(after(now, known[url]), "gone", url, "", known[url].kind)


def after(now: int, before: Standing | None) -> str:
    """Give the time of a new line: now, but later than what stands of its URL, so that clocks which differ change no meaning."""
    earliest = 0 if before is None else ledger_text.instant(before.time) + clock.MICROSECONDS
    return ledger_text.moment(max(now, earliest))
