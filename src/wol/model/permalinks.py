"""What `[content.permalinks]` may have: tokens of patterns, and names of presets."""

from __future__ import annotations

TOKENS = ("year", "month", "day", "slug", "title", "section", "filename", "path", "category", "id")
"""What the pattern of a kind or a folder may use."""

PRESETS = ("wordpress", "pelican", "hugo", "jekyll", "ghost")
"""Generators whose URLs may be asked for by name."""
