"""The ledger as builds read it: as a table of what was published, made anew only if the ledger is another or a moment of it has passed."""

from __future__ import annotations

import msgspec

from wol import digest
from wol.content import ledger
from wol.engine.prepare import Setup
from wol.engine.scanning import ScannedFiles, is_same_moment
from wol.engine.state import State
from wol.errors import Diagnostic, diagnostic
from wol.model.ledger import PATH, standing
from wol.model.target import Value
from wol.site.core_tables import INPUT

TABLE = f"{INPUT}published"
"""Its name; the values are as `wol.site.feed_ids` reads them."""


class Published(msgspec.Struct, frozen=True):
    """The table, None where it is that of the last build; `turn` is the next instant, in microseconds, at which it is another by itself."""

    table: dict[str, Value] | None
    turn: int | None = None
    diagnostics: tuple[Diagnostic, ...] = ()


def read_ledger(setup: Setup, state: State, taken: ScannedFiles) -> Published:
    """Read the ledger, if there is one.

    A URL that was live first at a later date than the build's "now" asks for nothing yet, so that a build may look back (`--at`); one that is withdrawn at a
    later date asks for nothing any more.
    """
    source, before = taken.scan.tree.ledger, state.sources.get(PATH)
    is_same = (source and source.digest) == (before and before.digest)
    if is_same and f"table {TABLE}" in state and is_same_moment(setup, state):
        return Published(None, state.section("turn", int | None, None))  # type: ignore[arg-type]  # a union is a value here, not a type
    if source is None:
        return Published({})
    try:
        data = taken.read(source.path)
    except OSError as error:
        return Published({}, None, (diagnostic("source-unreadable", f"`{PATH}` cannot be read: {error.strerror}", PATH),))
    if digest.of_bytes(data) != source.digest:
        return Published({}, None, (diagnostic("source-changed", f"`{PATH}` changed while the site was being read", PATH),))
    parsed = ledger.parse(data)
    now = ledger.moment(setup.now)
    later = min((line.time for line in parsed.lines if line.time > now), default=None)
    all_of_it = standing(parsed.lines)
    by_now = all_of_it if later is None else standing(line for line in parsed.lines if line.time <= now)
    due = {url for url, found in by_now.items() if found.event == all_of_it[url].event == "live"}
    table = {url: [found.kind, found.feed_id, url in due] for url, found in all_of_it.items()}
    return Published(table, ledger.instant(later) if later is not None else None, parsed.diagnostics)
