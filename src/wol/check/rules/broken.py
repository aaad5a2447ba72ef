"""Links, places of pages and files that are not there."""

from __future__ import annotations

from collections.abc import Iterable

from wol.check.site_inspection import SiteInspection
from wol.model.inspection import Finding

_LINKS = frozenset({"check-link", "check-anchor"})


def broken(inspection: SiteInspection) -> Iterable[Finding]:
    """Return what following found; where `[links] broken` is "ignore", nothing is said of links."""
    if inspection.built.config.links.broken == "ignore":
        return [finding for finding in inspection.links.broken if finding.code not in _LINKS]
    return inspection.links.broken
