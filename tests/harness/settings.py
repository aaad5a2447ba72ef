"""Settings in one call, for tests that need less than a site."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from wol.config.declared_tables import class_of
from wol.features import registry
from wol.model.config import Config, SiteConfig

BASE = "https://example.org/blog"


def settings(*, site: Mapping[str, Any] = {}, **tables: Any) -> Config:
    """Return settings: further keys of `[site]`, and other tables by their names in `site.toml`; those of features have their defaults."""
    own = {name: msgspec.to_builtins(tables.pop(name, None) or class_of(table)()) for name, table in registry.tables().items()}
    return Config(site=SiteConfig(**{"title": "A site", "base_url": BASE, **site}), **tables, tables=own)
