"""Reading a reference as it was typed, in a source or in `site.toml`: what it names in the content folder, and as a URL path (authoring format, 5.2)."""

from __future__ import annotations

import re
from urllib.parse import unquote

from wol import paths
from wol.model.item import Link

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:|//")


def is_external(raw: str) -> bool:
    """Whether a reference names its scheme or host, so that it leads out of the site."""
    return _SCHEME.match(raw) is not None


def read_reference(raw: str, folder: str = "", use: str = "link", line: int = 0) -> Link | None:
    """Read a reference that is relative to a content folder; None if it is external or empty, or has a query alone.

    A link without `path` and `url` is inside its page (`#part`), or leads out of the content folder and is a URL path as typed.
    """
    if not raw or is_external(raw):
        return None
    head, _, fragment = raw.partition("#")
    path, _, query = head.partition("?")
    fragment = unquote(fragment)
    if not path:
        return Link(use, raw, fragment=fragment, line=line) if fragment and not query else None
    path = unquote(path)
    url = ""
    if path.startswith("/"):
        whole = "/" + paths.join("/", path).lstrip("/")
        url = whole + "/" if path.endswith("/") and whole != "/" else whole
        path = whole[1:]
    else:
        path = paths.join(folder, path)
        if path == ".." or path.startswith("../"):
            return Link(use, raw, query=query, fragment=fragment, line=line)
        if path == ".":
            path, url = "", "/"
    return Link(use, raw, path, url, query, fragment, line)
