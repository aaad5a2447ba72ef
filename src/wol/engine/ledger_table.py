"""Reading the ledger: what stands in it becomes a table of the core, made anew only if its bytes are others.

It is no `Input` of a feature: it lies beside the content folder and not in it, and each line that is wrong is an error of its own.
"""

from __future__ import annotations

import msgspec

from wol import digest
from wol.content import ledger_text
from wol.engine.scanning import ScannedFiles
from wol.engine.state import State
from wol.errors import Diagnostic, diagnostic
from wol.model.ledger import PATH
from wol.model.target import Value
from wol.site.published import LEDGER, lines_by_url


class LedgerTable(msgspec.Struct, frozen=True):
    """The table `input ledger`, None where it is that of the last build, and what is wrong with the file."""

    table: dict[str, Value] | None
    diagnostics: tuple[Diagnostic, ...] = ()


def read_ledger(state: State, scanned: ScannedFiles) -> LedgerTable:
    """Read the ledger, if there is one."""
    source, before = scanned.scan.tree.ledger, state.sources.get(PATH)
    is_same = (source and source.digest) == (before and before.digest)
    if is_same and f"table {LEDGER}" in state:
        return LedgerTable(None)
    if source is None:
        return LedgerTable({})
    try:
        data = scanned.read(source.path)
    except OSError as error:
        return LedgerTable({}, (diagnostic("source-unreadable", f"`{PATH}` cannot be read: {error.strerror}", PATH),))
    if digest.of_bytes(data) != source.digest:
        return LedgerTable({}, (diagnostic("source-changed", f"`{PATH}` changed while the site was being read", PATH),))
    parsed = ledger_text.parse(data)
    return LedgerTable(lines_by_url(parsed.lines), parsed.diagnostics)
