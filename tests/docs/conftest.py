"""wol's own site, built once from a copy of its sources."""

from __future__ import annotations

import shutil

import pytest

from harness.crawl import crawl
from harness.guides import LATE, ROOT, Own
from harness.site import Site


@pytest.fixture(scope="session")
def own(tmp_path_factory: pytest.TempPathFactory) -> Own:
    """Build wol's own site in a folder of its own."""
    root = tmp_path_factory.mktemp("own") / "site"
    root.mkdir()
    for name in ("content", "themes", "static"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "site.toml", root)
    site = Site.at(root)
    report = site.build(jobs=1, at=LATE)
    return Own(site, report, crawl(site.output))
