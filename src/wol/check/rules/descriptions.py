"""Descriptions: what search engines, feeds and links on social media show of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wol.check.site_inspection import SiteInspection
from wol.errors import Span
from wol.model.inspection import Finding

LONGEST = 300
"""Signs of a description: the default theme cuts there, and search engines show less."""

_FIELD = re.compile(r"^\s*[\"']?description[\"']?\s*[:=]", re.IGNORECASE | re.MULTILINE)


def descriptions(inspection: SiteInspection) -> Iterator[Finding]:
    """Inspect the pages of published items; whoever writes no description has the beginning of the text, unless there is none."""
    for page in inspection.pages.values():
        item = inspection.item(page.path)
        if item is None or inspection.built.states[item.key] != "published" or item.section:
            continue
        if not (page.description or "").strip():
            yield Finding("check-description", "The page has no description", page.path)
        if len(item.description) > LONGEST:
            path = f"{inspection.built.config.content.folder}/{item.key}"
            message = f"The description has {len(item.description):,} signs, more than {LONGEST}"
            yield Finding("check-description", message, page.path, span=Span(path, line_of(inspection, path, _FIELD)))


def line_of(inspection: SiteInspection, path: str, field: re.Pattern[str]) -> int:
    """Return the line of a front matter field; 0 where it is not in the file itself."""
    try:
        text = inspection.built.taken.read(path).decode("utf-8", "replace").replace("\r\n", "\n")
    except (OSError, KeyError):
        return 0
    found = field.search(text)
    return text.count("\n", 0, found.end()) + 1 if found is not None else 0
