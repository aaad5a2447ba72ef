"""Addresses as HTML and feeds have them: percent-encoded, with the path of `base_url`, or absolute (RFC 3986)."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from wol import paths

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_PATH = re.compile(r"[^?#]*", re.DOTALL)
_ENCODED = re.compile(r"[\w/~!$&'()*+,;=:@.?#\[\]-]*", re.ASCII)
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SAFE = "/~!$&'()*+,;=:@-._%?[]"


class Href(str):
    """A URL that is ready for HTML: encoded, and with the path of `base_url` if it is one of this site."""

    __slots__ = ()


class Addresses:
    """Makes addresses for one `base_url` (absolute, without a slash at its end)."""

    def __init__(self, base_url: str) -> None:
        parts = urlsplit(base_url)
        self.base_path = encode_typed(parts.path.rstrip("/"))
        self.scheme = parts.scheme
        self.origin = f"{parts.scheme}://{paths.ascii_host(parts.netloc)}"
        self._hrefs: dict[str, Href] = {}
        self._absolute: dict[str, Href] = {}

    def href(self, url: str) -> Href:
        """Make a URL path of the model ready for HTML; absolute URLs, fragments and what is ready already stay."""
        if type(url) is Href:
            return url
        found = self._hrefs.get(url)
        if found is None:
            rooted = url.startswith("/") and not url.startswith("//")
            found = self._hrefs[url] = Href(self.base_path + paths.encode(url) if rooted else encode_typed(url))
        return found

    def typed(self, url: str, *, has_base: bool = False) -> Href:
        """Make ready what a writer typed: it may be encoded already, and have a query and a fragment; `has_base`: it has the path of `base_url` too."""
        if type(url) is Href:
            return url
        rooted = url.startswith("/") and not url.startswith("//") and not has_base
        return Href((self.base_path if rooted else "") + encode_typed(url))

    def carries_base(self, url: str) -> bool:
        """Whether a typed URL path begins with the path of `base_url`."""
        return bool(self.base_path) and f"{encode_typed(url.rstrip('/'))}/".startswith(f"{self.base_path}/")

    def absolute(self, url: str) -> Href:
        """Make a URL path absolute; absolute URLs stay, a relative one is taken from the root."""
        found = self._absolute.get(url)
        if found is None:
            found = self._absolute[url] = self._absolutely(self.href(url))
        return found

    def _absolutely(self, href: Href) -> Href:
        if href.startswith("//"):
            return Href(f"{self.scheme}:{href}")
        if href.startswith("/"):
            return Href(self.origin + href)
        if _SCHEME.match(href):
            return href
        return Href(f"{self.origin}{self.base_path}/{href}")


def is_absolute(url: str) -> bool:
    """Whether a URL names its host or scheme."""
    return url.startswith("//") or _SCHEME.match(url) is not None


def encode_typed(url: str) -> str:
    """Percent-encode what a writer typed; what is encoded already stays."""
    if _ENCODED.fullmatch(url):
        return url
    head, sign, fragment = url.partition("#")
    return quote(_LONE_PERCENT.sub("%25", head), safe=_SAFE) + sign + quote(_LONE_PERCENT.sub("%25", fragment), safe=_SAFE)


def encode_fragment(fragment: str) -> str:
    """Give a decoded fragment with its `#`, encoded; nothing for none."""
    return "#" + quote(fragment, safe="/~!$&'()*+,;=:@-._?") if fragment else ""


def split_typed(url: str) -> tuple[str, str]:
    """Cut a typed reference into its path, and its query and fragment, encoded."""
    found = _PATH.match(url)
    path = found[0] if found else ""
    return path, encode_typed(url[len(path) :])
