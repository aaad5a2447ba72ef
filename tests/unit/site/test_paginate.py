"""Pagination: stable and newest."""

from __future__ import annotations

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wol.site.paginate import PageOf, page_url, paginate

MODES = ("stable", "newest")
Mode = Literal["stable", "newest"]


def keys(count: int) -> list[str]:
    """Newest first: item n is the n-th from the oldest."""
    return [str(n) for n in range(count, 0, -1)]


def numbered(pages: tuple[PageOf, ...]) -> dict[int, PageOf]:
    return {page.number: page for page in pages}


@pytest.mark.parametrize(
    ("count", "sizes"),
    [
        (0, {0: 0}),
        (1, {0: 1}),
        (10, {0: 10}),
        (19, {0: 19}),
        (20, {0: 10, 1: 10}),
        (29, {0: 19, 1: 10}),
        (30, {0: 10, 2: 10, 1: 10}),
        (35, {0: 15, 2: 10, 1: 10}),
    ],
)
def test_stable_sizes(count: int, sizes: dict[int, int]) -> None:
    """With N items and size n there are max(0, N // n - 1) pages, and the front has the rest."""
    assert {page.number: len(page.items) for page in paginate(keys(count), 10, "stable")} == sizes


@pytest.mark.parametrize(("count", "sizes"), [(0, {0: 0}), (10, {0: 10}), (11, {0: 10, 2: 1}), (25, {0: 10, 2: 10, 3: 5})])
def test_newest_sizes(count: int, sizes: dict[int, int]) -> None:
    """The usual numbering: the front is page 1."""
    assert {page.number: len(page.items) for page in paginate(keys(count), 10, "newest")} == sizes


def test_stable_pages_count_from_the_oldest() -> None:
    """`/page/k/` holds items (k-1)n+1 to kn."""
    pages = numbered(paginate(keys(35), 10, "stable"))
    assert pages[1].items == tuple(keys(10))
    assert pages[2].items == tuple(keys(20)[:10])
    assert pages[0].items == tuple(keys(35)[:15])


@given(st.integers(0, 200), st.integers(1, 30), st.sampled_from(MODES))
def test_all_pages_have_everything_once_in_order(count: int, size: int, mode: Mode) -> None:
    """No item is lost or shown twice, whatever the size."""
    pages = paginate(keys(count), size, mode)
    assert [key for page in pages for key in page.items] == keys(count)
    assert pages[0].front
    assert not any(page.front for page in pages[1:])
    assert len(pages[0].items) <= (2 * size - 1 if mode == "stable" else size)


@given(st.integers(0, 200), st.integers(1, 30), st.sampled_from(MODES))
def test_pages_are_chained_both_ways(count: int, size: int, mode: Mode) -> None:
    """From the front, `older` visits every page, and `newer` leads back."""
    pages = numbered(paginate(keys(count), size, mode))
    number, seen = 0, [0]
    while (older := pages[number].older) is not None:
        assert pages[older].newer == number
        number = older
        seen.append(number)
    assert sorted(seen) == sorted(pages)
    assert pages[0].newer is None


@given(st.integers(0, 200), st.integers(1, 30))
def test_a_new_item_changes_two_pages_at_most(count: int, size: int) -> None:
    """Under stable pagination a post changes the front and at most the link of one page; the items of no other page move."""
    before, after = numbered(paginate(keys(count), size)), numbered(paginate(keys(count + 1), size))
    assert before.keys() <= after.keys()
    assert len(after) - len(before) <= 1
    assert sum(before[number] != after[number] for number in before) <= 2
    assert all(before[number].items == after[number].items for number in before if number)


def test_urls_of_pages() -> None:
    """The front is the list's own URL."""
    assert [page_url("/tags/a/", number) for number in (0, 2)] == ["/tags/a/", "/tags/a/page/2/"]
