"""One site, built as a preview once, and one server for all that does not change it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.serve_site import built
from harness.served import Served, served
from harness.site import Site


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site, to be read only."""
    return built(tmp_path_factory.mktemp("served") / "site")


@pytest.fixture(scope="session")
def here(root: Path) -> Iterator[Served]:
    """A server of that site, after its first build."""
    with served(root) as one:
        one.built()
        yield one


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Served]:
    """A server of a small site of its own; the first build has not ended."""
    root = tmp_path / "site"
    site = Site(root, {"content/about.md": "About", "content/posts/a.md": "---\ntitle: A\ndate: 2026-01-01\n---\nText"})
    site.build(preview=True, base_url="http://127.0.0.1:8000")
    with served(root, editor="vscode") as one:
        yield one
