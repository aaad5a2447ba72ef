"""Feeds as their readers need them: well-formed, absolute addresses, an id for each entry that is its own and the same in all feeds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from wol.errors import Span
from wol.model.inspection import FeedFacts, Finding, Inspection

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def check_feeds(inspection: Inspection) -> Iterator[Finding]:
    """Inspect each feed, then the ids of entries that are in several."""
    known: dict[str, tuple[str, str]] = {}
    for feed in inspection.feeds.values():
        span = Span(f"{inspection.config.build.output}/{feed.path}")
        for message in _wrong(feed):
            yield Finding("check-feed", message, feed.path, span=span)
        for own, link in feed.entries:
            before = known.setdefault(link, (own, feed.path)) if link and own else (own, "")
            if before[0] != own:
                message = f"The entry `{link}` has the id `{own}`, but `{before[0]}` in `{before[1]}`: readers would see it twice"
                yield Finding("check-feed", message, feed.path, span=span)


def _wrong(feed: FeedFacts) -> Iterator[str]:
    if feed.problem:
        yield f"It is {feed.problem}"
    for own, number in Counter(own for own, _ in feed.entries).items():
        if not own:
            yield f"{number:,} {'entry has' if number == 1 else 'entries have'} no id"
        elif number > 1:
            yield f"{number:,} entries have one id, `{own}`"
    for link in feed.links:
        if not _ABSOLUTE.match(link):
            yield f"The address `{link}` is not absolute: readers of feeds do not know where it leads"
