"""What a build would see: every item with its state and URL, for `wol list`. Nothing of the output is touched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wol.engine import opening, scanning
from wol.engine.changes import reread
from wol.engine.page_store import PageStore
from wol.engine.prepare import LoadFeatures, Setup, prepare
from wol.engine.reading import read_diagnostics, read_sources, texts_found
from wol.engine.request import BuildRequest
from wol.engine.state import State
from wol.errors import Diagnostic
from wol.model.item import Summary
from wol.site.states import next_change, state

if TYPE_CHECKING:
    from wol.content.scan import Scan
    from wol.content.settings import ReadSettings

_BECAUSE = {
    "private": "it is private: no build shows it",
    "gone": "it is withdrawn: its page says so and nothing more",
    "draft": "it is a draft",
    "unlisted": "it is unlisted: its page is there, but nothing leads to it",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One item: `why` says why it is not published and where its values come from."""

    source: str
    kind: str
    title: str
    date: str | None
    state: str
    url: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """All items, published or not, by path; `left_out` are files that are not read, with the reason."""

    rows: tuple[Row, ...]
    left_out: tuple[tuple[str, str], ...]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """All sources of a site as they are now: the summary of each item by its key, hidden ones too, and what was found in them."""

    setup: Setup
    settings: ReadSettings
    scan: Scan
    summaries: Mapping[str, Summary]
    diagnostics: tuple[Diagnostic, ...]


def list_items(request: BuildRequest, load_features: LoadFeatures) -> Listing:
    """Read the sources, as far as they are good; raises WolError for errors in site.toml only."""
    site_sources = sources(request, load_features)
    rows = tuple(_row(site_sources.setup, summary) for _, summary in sorted(site_sources.summaries.items()))
    return Listing(rows, tuple(sorted(site_sources.scan.left_out.items())), site_sources.diagnostics)


def sources(request: BuildRequest, load_features: LoadFeatures) -> Sources:
    """Read the sources as a build does, and return what they say; raises WolError for errors in site.toml only."""
    opening.recover(request.root)
    setup = prepare(request, load_features)
    with opening.open_for_reading(setup.place) as store_folder:
        before = State.load(setup.place.state / "state").of_toolchain(setup.toolchain)
        store = PageStore(store_folder, setup.toolchain)
        scanned = scanning.scan_files(setup, before)
        read, settings = read_sources(setup, before, store, scanned)
        store.save(read.read_keys.values())
        texts = texts_found(before, store, read.read_keys, reread(before, store, read.read_keys))
        store.load(read.read_keys.values())
        summaries = (summary for read_key in read.read_keys.values() for summary in store.get(read_key).summaries)
        return Sources(
            setup, settings, scanned.scan, {summary.key: summary for summary in summaries}, read_diagnostics(scanned, read, texts)
        )


def _row(setup: Setup, summary: Summary) -> Row:
    source = f"{setup.config.content.folder}/{summary.key}"
    date = summary.date.local if summary.date is not None else None
    return Row(source, summary.kind, summary.title, date, state(summary, setup.now), summary.url, tuple(_why(setup, summary)))


def _why(setup: Setup, summary: Summary) -> Iterator[str]:
    present = state(summary, setup.now)
    if present == "scheduled":
        moment = summary.publish or summary.date
        yield f"it is scheduled: it appears at {moment.local if moment else '?'}"
    elif present == "expired":
        yield f"it has expired at {summary.expires.local if summary.expires else '?'}"
    elif present in _BECAUSE:
        yield _BECAUSE[present] + (f" ({summary.gone_reason})" if present == "gone" and summary.gone_reason else "")
    if present == "published" and next_change(summary, setup.now) is not None:
        yield f"it expires at {summary.expires.local if summary.expires else '?'}"
    for name, origin in sorted(summary.origins.items()):
        yield f"{name} comes from {origin}"
