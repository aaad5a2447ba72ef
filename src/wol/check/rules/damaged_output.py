"""Files of the output that are not as the build left them, and files there that it did not make."""

from __future__ import annotations

from collections.abc import Iterator

from wol.check.site_inspection import SiteInspection
from wol.errors import Span
from wol.model.inspection import Finding

_WHAT = {"missing": "is not there any more", "tampered": "was changed by something other than wol"}


def damaged_output(inspection: SiteInspection) -> Iterator[Finding]:
    """Report files that are gone or changed, and those that are left over, in the order of their paths."""
    folder = inspection.built.config.build.output
    for path, what in sorted(inspection.built.damage.items()):
        span = Span(f"{folder}/{path}")
        yield Finding("check-output", f"`{folder}/{path}` {_WHAT[what]}", span=span, names=(path,))
    for path in inspection.built.leftover:
        yield Finding("output-leftover", f"`{folder}/{path}` is not part of the site", span=Span(f"{folder}/{path}"), names=(path,))
