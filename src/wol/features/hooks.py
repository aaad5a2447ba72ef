"""The hooks of plugins, as pluggy checks them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pluggy

from wol.model.config import Config
from wol.model.feature import Feature

_spec = pluggy.HookspecMarker("wol")


class Hooks:
    """What a plugin may implement, with the marker `wol.api.hook`."""

    @_spec
    def wol_features(self, config: Config) -> list[Feature]:  # type: ignore[empty-body]  # pluggy reads the signature alone
        """Give the features that the plugin adds to this site."""

    @_spec
    def wol_targets(self, config: Config) -> dict[str, Callable[[Any], Any]]:  # type: ignore[empty-body]  # as above
        """Give the types of deploy targets that the plugin adds: name to what makes one of a `wol.api.TargetContext`."""


def manager() -> pluggy.PluginManager:
    """Make a plugin manager that knows the hooks."""
    made = pluggy.PluginManager("wol")
    made.add_hookspecs(Hooks)
    return made
