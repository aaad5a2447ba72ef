"""What `wol check` says of pages with `as_of`: that they may be out of date, or that the day is still to come."""

from __future__ import annotations

from collections.abc import Iterator

from wol.errors import Span
from wol.features.now.age import DAYS
from wol.model.inspection import Finding, Inspection
from wol.model.item import Moment


def as_of(inspection: Inspection) -> Iterator[Finding]:
    """Inspect the pages of items that have `as_of`, as of the moment for which the site was built."""
    due = inspection.table("now.due")
    for path in inspection.pages:
        item = inspection.item(path)
        if item is None or "now.as_of" not in item.facts:
            continue
        moment = item.facts["now.as_of"].value
        assert isinstance(moment, Moment)
        day, span = moment.local[:10], Span(f"{inspection.config.content.folder}/{item.key}", item.lines.get("as_of", 0))
        if due.get(item.key):
            message = f"The page is right as of {day}, more than {DAYS} days before the site was built"
            yield Finding("check-as-of", message, span=span, names=(item.url,))
        elif moment.instant > inspection.now:
            yield Finding("check-date", f"`as_of` is {day}, which was still to come when the site was built", span=span, names=(item.url,))
