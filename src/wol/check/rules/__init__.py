"""The rules of `wol check` that belong to no feature, one sort of finding in each module. A rule is a function of the inspection; none knows of another."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from wol.check.rules.accessibility import accessibility
from wol.check.rules.broken import broken
from wol.check.rules.damaged_output import damaged_output
from wol.check.rules.descriptions import descriptions
from wol.check.rules.future import future
from wol.check.rules.heading_levels import heading_levels
from wol.check.rules.images import images
from wol.check.rules.leaks import leaks
from wol.check.rules.local import local
from wol.check.rules.orphans import orphans
from wol.check.rules.portable import portable
from wol.check.rules.private_files import private_files
from wol.check.rules.third_parties import third_parties
from wol.check.rules.unsafe_titles import unsafe_titles
from wol.check.site_inspection import SiteInspection
from wol.model.inspection import Finding

Rule = Callable[[SiteInspection], Iterable[Finding]]

RULES: tuple[Rule, ...] = (
    damaged_output,
    broken,
    local,
    leaks,
    private_files,
    accessibility,
    heading_levels,
    descriptions,
    future,
    orphans,
    third_parties,
    images,
    unsafe_titles,
    portable,
)
"""In this order they are asked; what they find is sorted by place afterwards."""
