"""Calling the functions of features: what a plugin raises, or returns in the wrong type, becomes an error that names it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wol.engine.cache_files import CorruptCacheError
from wol.errors import WolError, diagnostic
from wol.model.feature import Feature
from wol.model.functions import Function, load_function
from wol.model.plugin_errors import is_of_plugin, told


def call(feature: Feature, hook: str, reference: Function, check: Callable[[Any], Any], *arguments: Any) -> Any:
    """Call a function of a feature; what it raises, or gives in another type than `check` allows, becomes an error that names the feature, if it is a plugin's."""
    if not feature.plugin:
        return load_function(reference)(*arguments)
    try:
        return check(load_function(reference)(*arguments))
    except (WolError, CorruptCacheError):
        raise
    except BaseException as error:
        if not is_of_plugin(error):
            raise
        message = f"The plugin `{feature.name}` failed in {hook}: {told(error)}"
        raise WolError(diagnostic("plugin-failed", message)) from error
