"""The site as a release would be planned now: for commands that tell of it. Nothing is built, and nothing of the output is touched."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager

import msgspec

from wol.engine import opening, scanning
from wol.engine.assembling import assemble_site
from wol.engine.memory import SessionMemory
from wol.engine.page_store import PageStore
from wol.engine.prepare import LoadFeatures, Setup, prepare
from wol.engine.request import BuildRequest
from wol.engine.site_sources import read_site
from wol.engine.state import State
from wol.model.item import Summary
from wol.model.target import Target


class PlannedSite(msgspec.Struct, frozen=True):
    """A plan, all items by their keys, hidden ones too, and what the state of such a build would be."""

    setup: Setup
    state: State
    store: PageStore
    items: Mapping[str, Summary]
    targets: Mapping[str, Target]


@contextmanager
def planned_site(request: BuildRequest, load_features: LoadFeatures, *, tolerated: Collection[str] = ()) -> Iterator[PlannedSite]:
    """Plan a release as a build does. Raises WolError with the errors of a build, but for those with codes that are tolerated."""
    opening.recover(request.root)
    setup = prepare(request, load_features)
    with opening.open_for_reading(setup.place) as folder:
        before = State.load(setup.place.state / "state").of_toolchain(setup.toolchain)
        store = PageStore(folder, setup.toolchain)
        scanned = scanning.scan_files(setup, before)
        sources = read_site(setup, before, store, scanned)
        assembly = assemble_site(setup, before, store, sources, "", SessionMemory(), tolerated)
        read_keys = assembly.values["read_keys"]
        store.save(read_keys.values())
        after = before.after(assembly.values, assembly.kept)
        summaries = (summary for key in read_keys.values() for summary in store.get(key).summaries)
        targets = {path: assembly.plan[path] for path in assembly.plan}
        yield PlannedSite(setup, after, store, {summary.key: summary for summary in summaries}, targets)
