"""From the path that a client asks for to the file that answers it, as static hosts do it. Pure; nothing that is typed reaches a file system.

A path answers only if the build owns it: what is compared are names of the plan, so there is nothing to climb out of. Escapes are
decoded once (RFC 3986, 2.4), and what is no UTF-8 then is malformed.
"""

from __future__ import annotations

import re
from collections.abc import Container
from urllib.parse import unquote_to_bytes

import msgspec

from wol import paths

WELL_KNOWN = ".well-known"
"""The only folder with a dot that hosts serve (RFC 8615)."""

INDEX = "index.html"

_NO_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_CONTROL = re.compile("[\x00-\x1f\x7f]")


class Asked(msgspec.Struct, frozen=True):
    """A path below the top of the site, decoded: its segments, and whether it ends in a slash (as the top itself does)."""

    segments: tuple[str, ...]
    is_folder: bool

    @property
    def outputs(self) -> tuple[str, ...]:
        """The files of the output that could answer, the likelier first."""
        name = "/".join(self.segments)
        if self.is_folder:
            return (f"{name}/{INDEX}" if name else INDEX,)
        return (name, f"{name}/{INDEX}")


class Found(msgspec.Struct, frozen=True):
    """A file of the output answers."""

    path: str


class Moved(msgspec.Struct, frozen=True):
    """Another path answers: `location` begins with one slash, and is encoded."""

    location: str


class Missing(msgspec.Struct, frozen=True):
    """Nothing is there; `hint` says why, where a writer may wonder."""

    hint: str = ""


class Malformed(msgspec.Struct, frozen=True):
    """This is no path."""

    why: str


def read(target: bytes, base: str) -> Asked | Moved | Missing | Malformed:
    """Read the path of a request (without its query), for a site that lies under `base`."""
    if not target.startswith(b"/"):
        return Malformed("The path does not begin with a slash.")
    if _NO_ESCAPE.search(target):
        return Malformed("The path has a `%` that begins no escape.")
    try:
        segments = [unquote_to_bytes(part).decode("utf-8") for part in target[1:].split(b"/")]
    except UnicodeDecodeError:
        return Malformed("The path is not UTF-8.")
    if any(map(_CONTROL.search, segments)):
        return Malformed("The path has a control character in it.")
    is_folder = segments[-1] == ""
    if is_folder:
        segments.pop()
    if not all(map(_is_plain, segments)):
        return Missing()
    below = base[1:].split("/") if base else []
    if segments[: len(below)] != below:
        return Missing(f"This site lies under {base}/.") if segments else Moved(paths.encode(f"{base}/"))
    if below and segments == below and not is_folder:
        return Moved(paths.encode(f"{base}/"))
    rest = segments[len(below) :]
    if any(part.startswith(".") for part in rest[1:]) or (rest and rest[0].startswith(".") and rest[0] != WELL_KNOWN):
        return Missing()
    return Asked(tuple(rest), is_folder or not rest)


def find(asked: Asked, base: str, owned: Container[str]) -> Found | Moved | Missing:
    """Find what answers among the files of the output."""
    path, *folder = asked.outputs
    if path in owned:
        return Found(path)
    if folder and folder[0] in owned:
        return Moved(paths.encode(f"{base}/{path}/"))
    return Missing()


def url_path(path: str, base: str) -> str:
    """Give the URL path of a file of the output as a browser writes it."""
    return paths.encode(base + paths.url_path(path))


def _is_plain(segment: str) -> bool:
    return segment not in ("", ".", "..") and "/" not in segment and "\\" not in segment
