"""Pages to which no other page links: readers find them by chance alone."""

from __future__ import annotations

from collections.abc import Iterator

from wol.check.site_inspection import SiteInspection
from wol.model.inspection import Finding


def orphans(inspection: SiteInspection) -> Iterator[Finding]:
    """Inspect the pages of published items that are meant for lists, and lists themselves."""
    linked = inspection.links.linked
    for path in inspection.pages:
        item = inspection.item(path)
        if item is not None and item.key in inspection.built.listed and path not in linked and path != "index.html":
            yield Finding("check-orphan", "No other page links to this one", path)
        target = inspection.target(path)
        if target is not None and target.role == "list" and path not in linked and path != "index.html":
            yield Finding(
                "check-orphan", "No other page links to this list", path, hint="link to it, in `nav` of `[theme]` for instance, or allow it"
            )
