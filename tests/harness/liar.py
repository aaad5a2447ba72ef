"""A plugin that declares false columns: its table is made of titles, and it says that it reads none."""

from __future__ import annotations

from collections.abc import Mapping

from wol.api import Config, Feature, SiteInput, hook


class Liar(Feature):
    """A table that would go stale."""

    name = "liar"
    provides = ("lies",)

    def tables(self, site: SiteInput) -> Mapping[str, Mapping[str, object]]:
        return {"lies": dict(site.column("title"))}


@hook
def wol_features(config: Config) -> list[Feature]:
    """Give the feature."""
    return [Liar()]
