"""Files that are published as they are, and were hardly meant to be: secrets, and what editors, systems and tools leave behind."""

from __future__ import annotations

from collections.abc import Iterator

from wol.check.exposed import is_accident
from wol.check.finding import Finding
from wol.check.looking import COPIES
from wol.check.seen import Seen
from wol.errors import Span


def private_files(seen: Seen) -> Iterator[Finding]:
    """Tell of each such file by its name, of private keys by what is in them, and of drawings that name a folder of their maker's computer."""
    for path, target in sorted(seen.built.targets.items()):
        if target.kind not in COPIES:
            continue
        names = (path, f"/{path}")
        exposed = seen.exposed.get(path, "")
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
