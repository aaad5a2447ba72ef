"""URLs of items: patterns with tokens, and paths that are typed in front matter (authoring format, section 4)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import unquote

from wol import paths

MAX_SEGMENT = 255
"""Longest part of a path in bytes, as file systems have it."""

_TOKEN = re.compile(r":([A-Za-z_]+)")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@lru_cache(maxsize=64)
def _segments(pattern: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((segment, tuple(_TOKEN.findall(segment))) for segment in pattern.strip("/").split("/"))


def expand(pattern: str, values: Mapping[str, str]) -> str:
    """Fill in a URL pattern; a segment with a token that has no value is dropped. Ends in `/` or `.html`."""
    filled = []
    for segment, tokens in _segments(pattern):
        if tokens:
            if not all(values.get(token) for token in tokens):
                continue
            segment = _TOKEN.sub(lambda found: values[found[1]], segment)
        if segment:
            filled.append(segment)
    if not filled:
        return "/"
    path = "/" + "/".join(filled)
    return path if path.endswith(".html") and not pattern.endswith("/") else path + "/"


NO_PAGE = "is the address of a file, and programs that request it do not follow a redirect page"
"""Why a redirect there is of no use, for a sentence."""


def typed_path(typed: str, *, page: bool) -> tuple[str, str]:
    """Make a URL path of one that was typed, and say what is wrong with it, as in "has a backslash".

    A path copied from a browser is decoded; a missing slash at the start, or at the end of a name without a dot, is added.
    `page`: it is the address of a page, which ends in `/` (added to `/v1.2`) or `.html`; else it may end in anything.
    """
    text = typed.strip()
    if _SCHEME.match(text):
        return "", "is a whole address, not a path from the root"
    path = unicodedata.normalize("NFC", unquote(text, errors="surrogateescape"))
    if not path.startswith("/"):
        path = "/" + path
    if problem := path_problem(path):
        return "", problem
    if path.endswith("/index.html"):
        path = path.removesuffix("index.html")
    last = path.rpartition("/")[2]
    if last and "." not in last:
        path += "/"
    elif page and last and not last.endswith(".html"):
        if paths.is_file_of_data(path) or last.endswith((".", " ")):
            return "", "ends in neither `/` nor `.html`"
        path += "/"
    return path, ""


def path_problem(path: str) -> str:
    """Say what is wrong with a decoded path from the root, or nothing where it is good."""
    if "\\" in path:
        return "has a backslash in it"
    if _CONTROL.search(path):
        return "has control characters in it, or is not UTF-8"
    if "?" in path or "#" in path:
        return "has a `?` or `#` in it, which no file can answer to"
    segments = path[1:].split("/")
    if segments[-1] == "":
        segments.pop()
    if "" in segments:
        return "has an empty segment, `//`"
    if "." in segments or ".." in segments:
        return "has a segment `.` or `..`"
    if kept := next((segment for segment in segments if paths.is_kept_back(segment)), ""):
        return f"has a segment `{kept}`, where git or wol keep their own files"
    if any(len(segment.encode()) > MAX_SEGMENT for segment in segments):
        return f"has a segment of more than {MAX_SEGMENT} bytes"
    return ""


def same_place(url: str) -> str:
    """Give the form by which two URL paths are one place: NFC, case folded, and `/a` = `/a/` = `/a/index.html`."""
    return ("/" + paths.fold(url).strip("/")).removesuffix("/index.html") or "/"
