"""Published files that were hardly meant to be: secrets, and leftovers of editors, systems and tools."""

from __future__ import annotations

from collections.abc import Iterator

from wol.check.exposed import is_accident
from wol.check.finding import Finding
from wol.check.inspection import Inspection
from wol.engine.leak_search import COPIES
from wol.errors import Span


def private_files(inspection: Inspection) -> Iterator[Finding]:
    """Report such files by name, private keys by content, and drawings that name a folder of the computer on which they were made."""
    for path, target in sorted(inspection.built.targets.items()):
        if target.kind not in COPIES:
            continue
        names = (path, f"/{path}")
        exposed = inspection.exposed.get(path, "")
        if exposed == "key":
            hint = "remove the file, and make a new key: this one may be known already"
            yield Finding("check-private-file", f"`{target.origin}` is a private key", span=Span(target.origin), names=names, hint=hint)
        elif is_accident(path):
            message = f"`{target.origin}` is published, and was hardly meant to be"
            yield Finding("check-private-file", message, span=Span(target.origin), names=names)
        elif exposed:
            message = f"`{target.origin}` names a folder of the computer on which it was drawn, `{exposed}`"
            hint = "save it as “Plain SVG”, or remove the attribute"
            yield Finding("check-private-file", message, span=Span(target.origin), names=names, hint=hint)
