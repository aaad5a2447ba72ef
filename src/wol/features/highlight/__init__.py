"""`code.css`: the colours of highlighted code, of the Pygments styles that `[code]` names, for light and dark pages."""

from __future__ import annotations

from wol.model.feature import Feature
from wol.model.settings_table import SettingsTable
from wol.model.step import Step

feature = Feature(
    name="highlight",
    description="The colours of highlighted code; a theme's own `code.css` takes their place.",
    switchable=False,
    settings={
        "code": SettingsTable(
            kind="wol.features.highlight.own_settings:CodeConfig",
            description="Highlighting.",
            check="wol.features.highlight.own_settings:check",
        )
    },
    steps=(Step(name="file", make="wol.features.highlight.stylesheet:plan", needs=frozenset({"assets", "asset_files"}), plans=True),),
    kinds={"code.css": "wol.features.highlight.stylesheet:render"},
    assets="wol.features.highlight.stylesheet:digests",
)
