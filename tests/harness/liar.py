"""A plugin that declares false columns: its table is made of titles, and it says that it reads none."""

from __future__ import annotations

from wol.api import Config, Feature, Made, SiteInput, Step, hook


def _lie(site: SiteInput) -> Made:
    """`lies`: a table that would go stale."""
    return Made({"lies": dict(site.column("title"))})


@hook
def wol_features(config: Config) -> list[Feature]:
    """Give the feature."""
    return [Feature(name="liar", steps=(Step(name="lies", make=_lie, provides=("lies",)),))]
