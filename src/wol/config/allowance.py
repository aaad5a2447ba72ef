"""Which findings an entry of `[check] allow` means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase

from wol.model.config import AllowConfig

NAMED_ONLY = frozenset({"check-output", "leak-found"})
"""Codes that `*` alone does not allow: each such thing must be named."""


IMPLIED: Mapping[str, tuple[str, ...]] = {"check-link": ("link-broken",)}
"""Codes that an entry for another one allows too: a broken link is told by the build and by the check."""


def allows(entry: AllowConfig, code: str, names: Iterable[str]) -> bool:
    """Whether an entry allows a finding, which may be called by any of these names."""
    if (entry.code != code and code not in IMPLIED.get(entry.code, ())) or (entry.path.strip("*/") == "" and code in NAMED_ONLY):
        return False
    return any(fnmatchcase(name, entry.path) for name in names)
