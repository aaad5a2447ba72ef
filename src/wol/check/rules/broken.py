"""Links, places of pages and files that are not there."""

from __future__ import annotations

from collections.abc import Iterable

from wol.check.finding import Finding
from wol.check.seen import Seen

_LINKS = frozenset({"check-link", "check-anchor"})


def broken(seen: Seen) -> Iterable[Finding]:
    """Give what following found; where `[links] broken` is "ignore", nothing is said of links."""
    if seen.built.config.links.broken == "ignore":
        return [found for found in seen.followed.broken if found.code not in _LINKS]
    return seen.followed.broken
