"""Whose fault it is if a function of a feature fails: what a plugin raises becomes an error that names it."""

from __future__ import annotations

import signal
from collections.abc import Callable
from typing import Any

from wol.engine.sealed import CorruptCacheError
from wol.errors import WolError, diagnostic
from wol.model.feature import Feature
from wol.model.functions import Function, function


def is_of_plugin(error: BaseException) -> bool:
    """Whether an exception out of a plugin is the plugin's fault: not Ctrl-C, a lack of memory, or what wol itself raises through it.

    Where a handler of signals is set, Ctrl-C is a subclass of KeyboardInterrupt; so one that is just that was raised by hand.
    """
    if isinstance(error, KeyboardInterrupt):
        return type(error) is KeyboardInterrupt and signal.getsignal(signal.SIGINT) is not signal.default_int_handler
    return not isinstance(error, MemoryError) and (isinstance(error, Exception) or not type(error).__module__.startswith("wol."))


def told(error: BaseException) -> str:
    """Return the type of an exception, with its words if it has any."""
    words = str(error).strip()
    return f"{type(error).__name__}: {words}" if words else type(error).__name__


def call(feature: Feature, hook: str, reference: Function, check: Callable[[Any], Any], *arguments: Any) -> Any:
    """Call a function of a feature; what it raises, or gives in another type than `check` allows, becomes an error that names the feature, if it is a plugin's."""
    if not feature.plugin:
        return function(reference)(*arguments)
    try:
        return check(function(reference)(*arguments))
    except (WolError, CorruptCacheError):
        raise
    except BaseException as error:
        if not is_of_plugin(error):
            raise
        message = f"The plugin `{feature.name}` failed in {hook}: {told(error)}"
        raise WolError(diagnostic("plugin-failed", message)) from error
