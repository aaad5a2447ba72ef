"""What is not published and is in the output all the same: words, titles, addresses and files of unpublished items."""

from __future__ import annotations

from collections.abc import Iterator

from wol.check.site_inspection import SiteInspection
from wol.errors import Span
from wol.leaks.leak import CODE, reports, split
from wol.model.inspection import Finding


def leaks(inspection: SiteInspection) -> Iterator[Finding]:
    """Report each unpublished item of which something was found; what is allowed is reported artifact by artifact, for `allow` to take out."""
    config, states = inspection.built.config, inspection.built.hidden_states
    left, allowed = split(inspection.leaks, config)
    for group in (left, *([leak] for leak in allowed)):
        for one in reports(group, config, states):
            yield Finding(CODE, one.message, span=Span(one.source), names=one.names, hint=one.hint, notes=one.notes)
