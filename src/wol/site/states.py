"""States: the one place that decides who sees what (authoring format, section 2.2)."""

from __future__ import annotations

from wol.model.item import Summary
from wol.model.site import State, Visibility

STATES: tuple[State, ...] = ("private", "gone", "draft", "expired", "scheduled", "unlisted", "published")
"""All states, in the order in which the first that applies is taken."""


def state(summary: Summary, now: int) -> State:
    """Give the state of an item at an instant in microseconds."""
    if summary.private:
        return "private"
    if summary.gone:
        return "gone"
    if summary.draft:
        return "draft"
    if summary.expires is not None and summary.expires.instant <= now:
        return "expired"
    start = summary.publish or summary.date
    if start is not None and start.instant > now:
        return "scheduled"
    return "unlisted" if summary.unlisted else "published"


def next_change(summary: Summary, now: int) -> int | None:
    """Give the next instant after `now` at which the item's state changes by itself, or None."""
    if summary.private or summary.gone or summary.draft:
        return None
    end = summary.expires.instant if summary.expires is not None else None
    if end is not None and end <= now:
        return None
    start = summary.publish or summary.date
    if start is not None and start.instant > now:
        return start.instant if end is None else min(start.instant, end)
    return end


def visible(state: State, visibility: Visibility) -> bool:
    """Whether an item has a page of its own in this build: its text, a tombstone, or a page that only its author sees."""
    match state:
        case "published" | "unlisted" | "gone":
            return True
        case "draft":
            return visibility.drafts
        case "scheduled":
            return visibility.future
        case "expired":
            return visibility.profile != "release"
        case _:
            return False


def linkable(state: State, visibility: Visibility) -> bool:
    """Whether a link to an item leads there; to any other it is as if the item were missing."""
    return state not in ("gone", "expired") and visible(state, visibility)


def listed(state: State, visibility: Visibility) -> bool:
    """Whether an item stands in lists, terms and among neighbours; one that is also marked unlisted does not."""
    return state != "unlisted" and linkable(state, visibility)


def in_feeds(state: State) -> bool:
    """Whether an item may be in feeds, sitemap and cards: these never hold what a release would not."""
    return state == "published"
