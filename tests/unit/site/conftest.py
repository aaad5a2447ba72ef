"""Made-up items and sites."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from harness.assembled import Assembled, SiteFiles, assemble
from harness.items import post
from harness.settings import settings
from wol.model.config import Config
from wol.model.item import Link, Moment, Summary
from wol.model.site import Visibility

NOW = 1_000_000_000


@pytest.fixture
def config() -> Callable[..., Config]:
    """Make settings: tables of `Config` as keywords."""
    return settings


@pytest.fixture
def item() -> Callable[..., Summary]:
    """Make an item of a key; `date` is seconds before now, `tags` its tags, `to` the content paths that it links to."""

    def make(key: str, *, date: int | None = 60, to: tuple[str, ...] = (), **fields: Any) -> Summary:
        moment = None if date is None else Moment(NOW - date * 1_000_000, "1970-01-01T00:00:00+00:00")
        links = tuple(Link("link", path, path, line=number + 5) for number, path in enumerate(to))
        return post(key, **{"date": moment, "links": links, **fields})

    return make


@pytest.fixture
def build(config: Callable[..., Config]) -> Callable[..., Assembled]:
    """Assemble items; `attachments` are content paths, all else as in `assemble`."""

    def make(
        *items: Summary, settings: Config | None = None, visibility: Visibility | None = None, attachments: tuple[str, ...] = ()
    ) -> Assembled:
        files = SiteFiles(attachments={path: f"digest of {path}" for path in attachments})
        return assemble(settings or config(), items, visibility or Visibility(), NOW, files)

    return make
