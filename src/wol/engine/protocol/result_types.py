"""What the functions of features give, held to the types that the protocol promises: a wrong one is named where it comes in, not where it hurts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from wol.engine.protocol.type_checks import several, shown, text_keys
from wol.errors import Diagnostic
from wol.model.inspection import Finding
from wol.model.step import Made
from wol.model.target import File, Target

_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")


def plain(value: object) -> Any:
    """Check what a command returns, and return it as plain data; raises TypeError for what is none."""
    return msgspec.json.decode(msgspec.json.encode(list(value) if isinstance(value, Iterator) else value))


def text_map(found: object) -> Mapping[str, str]:
    """Check a mapping of texts to texts, as `sources` and `assets` give; raises TypeError."""
    given = text_keys(found, "what it gives")
    for key, value in given.items():
        if not isinstance(value, str):
            raise TypeError(f"it gives {shown(value)} for `{key}`, where a text belongs")
        value.encode()
    return given


def made(found: object) -> Made:
    """Check what a step has made; raises TypeError, ValueError or OverflowError."""
    if not isinstance(found, Made):
        raise TypeError(f"it gives {shown(found)}, where a `Made` belongs")
    for name, table in text_keys(found.tables, "`tables`").items():
        msgspec.msgpack.encode(dict(text_keys(table, f"the table `{name}`")))
    for key, moment in text_keys(found.moments, "`moments`").items():
        if not isinstance(moment, int):
            raise TypeError(f"it gives {shown(moment)} as the moment of `{key}`, where a number of microseconds belongs")
    return Made(found.tables, _targets(found.targets), _diagnostics(found.diagnostics), found.moments)


def _targets(found: object) -> tuple[Target, ...]:
    given = tuple(several(found, "`targets`"))
    for target in given:
        if not isinstance(target, Target):
            raise TypeError(f"it gives {shown(target)}, where a `Target` belongs")
        plain = msgspec.structs.replace(target, role="")  # what it may be has an error of its own
        msgspec.msgpack.decode(msgspec.msgpack.encode(plain), type=Target)
    return given


def _diagnostics(found: object) -> tuple[Diagnostic, ...]:
    given = tuple(several(found, "`diagnostics`"))
    for one in given:
        if not isinstance(one, Diagnostic):
            raise TypeError(f"it gives {shown(one)}, where a `Diagnostic` belongs")
        msgspec.msgpack.decode(msgspec.msgpack.encode(one), type=Diagnostic)
    return given


def findings(value: object) -> tuple[Finding, ...]:
    """Check what a rule of `wol check` returns, and all that it yields; raises TypeError."""
    given = tuple(several(value, "what it gives"))
    for one in given:
        if not isinstance(one, Finding):
            raise TypeError(f"it gives {shown(one)}, where a `Finding` belongs")
        msgspec.convert(msgspec.to_builtins(one), Finding)
        if not _CODE.fullmatch(one.code):
            raise TypeError(f"it gives the code `{one.code}`, where one such as `recipes-empty` belongs")
    return given


def artifact(found: object) -> bytes | File:
    """Check the bytes of a target; raises TypeError."""
    if isinstance(found, str):
        raise TypeError("it gives a text, where bytes belong; write `.encode()` behind it")
    if not isinstance(found, (bytes, File)):
        raise TypeError(f"it gives {shown(found)}, where bytes belong")
    return found


def target_types(found: object) -> Mapping[str, Callable[[Any], Any]]:
    """Check the types of deploy targets; raises TypeError."""
    given = text_keys(found, "`wol_targets`")
    for key, made in given.items():
        if not callable(made):
            raise TypeError(f"`wol_targets` gives {shown(made)} for `{key}`, where a function belongs")
    return given
