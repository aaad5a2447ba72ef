"""What `[check] allow` takes out of the findings, and entries that allow nothing any more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from pathlib import Path

from wol.check.source_locator import LocatedFinding
from wol.config.allowance import allows
from wol.config.load import NAME, read
from wol.config.locate import locate
from wol.config.syntax import decode
from wol.errors import Diagnostic, diagnostic
from wol.model.config import AllowConfig


def allowed(found: Iterable[LocatedFinding], entries: Sequence[AllowConfig]) -> tuple[list[Diagnostic], frozenset[int]]:
    """Give the findings that no entry allows, and the numbers of the entries that allow something."""
    left: list[Diagnostic] = []
    used: set[int] = set()
    for one in found:
        numbers = [number for number, entry in enumerate(entries) if allows(entry, one.diagnostic.code, one.names)]
        used.update(numbers)
        if not numbers:
            left.append(one.diagnostic)
    return left, frozenset(used)


def idle(root: Path, entries: Sequence[AllowConfig], used: Set[int], unasked: Set[str]) -> Iterator[Diagnostic]:
    """Tell of entries that allow nothing; those for codes that were not looked for (`unasked`) may do so another time."""
    numbers = [n for n, entry in enumerate(entries) if n not in used and entry.code not in unasked]
    if not numbers:
        return
    places = locate(decode(read(root)))
    for number in numbers:
        entry = entries[number]
        line, column = places.of_value(("check", "allow", number))
        message = f"Nothing is left that the entry for `{entry.code}` at `{entry.path}` allows"
        yield diagnostic("check-allowance", message, NAME, line, column)
