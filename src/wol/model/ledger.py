"""The ledger: which URLs were published, and under which ids in feeds (authoring format, section 6.0).

It is a list of events in a text file that belongs to the sources; what stands in it is never taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, get_args

import msgspec

PATH = "ledger/published.tsv"
"""Where it lies, from the site's root."""

Event = Literal["live", "gone"]
Lasting = Literal["", "item", "feed", "file", "list"]
"""What sort of thing a URL is that must not vanish once it was published; empty for what may come and go."""

EVENTS: tuple[str, ...] = get_args(Event)
CLASSES: tuple[str, ...] = tuple(name for name in get_args(Lasting) if name)


class Line(msgspec.Struct, frozen=True, array_like=True):
    """One fact: at `time` (`2026-11-20T09:15:02Z`, so that times compare as texts) a URL was live, or withdrawn.

    `url` is the path from the root without that of `base_url`, not percent-encoded. `feed_id` is the id in feeds, empty where it has none.
    `text` is the digest of an item's title and text.
    """

    time: str
    event: Event
    url: str
    feed_id: str
    kind: Lasting
    text: str = ""


class Standing(msgspec.Struct, frozen=True, array_like=True):
    """What the ledger says of one URL, all its lines taken together.

    `event` is the latest, at `time`, with its class; `feed_id` and `text` are the last that were told, also where it was withdrawn since.
    """

    time: str
    event: Event
    kind: Lasting
    feed_id: str
    text: str


Ledger = Mapping[str, Standing]
"""What stands, by URL."""


def standing(lines: Iterable[Line]) -> dict[str, Standing]:
    """Give what stands of each URL: the later date wins, of equal dates the later line."""
    found: dict[str, Standing] = {}
    for line in sorted(lines, key=lambda line: line.time):
        before = found.get(line.url)
        feed_id, text = line.feed_id, line.text
        if before is not None:
            feed_id, text = feed_id or before.feed_id, text or before.text
        found[line.url] = Standing(line.time, line.event, line.kind, feed_id, text)
    return found
