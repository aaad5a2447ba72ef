"""Digests: short names for bytes and values that are the same only if the things are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

SHORT = 16
"""Hex digits of a digest in file names and keys (64 bits): enough to tell versions of one file apart."""


def of_bytes(data: bytes) -> str:
    """Give the SHA-256 of bytes, as hex."""
    return hashlib.sha256(data).hexdigest()


def of_parts(parts: Iterable[str]) -> str:
    """Give one digest of several texts; where one ends and the next begins counts."""
    h = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        h.update(b"%d:" % len(data))
        h.update(data)
    return h.hexdigest()


def short(digest: str) -> str:
    """Cut a digest to the length used in file names."""
    return digest[:SHORT]
