"""The rules of `wol check`, one sort of finding in each module. A rule is a function of what was seen; none knows of another."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from wol.check.finding import Finding
from wol.check.rules.broken import broken
from wol.check.rules.descriptions import descriptions
from wol.check.rules.feeds import feeds
from wol.check.rules.future import future
from wol.check.rules.headings import headings
from wol.check.rules.images import images
from wol.check.rules.leaks import leaks
from wol.check.rules.local import local
from wol.check.rules.markup import markup
from wol.check.rules.orphans import orphans
from wol.check.rules.output import output
from wol.check.rules.portable import portable
from wol.check.rules.private_files import private_files
from wol.check.rules.sitemap import sitemap
from wol.check.rules.tags import tags
from wol.check.rules.third_parties import third_parties
from wol.check.rules.unsafe_titles import unsafe_titles
from wol.check.seen import Seen

Rule = Callable[[Seen], Iterable[Finding]]

RULES: tuple[Rule, ...] = (
    output,
    broken,
    local,
    leaks,
    private_files,
    feeds,
    sitemap,
    markup,
    headings,
    descriptions,
    future,
    tags,
    orphans,
    third_parties,
    images,
    unsafe_titles,
    portable,
)
"""In this order they are asked; what they find is sorted by place afterwards."""
