"""A session that lives for a working day: many rebuilds, and neither memory nor caches grow with them."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable

import pytest

from harness.once import KNOWN
from harness.onlooker import Onlooker
from harness.site import CONFIG, Site, differences
from wol.engine import page_store
from wol.engine.session import Session
from wol.errors import WolError
from wol.features import registry

pytestmark = pytest.mark.slow

POST = "---\ntitle: {}\ndate: 2026-10-{:02}\ntags: [{}]\n---\n{}\n"
TEMPLATE = "themes/mine/templates/post.html"
SETTLED = 100
"""Rebuilds until all is in memory that stays there."""
SHORT, LONG = 220, 500
GROWTH = 1000
"""Bytes a rebuild that may stay in memory: less than one summary, and far less than one text."""
SMALL = 1 << 14
"""Bytes of caches that are never worth a compaction: fewer than usual, so that there are several in this time."""


def edited(here: Site, number: int) -> bool:
    """Edit what a writer edits, mostly a text; tells whether the site is whole then."""
    title = f"Number {number // 7}"
    here.write("content/posts/p3.md", POST.format(title, 4, f"t{number // 13 % 5}", f"Text {number}. " + "A few words more. " * 40))
    if number % 10 == 0:
        here.write(f"content/posts/new{number % 3}.md", POST.format("New", 20, "new", f"Text {number}."))
    if number % 40 == 30:
        here.write(TEMPLATE, f"{{{{ page.title }}}} {{{{ page.content }}}} {number}")
    here.write("content/posts/p5.md", "---\ntitle: [\n---\n" if number % 25 == 24 else POST.format("Five", 6, "t", "Text."))
    return number % 25 != 24


@pytest.mark.parametrize("rebuilds", [SHORT, pytest.param(LONG, marks=pytest.mark.long)])
def test_memory_and_caches_stay_as_they_are(site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch, rebuilds: int) -> None:
    """After the first rebuilds nothing grows by more than a little, errors included; and the last one is as a build from nothing."""
    files = {f"content/posts/p{n}.md": POST.format(f"Post {n}", n + 1, "t", "Text.") for n in range(12)}
    here = site({**files, TEMPLATE: "{{ page.title }}"}, CONFIG + "[theme]\nuse = ['mine']\n[features]\nfeeds = false\n")
    session = Session(registry.load)
    held: list[int] = []
    monkeypatch.setattr(page_store, "SMALL", SMALL)
    try:
        for number in range(rebuilds):
            if number == SETTLED:
                tracemalloc.start()
            is_whole = edited(here, number)
            try:
                session.build(here.request(preview=True, ahead=Onlooker(("2026/10/p3/index.html",))))
                assert is_whole
            except WolError:
                assert not is_whole
            if tracemalloc.is_tracing() and number % 10 == 0:
                KNOWN.clear()
                gc.collect()
                held.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()
    third = len(held) // 3
    assert max(held[-third:]) - max(held[:third]) < GROWTH * (rebuilds - SETTLED) * 2 // 3, held
    assert sum(map(len, here.files(".wol/store").values())) < 4 * SMALL
    here.write("content/posts/p5.md", POST.format("Five", 6, "t", "Text."))
    session.build(here.request(preview=True))
    last = here.files(".wol/preview")
    here.build(preview=True, clean=True)
    assert not (told := differences(last, here.files(".wol/preview"))), told
