"""Giving sources ids, and the ids that they have in feeds, so that neither depends on file, date or address any more."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from wol.content.amend import Value, amend
from wol.errors import Diagnostic, WolError
from wol.ledger.edits import Edit, edit
from wol.ledger.overview import VISIBLE, Overview


class Identified(msgspec.Struct, frozen=True):
    """The edits, with the fields that each adds, and what could not be edited."""

    edits: tuple[tuple[Edit, dict[str, Value]], ...]
    diagnostics: tuple[Diagnostic, ...]


def identify(over: Overview, keys: Iterable[str], new_id: Callable[[], str]) -> Identified:
    """Return each item an id if it lacks one and, if it is public, a `guid` with its present id in feeds; changes no other byte."""
    used_ids = {summary.id for summary in over.summaries.values()}
    edits: list[tuple[Edit, dict[str, Value]]] = []
    problems: list[Diagnostic] = []
    for key in keys:
        path = f"{over.folder}/{key}"
        summary, file = over.summaries[key], over.root / path
        if over.sources.scan.tree.items[key].path != path:
            continue  # a feature made it: there is no file
        if summary.gone:
            continue
        fields: dict[str, Value] = {}
        if not summary.id:
            fields["id"] = next(candidate for candidate in iter(new_id, "") if candidate not in used_ids)
            used_ids.add(str(fields["id"]))
        if not summary.guid and over.state(key) in VISIBLE:
            fields["guid"] = over.feed_ids[key]
        if not fields:
            continue
        try:
            before = file.read_bytes()
            edits.append((edit(path, before, amend(before, path, fields)), fields))
        except WolError as error:
            problems += error.diagnostics
    return Identified(tuple(edits), tuple(problems))
