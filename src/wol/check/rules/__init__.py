"""The rules of `wol check`, one sort of finding in each module. A rule is a function of what was seen; none knows of another."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from wol.check.finding import Finding
from wol.check.inspection import Inspection
from wol.check.rules.accessibility import accessibility
from wol.check.rules.broken import broken
from wol.check.rules.damaged_output import damaged_output
from wol.check.rules.descriptions import descriptions
from wol.check.rules.feeds import feeds
from wol.check.rules.future import future
from wol.check.rules.heading_levels import heading_levels
from wol.check.rules.images import images
from wol.check.rules.leaks import leaks
from wol.check.rules.local import local
from wol.check.rules.orphans import orphans
from wol.check.rules.portable import portable
from wol.check.rules.private_files import private_files
from wol.check.rules.similar_terms import similar_terms
from wol.check.rules.sitemap_entries import sitemap_entries
from wol.check.rules.third_parties import third_parties
from wol.check.rules.unsafe_titles import unsafe_titles

Rule = Callable[[Inspection], Iterable[Finding]]

RULES: tuple[Rule, ...] = (
    damaged_output,
    broken,
    local,
    leaks,
    private_files,
    feeds,
    sitemap_entries,
    accessibility,
    heading_levels,
    descriptions,
    future,
    similar_terms,
    orphans,
    third_parties,
    images,
    unsafe_titles,
    portable,
)
"""In this order they are asked; what they find is sorted by place afterwards."""
