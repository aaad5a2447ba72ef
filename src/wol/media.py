"""Media types by the ending of a name, the same on every machine: the tables of systems differ (IANA; WHATWG MIME Sniffing)."""

from __future__ import annotations

_TEXTS = {
    "html": "text/html",
    "htm": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "mjs": "text/javascript",
    "txt": "text/plain",
    "text": "text/plain",
    "log": "text/plain",
    "md": "text/markdown",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "ics": "text/calendar",
    "vcf": "text/vcard",
    "vtt": "text/vtt",
    "xml": "application/xml",
    "xsl": "application/xml",
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "opml": "text/x-opml",
    "xhtml": "application/xhtml+xml",
    "svg": "image/svg+xml",
}
"""Types that carry a charset: their bytes are UTF-8, as all that wol writes."""

_OTHERS = {
    "json": "application/json",
    "map": "application/json",
    "jsonld": "application/ld+json",
    "geojson": "application/geo+json",
    "webmanifest": "application/manifest+json",
    "wasm": "application/wasm",
    "pdf": "application/pdf",
    "epub": "application/epub+zip",
    "zip": "application/zip",
    "gz": "application/gzip",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "jxl": "image/jxl",
    "bmp": "image/bmp",
    "ico": "image/vnd.microsoft.icon",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "oga": "audio/ogg",
    "opus": "audio/ogg",
    "flac": "audio/flac",
    "wav": "audio/wav",
    "mp4": "video/mp4",
    "m4v": "video/mp4",
    "mov": "video/quicktime",
    "webm": "video/webm",
    "ogv": "video/ogg",
}

HTML = "text/html; charset=utf-8"
UNKNOWN = "application/octet-stream"

_TYPES = {**{ending: f"{sort}; charset=utf-8" for ending, sort in _TEXTS.items()}, **_OTHERS}

_PARTS = frozenset(
    [
        "css",
        "js",
        "mjs",
        "png",
        "jpg",
        "jpeg",
        "gif",
        "webp",
        "avif",
        "jxl",
        "bmp",
        "svg",
        "ico",
        "woff",
        "woff2",
        "ttf",
        "otf",
        "mp3",
        "m4a",
        "ogg",
        "opus",
        "mp4",
        "webm",
    ]
)


def media_type(path: str) -> str:
    """Give the type of a file, with its charset where it is text."""
    return _TYPES.get(_ending(path), UNKNOWN)


def is_part_of_pages(path: str) -> bool:
    """Whether pages show or run such a file: styles, scripts, images, fonts."""
    return _ending(path) in _PARTS


def _ending(path: str) -> str:
    name = path.rpartition("/")[2]
    return name.rpartition(".")[2].lower() if "." in name else ""
