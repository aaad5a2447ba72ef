"""wol's own site, built once from a copy of its sources."""

from __future__ import annotations

import pytest

from harness.crawl import crawl
from harness.guides import LATE, OWN, ROOT, Own
from harness.site import Site


@pytest.fixture(scope="session")
def own(tmp_path_factory: pytest.TempPathFactory) -> Own:
    """Build wol's own site in a folder of its own."""
    site = Site.of(ROOT, tmp_path_factory.mktemp("own") / "site", only=OWN)
    report = site.build(jobs=1, at=LATE)
    return Own(site, report, crawl(site.output))
