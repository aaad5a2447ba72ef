"""Functions of features, given as they are or by import string, so that what a feature does is not imported before it is used."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

Function = Callable[..., Any] | str
"""A function, or where it is: `package.module:name`."""


def function(reference: Function) -> Callable[..., Any]:
    """Return the function that a feature names; raises ImportError or AttributeError where an import string leads nowhere."""
    return _imported(reference) if isinstance(reference, str) else reference


@cache
def _imported(reference: str) -> Callable[..., Any]:
    module, _, name = reference.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found
