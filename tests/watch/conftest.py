"""Sites that are watched, by events and by polling."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from harness.site import CONFIG, Site
from harness.watched import Watched, watched
from wol.watch import events

POST = "---\ntitle: {}\ndate: 2026-11-02\n---\n{}\n"


@pytest.fixture(scope="module", params=["events", "polling"])
def here(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """A site that is watched by one process for all tests of a module."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(events, "POLL", 0.1)
        root = tmp_path_factory.mktemp("watched") / "site"
        Site(root, {"content/posts/a.md": POST.format("A", "first"), "content/about.md": "About\n", "static/s.txt": "s1"}, CONFIG)
        with watched(root, poll=request.param == "polling") as found:
            yield found
        assert not found.overlapping
