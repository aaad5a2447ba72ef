"""Names and paths that this computer can hold, and others cannot: of readers who copy the site, of a collaborator, or of a host."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wol import paths
from wol.check.site_inspection import SiteInspection
from wol.errors import Span
from wol.model.inspection import Finding
from wol.model.slugs import RESERVED

ENCRYPTED_NAME = 143
"""Bytes of the longest name on eCryptfs, as encrypted home folders have it."""

MAC_PATH = 1_023
"""Bytes of the longest path on macOS."""

WINDOWS_PATH = 240
"""UTF-16 units of the longest path that leaves Windows a little room for the folder around it (260 are all)."""

_RESERVED = re.compile(r'[<>:"|?*]')


def portable(inspection: SiteInspection) -> Iterator[Finding]:
    """Report each file of the site that some file system or host refuses, once for each folder that is to blame."""
    reported: set[str] = set()
    for path, target in inspection.built.targets.items():
        problem_of_path = problem(path)
        if problem_of_path is None or problem_of_path[0] in reported:
            continue
        reported.add(problem_of_path[0])
        origin = target.origin if "`" not in target.origin else ""
        message = f"`{_cut(paths.url_path(path))}` {problem_of_path[1]}"
        yield Finding("check-path", message, path, span=Span(origin) if origin else None, names=(path, paths.url_path(path)))


def problem(path: str) -> tuple[str, str] | None:
    """Return what is wrong with an output path elsewhere, and up to where in it; None where every system can hold it."""
    if path.isascii() and len(path) <= ENCRYPTED_NAME and _PLAIN.fullmatch(path):
        return None
    at = ""
    for part in path.split("/"):
        at = f"{at}/{part}"
        if wrong := _part(part):
            return at, wrong
    units = len(path.encode("utf-16-le", "surrogatepass")) // 2
    if len(path.encode("utf-8", "surrogatepass")) > MAC_PATH:
        return path, f"is a path of over {MAC_PATH:,} bytes, which macOS cannot hold"
    if units > WINDOWS_PATH:
        return path, f"is a path of {units:,} characters; Windows allows 260 for it and the folder around it"
    return None


_PLAIN = re.compile(r"(?:[a-z0-9_-]{5,}/)*index\.html")
"""Paths about which nothing has to be asked: most are of this form, and no name in them is one of Windows' devices."""


def _part(part: str) -> str:
    if found := _RESERVED.search(part):
        return f"has `{found[0]}` in it, which Windows, exFAT and some hosts refuse"
    if "#" in part:
        return "has `#` in it, which some hosts refuse"
    if part.endswith((".", " ")):
        return f"has a part that ends in a {'point' if part.endswith('.') else 'space'}, which Windows drops"
    if part.partition(".")[0].rstrip(" ").casefold() in RESERVED:
        return f"has the part `{part}`, which is a device on Windows"
    size = len(part.encode("utf-8", "surrogatepass"))
    if size > ENCRYPTED_NAME:
        return f"has a part of {size} bytes; encrypted home folders of Linux allow {ENCRYPTED_NAME}"
    return ""


def _cut(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:117]}…"
