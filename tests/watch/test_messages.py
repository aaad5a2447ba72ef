"""What the two processes say to each other, over a line that cuts where it likes."""

from __future__ import annotations

import pytest

from wol.errors import diagnostic
from wol.watch.messages import (
    Build,
    BuildFailed,
    BuildSucceeded,
    Frames,
    PagesRendered,
    Progress,
    QuotedDiagnostic,
    SupervisorMessage,
    ViewedPages,
    WatchedFolder,
    WatchedPaths,
    WorkerMessage,
    frame,
)

FINDING = QuotedDiagnostic(diagnostic("date-invalid", "`soon` is not a date", "content/a.md", 3, 7), "date: soon")
ROOTS = WatchedPaths((WatchedFolder("/s/content", "content"),), ("/s/site.toml",))
NEWS: list[WorkerMessage] = [
    Progress("read", 1, 2),
    PagesRendered({"a/index.html": "/s/.wol/stage/1"}),
    BuildSucceeded("/s/public", "https://example.org", 3, 2, ("a",), ("b",), (FINDING,), 1_700_000_000_000_000, 0.5, ROOTS),
    BuildFailed((FINDING,), 0.1, ROOTS),
]


@pytest.mark.parametrize("size", [1, 3, 7, 1 << 16])
def test_messages_survive_any_cut(size: int) -> None:
    """They come out as they went in, whatever the pieces are."""
    data, frames, found = b"".join([frame(news) for news in NEWS]), Frames(WorkerMessage), list[WorkerMessage]()
    for start in range(0, len(data), size):
        found += frames.feed(data[start : start + size])
    assert found == NEWS


def test_orders() -> None:
    """The other way too."""
    orders: list[SupervisorMessage] = [Build("/s", preview=True, origin="http://127.0.0.1:8000"), ViewedPages(("a/index.html",))]
    assert list(Frames(SupervisorMessage).feed(b"".join([frame(order) for order in orders]))) == orders
