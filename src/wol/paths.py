"""Paths inside a site: always relative, with `/`, never outside."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from urllib.parse import quote, unquote, urlsplit

_DATA = re.compile(
    r"\.(?:rss|xml|atom|rdf|json|ics|txt|csv|css|js|pdf|epub|docx?|xlsx?|zip|gz|ico|png|jpe?g|gif|webp|avif|svg|mp[34]|m4a|og[gv]|webm)\Z",
    re.IGNORECASE,
)

_SAFE = "/~!$&'()*+,;=:@-._"

NOT_FOUND = "404.html"
"""What hosts send where there is no file, by its output path."""


def fold(path: str) -> str:
    """Give the form by which two paths count as one: NFC and case folding, as careless file systems see them."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def join(*parts: str) -> str:
    """Join and normalise parts; may begin with `..`, which callers must refuse."""
    return posixpath.normpath(posixpath.join(*parts)) if any(parts) else ""


_GIT = re.compile(r"(?:\.git|git~1)[. ]*(?:[:\\].*)?", re.DOTALL)
_WOL = re.compile(r"\.wol(?:-stage)?[. ]*")
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")


def is_git(segment: str) -> bool:
    """Whether a file system may take a name for `.git`: in any case, with what HFS+ overlooks, or as NTFS shortens and extends it."""
    return bool(_GIT.fullmatch(_UNSEEN.sub("", segment).casefold()))


def is_kept_back(segment: str) -> bool:
    """Whether a name is that of a folder in which git or wol keep their own files."""
    if segment.isascii() and segment[:1] not in ".gG":  # nearly every segment of a site's paths, of which a plan has thousands
        return False
    return bool(is_git(segment) or _WOL.fullmatch(_UNSEEN.sub("", segment).casefold()))


def folder(path: str) -> str:
    """Give the folder of a path, empty for the top."""
    return posixpath.dirname(path)


def encode(path: str) -> str:
    """Percent-encode a path for use in HTML and feeds (RFC 3986); files carry the Unicode name."""
    return quote(path, safe=_SAFE)


def output_path(url: str) -> str:
    """Give the file that a URL path is served from: `/a/` is `a/index.html`, `/a.html` is `a.html`."""
    path = url.lstrip("/")
    return path + "index.html" if not path or path.endswith("/") else path


def is_file_of_data(url: str) -> bool:
    """Whether a URL path is that of what programs read or pages load (`/feed.rss`): a page at its place would be of no use to them."""
    return _DATA.search(url) is not None


def url_path(output: str) -> str:
    """Give the URL path of an output file: the reverse of `output_path`."""
    if output == "index.html" or output.endswith("/index.html"):
        output = output[: -len("index.html")]
    return "/" + output


def ascii_host(netloc: str) -> str:
    """Write an international host, with its port, as DNS has it (IDNA); one that cannot be stays as typed."""
    if netloc.isascii():
        return netloc
    host, colon, port = netloc.partition(":")
    try:
        return host.encode("idna").decode("ascii") + colon + port
    except UnicodeError:
        return netloc


def base_path(base_url: str) -> str:
    """Return the path below which a site is, decoded and without a last slash: `/blog`, or nothing."""
    return unquote(urlsplit(base_url).path).rstrip("/")


def permalink(base_url: str, url: str) -> str:
    """Give the absolute URL of a URL path, encoded; `base_url` as `site.toml` has it."""
    parts = urlsplit(base_url)
    return f"{parts.scheme}://{ascii_host(parts.netloc)}{encode(unquote(parts.path.rstrip('/')))}{encode(url)}"
