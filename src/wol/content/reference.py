"""Reading a reference as it was typed, in a source or in `site.toml`: what it names in the content folder, and as a URL path (authoring format, 5.2)."""

from __future__ import annotations

import re
from urllib.parse import unquote

from wol import paths
from wol.model.item import Link

_ABOVE = re.compile(r"(?:\.\./)*(?:\.\.\Z)?")
"""Steps above the content folder: browsers end them at the root, and so do we."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:|//")


def is_external(raw: str) -> bool:
    """Whether a reference names its scheme or host, so that it leads out of the site."""
    return _SCHEME.match(raw) is not None


def read_reference(raw: str, folder: str = "", use: str = "link", line: int = 0) -> Link | None:
    """Read a reference that is relative to a content folder; None if it is external or empty, or has a query alone.

    A link without `path` and `url` is inside its page (`#part`). Steps above the content folder end there, as those of a URL end at its root.
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
        path = _ABOVE.sub("", paths.join(folder, path))
        if path in ("", "."):
            path, url = "", "/"
    return Link(use, raw, path, url, query, fragment, line)
