"""The reference of codes, from the table by which wol itself finds severity and way out."""

from __future__ import annotations

from collections.abc import Iterator

from wol.codes import CODES
from wol.features.registry import declared
from wol.reference.definitions import entry, heading


def lines() -> Iterator[str]:
    """Describe every code, by group."""
    yield (
        "An error stops the build, and nothing of the output changes. A warning does not, unless you build with `--strict`. "
        "Those that begin with `check-` come from [`wol check`](../checking.md), which stops nothing but itself; `leak-found` comes from both, and stops a release build. How both look, and where to read on, is in the guide [when something is wrong](../errors.md)."
    )
    codes = {**CODES, **{name: code for feature in declared() for name, code in feature.codes.items()}}
    for group in dict.fromkeys(code.group for code in codes.values()):
        yield heading(group[0].upper() + group[1:])
        for name, code in sorted(codes.items()):
            if code.group == group:
                yield from entry(name, name, code.severity, code.meaning, f"Way out: {code.way_out}.")
