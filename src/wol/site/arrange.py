"""Arranging: which items a build has, in which state, in which order. Pure; what is hidden enters nothing (authoring format, section 2.2)."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from wol.model.item import Summary
from wol.model.site import State, Visibility
from wol.site import states
from wol.site.order import in_order

DECIDING = frozenset({"private", "gone", "draft", "unlisted", "expires", "publish", "date", "url", "bundle", "aliases"})
"""The summary columns that arranging reads: where none of them is another, and no moment has passed, its result is what it was."""


class Arranged(msgspec.Struct, frozen=True, array_like=True):
    """The items of a build, and what is known of the others."""

    states: dict[str, State]
    """The state of each item of this build, in the order of lists."""
    listed: tuple[str, ...]
    """The items that stand in lists, in order."""
    bundles: dict[str, str]
    """Folder of a bundle to the key of its item, hidden ones too."""
    hidden: dict[str, State]
    """The state of every other item, for the writer's eyes alone."""
    hidden_urls: dict[str, str]
    """URL path or alias to key of the hidden items, so that what leads there can be told from what is broken."""
    next_change: int | None
    """The next instant, in microseconds, at which any item changes its state."""


def arrange(summaries: Iterable[Summary], visibility: Visibility, now: int) -> Arranged:
    """Decide the state of every item; `now`, in microseconds, decides states and nothing else."""
    shown: list[Summary] = []
    state: dict[str, State] = {}
    hidden: dict[str, State] = {}
    hidden_urls: dict[str, str] = {}
    hidden_aliases: dict[str, str] = {}
    bundles: dict[str, str] = {}
    change: int | None = None
    seen = {name: states.visible(name, visibility) for name in states.STATES}
    for summary in summaries:
        current = states.state(summary, now)
        if seen[current]:
            shown.append(effective(summary, current))
            state[summary.key] = current
        else:
            hidden[summary.key] = current
            hidden_urls[summary.url] = summary.key
            hidden_aliases.update(dict.fromkeys(summary.aliases, summary.key))
        if summary.bundle:
            bundles[summary.bundle] = summary.key
        turn = states.next_change(summary, now)
        if turn is not None and (change is None or turn < change):
            change = turn
    ordered = in_order(shown)
    lists = {name: states.listed(name, visibility) for name in states.STATES}
    return Arranged(
        states={summary.key: state[summary.key] for summary in ordered},
        listed=tuple(summary.key for summary in ordered if lists[state[summary.key]] and not summary.unlisted),
        bundles=bundles,
        hidden=dict(sorted(hidden.items())),
        hidden_urls=hidden_aliases | hidden_urls,
        next_change=change,
    )


def effective(summary: Summary, state: State) -> Summary:
    """Give what a build may know of an item: of one that is gone only what its tombstone says, no title, no text, no date."""
    if state != "gone":
        return summary
    return Summary(
        key=summary.key,
        kind=summary.kind,
        title="",
        title_html="",
        url=summary.url,
        slug="",
        section=summary.section,
        gone=True,
        gone_reason=summary.gone_reason,
        lang=summary.lang,
        dir=summary.dir,
        aliases=summary.aliases,
    )


NOTHING = Arranged({}, (), {}, {}, {}, None)
"""A site without items."""
