"""Checks of single values, for those of declarations and of results; each raises TypeError with a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from wol.model.functions import load_function


def several(found: object, what: str) -> Iterable[Any]:
    """Check that a hook gives a list, and return it."""
    if isinstance(found, (str, bytes, Mapping)) or not isinstance(found, Iterable):
        raise TypeError(f"{what} is {shown(found)}, where a list belongs")
    return found


def check_function(found: object, what: str) -> None:
    """Check a function, or an import string of one."""
    if isinstance(found, str):
        try:
            found = load_function(found)
        except (ImportError, AttributeError, ValueError) as error:
            raise TypeError(f"{what.format(f'`{found}`')}, which cannot be imported: {error}") from error
    if not callable(found):
        raise TypeError(f"{what.format(shown(found))}, where a function belongs")


def check_names(found: object, what: str, example: str) -> None:
    """Check several names."""
    if not isinstance(found, (tuple, list, set, frozenset)) or not all(isinstance(one, str) for one in found):
        raise TypeError(f"{what} is {shown(found)}, where several names belong, such as `({example!r},)`")


def text_keys(found: object, what: str) -> Mapping[str, Any]:
    """Check a mapping whose keys are texts, and return it."""
    if not isinstance(found, Mapping):
        raise TypeError(f"{what} is {shown(found)}, where a dict belongs")
    for key in found:
        if not isinstance(key, str):
            raise TypeError(f"{what} has the key {shown(key)}, where a text belongs")
    return found


def shown(found: object) -> str:
    """Return how a message names a value: itself where it is simple, else its type."""
    return (
        f"`{found!r:.40}`"
        if found is None or isinstance(found, (bool, int, str, float))
        else f"a value of the type `{type(found).__name__}`"
    )
