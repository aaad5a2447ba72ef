"""States, and what each profile does with them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.items import post
from wol.model.item import Moment, Summary
from wol.model.site import Visibility
from wol.site.states import STATES, in_feeds, linkable, listed, next_change, state, visible

NOW = 1_000_000
RELEASE = Visibility()
DRAFTS = Visibility("drafts", drafts=True)
FUTURE = Visibility("drafts", future=True)
PREVIEW = Visibility("preview", drafts=True, future=True)


def item(**fields: object) -> Summary:
    return post("a.md", **fields)


def at(instant: int) -> Moment:
    return Moment(instant, "1970-01-01T00:00:00+00:00")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "published"),
        ({"date": at(NOW - 1)}, "published"),
        ({"date": at(NOW)}, "published"),
        ({"date": at(NOW + 1)}, "scheduled"),
        ({"date": at(NOW + 1), "publish": at(NOW)}, "published"),
        ({"date": at(0), "publish": at(NOW + 1)}, "scheduled"),
        ({"expires": at(NOW)}, "expired"),
        ({"expires": at(NOW + 1)}, "published"),
        ({"date": at(NOW + 5), "expires": at(NOW - 5)}, "expired"),
        ({"unlisted": True}, "unlisted"),
        ({"unlisted": True, "date": at(NOW + 1)}, "scheduled"),
        ({"unlisted": True, "expires": at(NOW)}, "expired"),
        ({"draft": True, "expires": at(0), "unlisted": True}, "draft"),
        ({"gone": True, "draft": True}, "gone"),
        ({"private": True, "gone": True, "draft": True}, "private"),
    ],
)
def test_the_first_state_that_applies(fields: dict[str, object], expected: str) -> None:
    """The order of the states, and the boundaries to the microsecond."""
    assert state(item(**fields), NOW) == expected


SEEN = {
    # state: (visible, linkable, listed) in a release, with --drafts, with --future, in the preview
    "published": ("vkl", "vkl", "vkl", "vkl"),
    "unlisted": ("vk", "vk", "vk", "vk"),
    "scheduled": ("", "", "vkl", "vkl"),
    "draft": ("", "vkl", "", "vkl"),
    "expired": ("", "v", "v", "v"),
    "gone": ("v", "v", "v", "v"),
    "private": ("", "", "", ""),
}


@pytest.mark.parametrize("name", STATES)
def test_table_of_states_and_profiles(name: str) -> None:
    """Each cell of state by profile."""
    for visibility, expected in zip((RELEASE, DRAFTS, FUTURE, PREVIEW), SEEN[name], strict=True):
        found = "v" * visible(name, visibility) + "k" * linkable(name, visibility) + "l" * listed(name, visibility)  # type: ignore[arg-type]  # names of the table
        assert found == expected, visibility


def test_only_the_published_are_in_feeds() -> None:
    """No profile puts drafts or scheduled items into feeds."""
    assert [s for s in STATES if in_feeds(s)] == ["published"]


MOMENTS = st.none() | st.integers(NOW - 3, NOW + 3).map(at)


@given(MOMENTS, MOMENTS, MOMENTS, st.booleans(), st.booleans(), st.booleans(), st.booleans())
def test_next_change_is_the_first_instant_of_another_state(
    date: Moment | None, publish: Moment | None, expires: Moment | None, private: bool, gone: bool, draft: bool, unlisted: bool
) -> None:
    """The state stays as it is until exactly that instant; without one, for ever."""
    summary = item(date=date, publish=publish, expires=expires, private=private, gone=gone, draft=draft, unlisted=unlisted)
    now = state(summary, NOW)
    first = next((t for t in range(NOW + 1, NOW + 10) if state(summary, t) != now), None)
    assert next_change(summary, NOW) == first


@given(st.integers(NOW - 3, NOW + 3), st.integers(NOW - 3, NOW + 3))
def test_following_the_changes_comes_to_an_end(start: int, end: int) -> None:
    """Building at each next change sees at most two changes."""
    summary = item(date=at(start), expires=at(end))
    change = next_change(summary, NOW - 10)
    changes = 0
    while change is not None:
        changes += 1
        change = next_change(summary, change)
    assert 1 <= changes <= 2
