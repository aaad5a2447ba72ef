"""What stripping a file returns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Stripped(NamedTuple):
    """A file without its metadata; `known` is false if a part of it could not be read and was kept."""

    data: bytes
    known: bool = True


def without(data: bytes, kept: Sequence[tuple[int, int] | bytes]) -> Stripped:
    """Join the ranges to keep and the bytes that replace others; unchanged data is not copied."""
    view = memoryview(data)
    pieces = [piece if isinstance(piece, bytes) else view[piece[0] : piece[1]] for piece in kept]
    size = sum(map(len, pieces))
    if size == len(data):
        at = 0
        for piece in pieces:
            if isinstance(piece, bytes) and view[at : at + len(piece)] != piece:
                break
            at += len(piece)
        else:
            return Stripped(data)
    return Stripped(b"".join(pieces))
