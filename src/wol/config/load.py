"""From `site.toml` to `Config`: all that is wrong with it at once, each with its line and a way out."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from wol.config.url_checks import base_url
from wol.config.values import dump, restore
from wol.errors import WolError, diagnostic
from wol.model.config import Config

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from wol.config.declared_tables import Tables

__all__ = ["NAME", "base_url", "dump", "find_root", "load", "parse", "read", "restore", "site_zone"]

NAME = "site.toml"


def find_root(start: Path) -> Path:
    """Return the nearest folder, from `start` upward, that holds `site.toml`; raises WolError (config-missing)."""
    start = start.absolute()
    for folder in (start, *start.parents):
        if os.path.isfile(folder / NAME):
            return folder
    raise WolError(diagnostic("config-missing", f"There is no `{NAME}` in `{start}` or in a folder above it"))


def load(root: Path, tables: Tables | None = None) -> Config:
    """Read the settings of the site in a folder; raises WolError with all that is wrong."""
    return parse(read(root), tables=tables)


def read(root: Path) -> bytes:
    """Return the bytes of a site's settings; raises WolError (config-missing, source-unreadable)."""
    try:
        return (root / NAME).read_bytes()
    except FileNotFoundError:
        raise WolError(diagnostic("config-missing", f"There is no `{NAME}` in `{root}`")) from None
    except OSError as error:
        raise WolError(diagnostic("source-unreadable", f"`{NAME}` cannot be read: {error.strerror}", NAME)) from None


def parse(data: bytes, path: str = NAME, features: frozenset[str] | None = None, tables: Tables | None = None) -> Config:
    """Make the settings of the bytes of a file.

    `features` are the names that `[features]` may have; None: they are not checked. `tables` are those that
    wol's own features declare; None: those of features are taken as they are. Where there are plugins, tables that nobody has declared yet are left to
    `wol.config.declared_tables.complete`. Raises WolError with all that is wrong.
    """
    from wol.config.validate import validated

    return msgspec.convert(validated(data, path, features, tables), Config)


def site_zone(root: Path) -> ZoneInfo:
    """Return the zone of a site without checking its settings; UTC where they do not tell it."""
    import tomllib
    from zoneinfo import ZoneInfo

    from wol.config.data import value
    from wol.config.syntax import decode
    from wol.config.value_checks import is_zone

    try:
        name = value(tomllib.loads(decode(read(root))), "site", "timezone")
    except (WolError, ValueError, RecursionError):
        name = None
    return ZoneInfo(name if name and is_zone(name) else "UTC")
