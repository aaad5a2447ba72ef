"""Published files that were hardly meant to be: secrets, and leftovers of editors, systems and tools."""

from __future__ import annotations

from collections.abc import Iterator

from wol.check.exposed import is_accident
from wol.check.site_inspection import SiteInspection
from wol.errors import Span
from wol.model.inspection import Finding


def private_files(inspection: SiteInspection) -> Iterator[Finding]:
    """Report such files by name, private keys by content, and drawings that name a folder of the computer on which they were made."""
    for path, target in sorted(inspection.built.targets.items()):
        if target.role != "copy":
            continue
        names = (path, f"/{path}")
        source = target.source or path
        span = Span(target.source) if target.source else None
        exposed = inspection.exposed.get(path, "")
        if exposed == "key":
            hint = "remove the file, and make a new key: this one may be known already"
            yield Finding("check-private-file", f"`{source}` is a private key", span=span, names=names, hint=hint)
        elif is_accident(path):
            message = f"`{source}` is published, and was hardly meant to be"
            yield Finding("check-private-file", message, span=span, names=names)
        elif exposed:
            message = f"`{source}` names a folder of the computer on which it was drawn, `{exposed}`"
            hint = "save it as “Plain SVG”, or remove the attribute"
            yield Finding("check-private-file", message, span=span, names=names, hint=hint)
