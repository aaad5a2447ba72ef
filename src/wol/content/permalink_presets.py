"""The URLs of other generators by name: `post = "jekyll"` in `[content.permalinks]` gives each text the URL that it had there, as that tool comes.

Compared with Jekyll 4.3, Hugo 0.111 and Pelican 4.12 on the same posts (`tests/fixtures/permalinks`); WordPress ("Day and name") and Ghost by their documentation.
"""

from __future__ import annotations

from collections.abc import Mapping

from wol.model.permalinks import PRESETS as NAMES

OWN = ("slugortitle", "slugorfilename", "categories")
"""Tokens of presets alone."""

_PATTERNS: Mapping[str, Mapping[str, str]] = {
    "wordpress": {"post": "/:year/:month/:day/:slugortitle/", "page": "/:path/"},
    "pelican": {"post": "/:slugortitle.html", "page": "/pages/:slugortitle.html"},
    "hugo": {"post": "/:sections/:slugorfilename/", "page": "/:path/"},
    "jekyll": {"post": "/:categories/:year/:month/:day/:slug.html", "page": "/:path.html"},
    "ghost": {"post": "/:slugortitle/", "page": "/:slugortitle/"},
}
assert _PATTERNS.keys() == set(NAMES)

IN_SITE_ZONE = frozenset({"jekyll", "wordpress"})
"""Presets by which the day in the URL is that of the site's zone, and not the one that was written."""


def pattern_of(typed: str, kind: str) -> str:
    """Return the pattern that a value of `[content.permalinks]` means for a kind: of a preset, or what was typed."""
    patterns = _PATTERNS.get(typed)
    return typed if patterns is None else patterns.get(kind, patterns["post"])
