"""Functions of features, given as they are or by import string, so that what a feature does is not imported before it is used."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

Function = Callable[..., Any] | str
"""A function, or where it is: `package.module:name`."""


def load_function(reference: Function) -> Callable[..., Any]:
    """Return the function that a feature names; raises ImportError or AttributeError where an import string leads nowhere."""
    return _imported(reference) if isinstance(reference, str) else reference


@cache
def _imported(reference: str) -> Callable[..., Any]:
    module, _, name = reference.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found


def name_of(function: Function) -> str:
    """Return what a function is called, for messages."""
    return function.rpartition(":")[2] if isinstance(function, str) else str(getattr(function, "__name__", type(function).__name__))


def import_string(function: Function) -> str:
    """Return the import string of a function, so that another process can load it; raises ValueError for one that has no name in its module."""
    if isinstance(function, str):
        return function
    module, name = getattr(function, "__module__", ""), getattr(function, "__name__", "")
    if getattr(sys.modules.get(module), name, None) is not function:
        raise ValueError(f"`{getattr(function, '__qualname__', function)}` is not a function of a module")
    return f"{module}:{name}"
