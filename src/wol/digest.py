"""Digests: short names for bytes and values that are the same only if the things are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import BinaryIO

SHORT = 16
"""Hex digits of a digest in file names and keys (64 bits): enough to tell versions of one file apart."""

_PIECE = 1 << 20
"""Bytes of a file that are read at once."""


def of_bytes(data: bytes) -> str:
    """Give the SHA-256 of bytes, as hex."""
    return hashlib.sha256(data).hexdigest()


def of_file(file: BinaryIO) -> tuple[str, int]:
    """Give the SHA-256 of the rest of an open file, as hex, and the number of its bytes; a film is never held in memory as a whole."""
    data = file.read(_PIECE)
    made, size = hashlib.sha256(data), len(data)
    while len(data) == _PIECE:
        data = file.read(_PIECE)
        made.update(data)
        size += len(data)
    return made.hexdigest(), size


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
