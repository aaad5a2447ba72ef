"""What is published of a file: the same picture without what it says of its maker, by the form of its bytes and not by its name."""

from __future__ import annotations

import re
from typing import NamedTuple

from wol.images import gif, jpeg, png, webp
from wol.images.location import has_location, may_have_location
from wol.images.stripped import Stripped

_METADATA = re.compile(rb"Exif\0|eXIf|EXIF|http://ns\.adobe\.com/xap/|Raw profile type|XMP DataXMP|Photoshop 3\.0")
"""What EXIF, XMP and IPTC begin with, in all four forms."""


class Published(NamedTuple):
    """The bytes that are published; `located` is true if they tell where they were made, or, where `damaged` is true, may do so.

    A damaged picture is one of which a part could not be read, and stayed as it was.
    """

    data: bytes
    located: bool = False
    damaged: bool = False


def publish(data: bytes, name: str) -> Published:
    """Return what is published of a file. JPEG, PNG, WebP and GIF lose what is not the picture; all others stay as they are, and are searched."""
    stripped = strip(data)
    if stripped is None:
        return Published(data, has_location(data, name) or (_is_picture(name) and may_have_location(data)))
    return Published(stripped.data, not stripped.known and _METADATA.search(stripped.data) is not None, not stripped.known)


def strip(data: bytes) -> Stripped | None:
    """Strip a picture of one of the four forms; None for all other bytes."""
    if data.startswith(jpeg.START):
        return jpeg.strip(data)
    if data.startswith(png.START):
        return png.strip(data)
    if data.startswith(gif.STARTS):
        return gif.strip(data)
    if webp.is_webp(data):
        return webp.strip(data)
    return None


def _is_picture(name: str) -> bool:
    """Whether a name promises one of the four forms, though the bytes have another one, or none."""
    return name.lower().endswith((".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".apng", ".webp", ".gif"))
