"""What a plugin's function raises: whether it is the plugin's fault, and how to name it."""

from __future__ import annotations

import signal

MIGRATION = "https://wol.example.org/docs/plugins-2/"
"""The page that says how to bring a plugin from API 1 to API 2."""

MIGRATION_HINT = f"change the plugin as {MIGRATION} describes"


class OldPluginError(Exception):
    """A plugin uses what API 1 had and API 2 has not; the message says what, and what to write."""


class OldClassError(OldPluginError, TypeError):
    """A class of a plugin is built as API 1 had it."""


class OldNameError(OldPluginError, ImportError):
    """A plugin imports a name of API 1."""


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
