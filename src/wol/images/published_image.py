"""Prepare a file for publication: strip it if it is a picture of a known format, whatever its name, else search it for a location."""

from __future__ import annotations

import re
from typing import NamedTuple

from wol.images import gif, jpeg, png, webp
from wol.images.location import has_location, may_have_location
from wol.images.stripped import Stripped

_METADATA = re.compile(rb"Exif\0|eXIf|EXIF|http://ns\.adobe\.com/xap/|Raw profile type|XMP DataXMP|Photoshop 3\.0")
"""Signatures of EXIF, XMP and IPTC in the four formats."""


class PublishedImage(NamedTuple):
    """The bytes to publish; `located` means that they contain a location, or, if `damaged` is true, that they may.

    A picture is damaged if a part of it could not be read; that part is kept.
    """

    data: bytes
    located: bool = False
    damaged: bool = False


def publish(data: bytes, name: str) -> PublishedImage:
    """Strip a JPEG, PNG, WebP or GIF; search any other file for a location."""
    stripped = strip(data)
    if stripped is None:
        return PublishedImage(data, has_location(data, name) or (_is_picture(name) and may_have_location(data)))
    return PublishedImage(stripped.data, not stripped.known and _METADATA.search(stripped.data) is not None, not stripped.known)


def strip(data: bytes) -> Stripped | None:
    """Strip a picture of one of the four formats; None for any other bytes."""
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
    """Return whether a name has the extension of one of the four formats."""
    return name.lower().endswith((".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".apng", ".webp", ".gif"))
