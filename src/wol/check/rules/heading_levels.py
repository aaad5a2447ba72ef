"""Titles and headings: one title, one main heading, no level left out."""

from __future__ import annotations

from collections.abc import Iterator

from wol.check.site_inspection import SiteInspection
from wol.model.inspection import Finding, PageFacts


def heading_levels(inspection: SiteInspection) -> Iterator[Finding]:
    """Check each page that a template rendered."""
    for page in inspection.pages.values():
        if inspection.is_rendered(page.path):
            yield from _title(page)
            yield from _levels(page)


def _title(page: PageFacts) -> Iterator[Finding]:
    if not any(page.titles):
        yield Finding("check-title", "The page has no title", page.path)
    elif len(page.titles) > 1:
        yield Finding("check-title", f"The page has {len(page.titles)} titles", page.path)


def _levels(page: PageFacts) -> Iterator[Finding]:
    main = [text for level, text in page.levels if level == 1]
    if not main:
        yield Finding("check-main-heading", "The page has no heading of the first level", page.path)
    elif len(main) > 1:
        message = f"The page has {len(main)} headings of the first level, the second is “{main[1]}”"
        yield Finding("check-main-heading", message, page.path, f"# {main[1]}")
    before = 0
    for level, text in page.levels:
        if before and level > before + 1:
            message = f"The heading “{text}” is of level {level}, the one before of level {before}"
            yield Finding("check-headings", message, page.path, f"{'#' * level} {text}")
            return
        before = level
