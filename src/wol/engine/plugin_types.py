"""What plugins give, held to the types that `wol.model.feature.Feature` promises: a wrong one is named where it comes in, not where it hurts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from wol.errors import Diagnostic
from wol.model.feature import Feature
from wol.model.target import File, Target


def feature(found: object) -> Feature:
    """Check one feature of a plugin, and all that it declares; raises TypeError with a sentence."""
    if isinstance(found, type):
        raise TypeError(f"`wol_features` gives the class `{found.__name__}`; write `{found.__name__}()`")
    if not isinstance(found, Feature):
        raise TypeError(f"`wol_features` gives {_kind(found)}, where a feature belongs")
    for name in ("name", "version"):
        if not isinstance(getattr(found, name), str) or not getattr(found, name):
            raise TypeError(f"`{name}` of a feature is {_kind(getattr(found, name))}, where a text belongs")
    for name in ("columns", "needs", "provides"):
        given = getattr(found, name)
        if not isinstance(given, (tuple, list, set, frozenset)) or not all(isinstance(one, str) for one in given):
            raise TypeError(
                f"`{name}` of the feature `{found.name}` is {_kind(given)}, where several names belong, such as `({name[:-1]!r},)`"
            )
    for name in ("kinds", "context", "helpers"):
        given = _texts(getattr(found, name), f"`{name}` of the feature `{found.name}`")
        for key, made in given.items():
            if not callable(made):
                raise TypeError(f"`{name}` of the feature `{found.name}` has {_kind(made)} for `{key}`, where a function belongs")
    return found


def several(found: object, hook: str) -> Iterable[Any]:
    """Check that a hook gives a list; raises TypeError."""
    if isinstance(found, (str, bytes, Mapping)) or not isinstance(found, Iterable):
        raise TypeError(f"`{hook}` gives {_kind(found)}, where a list belongs")
    return found


def text_map(found: object) -> Mapping[str, str]:
    """Check a mapping of texts to texts, as `sources` and `assets` give; raises TypeError."""
    given = _texts(found, "what it gives")
    for key, value in given.items():
        if not isinstance(value, str):
            raise TypeError(f"it gives {_kind(value)} for `{key}`, where a text belongs")
        value.encode()
    return given


def tables(found: object) -> Mapping[str, Mapping[str, Any]]:
    """Check tables: names, keys, and values that can be kept; raises TypeError, ValueError or OverflowError."""
    given = _texts(found, "what it gives")
    for name, table in given.items():
        msgspec.msgpack.encode(dict(_texts(table, f"the table `{name}`")))
    return given


def targets(found: object) -> list[Target]:
    """Check targets; raises TypeError, ValueError or OverflowError."""
    given = list(several(found, "targets"))
    for target in given:
        if not isinstance(target, Target):
            raise TypeError(f"it gives {_kind(target)}, where a `Target` belongs")
        plain = msgspec.structs.replace(target, lasting="")  # what it may be has an error of its own
        msgspec.msgpack.decode(msgspec.msgpack.encode(plain), type=Target)
    return given


def diagnostics(found: object) -> list[Diagnostic]:
    """Check findings; raises TypeError or ValueError."""
    given = list(several(found, "check"))
    for one in given:
        if not isinstance(one, Diagnostic):
            raise TypeError(f"it gives {_kind(one)}, where a `Diagnostic` belongs")
        msgspec.msgpack.decode(msgspec.msgpack.encode(one), type=Diagnostic)
    return given


def artifact(found: object) -> bytes | File:
    """Check the bytes of a target; raises TypeError."""
    if isinstance(found, str):
        raise TypeError("it gives a text, where bytes belong; write `.encode()` behind it")
    if not isinstance(found, (bytes, File)):
        raise TypeError(f"it gives {_kind(found)}, where bytes belong")
    return found


def target_types(found: object) -> Mapping[str, Callable[[Any], Any]]:
    """Check the types of deploy targets; raises TypeError."""
    given = _texts(found, "`wol_targets`")
    for key, made in given.items():
        if not callable(made):
            raise TypeError(f"`wol_targets` gives {_kind(made)} for `{key}`, where a function belongs")
    return given


def _texts(found: object, what: str) -> Mapping[str, Any]:
    if not isinstance(found, Mapping):
        raise TypeError(f"{what} is {_kind(found)}, where a dict belongs")
    for key in found:
        if not isinstance(key, str):
            raise TypeError(f"{what} has the key {_kind(key)}, where a text belongs")
    return found


def _kind(found: object) -> str:
    return (
        f"`{found!r:.40}`"
        if found is None or isinstance(found, (bool, int, str, float))
        else f"a value of the type `{type(found).__name__}`"
    )
