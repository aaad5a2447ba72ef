"""The codes of wol and of its own features, whatever plugins a process has met."""

from __future__ import annotations

from wol import codes
from wol.features.registry import declared

CODES = {
    **{name: codes.CODES[name] for name in sorted(codes.OWN)},
    **{name: code for feature in declared() for name, code in feature.codes.items()},
}
