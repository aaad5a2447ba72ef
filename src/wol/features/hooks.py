"""The hooks of plugins, as pluggy checks them."""

from __future__ import annotations

import pluggy

from wol.model.config import Config
from wol.model.feature import Feature

_spec = pluggy.HookspecMarker("wol")


class Hooks:
    """What a plugin may implement, with the marker `wol.api.hook`."""

    @_spec
    def wol_features(self, config: Config) -> list[Feature]:  # type: ignore[empty-body]  # pluggy reads the signature alone
        """Give the features that the plugin adds to this site."""


def manager() -> pluggy.PluginManager:
    """Make a plugin manager that knows the hooks."""
    made = pluggy.PluginManager("wol")
    made.add_hookspecs(Hooks)
    return made
