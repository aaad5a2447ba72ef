"""A glance at the texts that somebody looks at, before the scan: what they were edited to can be shown while ten thousand other files are looked at.

It is a guess, and nothing is committed by it: the scan follows in each build, and where it finds more than that, all is done again.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from wol.content.scan import again
from wol.engine.prepare import Setup
from wol.engine.state import State
from wol.engine.taking import Taken, is_same_moment, is_same_setup
from wol.model.source import Source
from wol.model.target import Target


def glance(setup: Setup, state: State, before: Taken, wanted: Iterable[str]) -> Taken | None:
    """Give the input as it is if nothing was edited but the texts on the pages at `wanted`; None if none of these was, or if that cannot be told.

    `before` is the input of the build that left the state.
    """
    if not (is_same_setup(setup, state) and is_same_moment(setup, state)):
        return None
    edited: dict[str, Source] = {}
    for source in _texts(state, before, wanted):
        now = again(setup.place.root, source, state.young)
        if now is not None and now != source:
            edited[source.key] = now
    if not edited:
        return None
    by_path = {source.path: source for source in edited.values()}
    tree = msgspec.structs.replace(before.scan.tree, items={**before.scan.tree.items, **edited})
    scan = msgspec.structs.replace(before.scan, tree=tree, sources={**before.scan.sources, **by_path})
    return msgspec.structs.replace(before, scan=scan, changed=frozenset(by_path))


def is_right(seen: Taken, taken: Taken) -> bool:
    """Whether the scan has found what the glance saw, and nothing else."""
    return seen.scan.sources == taken.scan.sources and seen.scan.diagnostics == taken.scan.diagnostics


def _texts(state: State, before: Taken, wanted: Iterable[str]) -> Iterable[Source]:
    """Give the files whose texts stand on pages."""
    plan = state.section("plan", dict[str, msgspec.Raw], {})
    for path in wanted:
        if path in plan:
            source = before.scan.tree.items.get(msgspec.msgpack.decode(plan[path], type=Target).subject)
            if source is not None and not source.path.startswith("<"):
                yield source
