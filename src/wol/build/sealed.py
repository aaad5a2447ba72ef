"""Files of caches: MessagePack with a seal, so that what is torn, foreign or from another version counts as absent.

Never pickled: a cache that somebody else prepared can at worst hold wrong text, and the seal tells accidents apart.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TypeVar

import msgspec

from wol import fsio

T = TypeVar("T")

_SEAL = 32


def save(file: Path, magic: bytes, value: object, *, sync: bool = False) -> None:
    """Write a value under a seal, in one step."""
    fsio.replace(file, seal(magic, value), sync=sync)


def seal(magic: bytes, value: object) -> bytes:
    """Encode a value and put the seal of its bytes before it."""
    data = msgspec.msgpack.encode(value)
    return hashlib.sha256(magic + data).digest() + data


def load(file: Path, magic: bytes, kind: type[T]) -> T | None:
    """Read a value back; None if it is absent or its seal, `magic` or shape is another."""
    try:
        found = file.read_bytes()
    except OSError:
        return None
    data = memoryview(found)[_SEAL:]
    if hashlib.sha256(magic + data).digest() != found[:_SEAL]:
        return None
    try:
        return msgspec.msgpack.decode(data, type=kind)
    except (msgspec.DecodeError, msgspec.ValidationError):
        return None
