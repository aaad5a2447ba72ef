"""Ids that stand twice, pages without a language, pictures without a text."""

from __future__ import annotations

from collections.abc import Iterator

from wol.check.site_inspection import SiteInspection
from wol.model.inspection import Finding


def accessibility(inspection: SiteInspection) -> Iterator[Finding]:
    """Check each page that a template rendered."""
    for page in inspection.pages.values():
        if not inspection.is_rendered(page.path):
            continue
        for own in page.doubled:
            yield Finding("check-id", f"The id `{own}` stands twice on one page", page.path)
        if not (page.lang or "").strip():
            yield Finding("check-lang", "The page does not say its language", page.path)
        for src in page.bare:
            yield Finding("check-alt", f"The picture `{src}` has no `alt`", page.path, src)
