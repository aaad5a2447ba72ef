"""Settings in one call, for tests that need less than a site."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wol.model.config import Config, SiteConfig

BASE = "https://example.org/blog"


def settings(*, site: Mapping[str, Any] = {}, **tables: Any) -> Config:
    """Return settings: further keys of `[site]`, and other tables by their names in `Config`."""
    return Config(site=SiteConfig(**{"title": "A site", "base_url": BASE, **site}), **tables)
