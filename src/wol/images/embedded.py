"""Pictures embedded in a text as `data:` URLs (RFC 2397)."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from urllib.parse import quote_from_bytes, unquote_to_bytes

_ADDRESS = re.compile(rb"data:image/[a-z0-9.+-]+[^,\"'<>]{0,64};base64,([A-Za-z0-9+/=%\s&#;]+)", re.IGNORECASE)
_WHOLE = re.compile(r"(data:image/[a-z0-9.+-]+(?:;[^,;]*)*?)(;base64)?,(.*)", re.IGNORECASE | re.DOTALL)


def embedded(text: bytes) -> Iterator[bytes]:
    """Yield the bytes of each picture in a text; skip damaged ones."""
    for found in _ADDRESS.finditer(text):
        picture = decoded(found[1])
        if picture is not None:
            yield picture


def decoded(typed: bytes) -> bytes | None:
    """Decode base64 as browsers do, without white space; None if it is damaged."""
    plain = b"".join(unquote_to_bytes(typed).replace(b"&#10;", b"").split()).rstrip(b"=")
    try:
        return base64.b64decode(plain + b"=" * (-len(plain) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None


def parts(address: str) -> tuple[str, bytes, bool] | None:
    """Split the `data:` URL of a picture into its head, the picture, and whether it is base64; None for any other URL."""
    found = _WHOLE.fullmatch(address.strip())
    if found is None:
        return None
    data = found[3].encode("utf-8", "replace")
    picture = decoded(data) if found[2] else unquote_to_bytes(data)
    return None if picture is None else (found[1], picture, bool(found[2]))


def address(head: str, picture: bytes, *, is_base64: bool) -> str:
    """Write a `data:` URL."""
    return f"{head};base64,{base64.b64encode(picture).decode()}" if is_base64 else f"{head},{quote_from_bytes(picture)}"
