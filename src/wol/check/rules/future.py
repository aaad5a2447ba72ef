"""Dates in the future of what is published already."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wol.check.rules.descriptions import line_of
from wol.check.site_inspection import SiteInspection
from wol.errors import Span
from wol.model.inspection import Finding
from wol.model.item import Moment

_DATE = re.compile(r"^\s*[\"']?(?:date|pubdate|created|published)[\"']?\s*[:=]", re.IGNORECASE | re.MULTILINE)
_UPDATED = re.compile(r"^\s*[\"']?(?:updated|lastmod|modified|last_modified_at)[\"']?\s*[:=]", re.IGNORECASE | re.MULTILINE)


def future(inspection: SiteInspection) -> Iterator[Finding]:
    """Compare `date` and `updated` of published items with the moment of the build."""
    for key, item in inspection.built.items.items():
        if inspection.built.states[key] in ("published", "unlisted"):
            for name, moment, field in (("date", item.date, _DATE), ("updated", item.updated, _UPDATED)):
                if _is_later(moment, inspection.built.now):
                    path = f"{inspection.built.config.content.folder}/{key}"
                    assert moment is not None
                    message = f"`{name}` is {moment.local[:10]}, which was still to come when the site was built"
                    yield Finding("check-date", message, span=Span(path, line_of(inspection, path, field)), names=(item.url,))


def _is_later(moment: Moment | None, now: int) -> bool:
    return moment is not None and moment.instant > now
