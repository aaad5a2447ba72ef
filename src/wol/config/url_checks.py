"""Addresses in the settings: `base_url`, other URLs, URL paths, folders. Each function says in a sentence what is wrong."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from wol import paths

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_LABEL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?")
_BLANK = re.compile(r"[\s\x00-\x1f\x7f]")


def base_url(text: str) -> str:
    """Return `base_url` as the rest of wol has it: absolute, without a slash at its end, host and path as typed.

    Raises ValueError with a sentence that goes on after the name of the setting ("has no scheme").
    """
    url = text.strip()
    if _BLANK.search(url):
        raise ValueError("has a space or a line break in it")
    if "\\" in url:
        raise ValueError("has a backslash in it; addresses have `/`")
    try:
        parts = urlsplit(url)
        port_wrong = parts.port == 0
    except ValueError:
        port_wrong, parts = True, urlsplit("")
    if "://" not in url or not _SCHEME.match(url):
        raise ValueError("has no scheme; write it with `https://` in front")
    if url.split(":", 1)[0].lower() not in ("http", "https"):
        raise ValueError(f"has the scheme `{url.split(':', 1)[0]}`; it must be `https` or `http`")
    if port_wrong:
        raise ValueError("has no valid host and port")
    if not parts.hostname:
        raise ValueError("has no host")
    if "@" in parts.netloc:
        raise ValueError("has a user name in it, which would be published")
    if problem := host_problem(parts.hostname):
        raise ValueError(problem)
    if "?" in url or "#" in url:
        raise ValueError("has a query (`?`) or a fragment (`#`)")
    path = parts.path.rstrip("/")
    if "//" in path or any(unquote(part) in (".", "..") for part in path.split("/")):
        raise ValueError("has an empty segment, `.` or `..` in its path")
    return url.rstrip("/")


def host_problem(host: str) -> str:
    """Return what is wrong with the name of a host, international names as typed; empty if it is valid."""
    if ":" in host:
        import ipaddress

        try:
            ipaddress.IPv6Address(host)
        except ValueError:
            return f"has `{host}` as its host, which is no address"
        return ""
    try:
        name = host.encode("idna").decode("ascii")
    except UnicodeError:
        return f"has `{host}` as its host, which is no valid name"
    if not name or not all(_LABEL.fullmatch(label) for label in name.split(".")):
        return f"has `{host}` as its host, which is no valid name"
    return ""


def is_url(text: str) -> bool:
    """Return whether a text is a whole http(s) address."""
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not _BLANK.search(text)
    except ValueError:
        return False


def is_scheduler(text: str) -> bool:
    """Return whether a text is the address of a Dask scheduler: `dask://HOST:PORT` and nothing more."""
    scheme, _, place = text.partition("://")
    host, _, port = place.rpartition(":")
    bare = host[1:-1] if host.startswith("[") and host.endswith("]") else host
    if scheme != "dask" or (":" in host and bare == host) or host_problem(bare):
        return False
    return port.isascii() and port.isdigit() and len(port) <= 5 and 0 < int(port) < 65536


def has_scheme(text: str) -> bool:
    """Return whether a text is an address of any scheme, such as `mailto:`."""
    return bool(_SCHEME.match(text)) and not _BLANK.search(text)


def url_path_problem(path: str) -> str:
    """Return what is wrong with a path from the root of the site (`/a/b/`); empty if it is valid."""
    if has_scheme(path):
        return "is a whole address, not a path from the root"
    if not path.startswith("/"):
        return "does not begin with `/`"
    if "\\" in path:
        return "has a backslash in it; paths have `/`"
    if _control(path):
        return "has control characters in it"
    if "?" in path or "#" in path:
        return "has a query (`?`) or a fragment (`#`), which no file can answer to"
    segments = path[1:].split("/")
    if segments[-1] == "":
        segments.pop()
    if "" in segments:
        return "has an empty segment (`//`)"
    if any(unquote(part) in (".", "..") for part in segments):
        return "has `.` or `..` in it"
    if any(len(part.encode("utf-8", "replace")) > 255 for part in segments):
        return "has a segment of more than 255 bytes"
    if kept := next((part for part in segments if paths.is_kept_back(unquote(part))), ""):
        return f"has `{kept}` in it, where git or wol keep their own files"
    return ""


def same_page(path: str) -> str:
    """Return the form by which two URL paths are one place: `/a`, `/a/` and `/a/index.html`, whatever their case."""
    path = paths.fold(unquote(path))
    path = path.removesuffix("index.html") if path.endswith("/index.html") else path
    return path.rstrip("/") or "/"


def folder(text: str) -> str:
    """Return a path below the site's folder in its plain form (`./a/` is `a`); raises ValueError with a sentence ("leads out …")."""
    if not text.strip():
        raise ValueError("is empty")
    if "\\" in text:
        raise ValueError("has a backslash in it; paths have `/`")
    if _control(text):
        raise ValueError("has control characters in it")
    if text.startswith(("/", "~")) or re.match(r"[A-Za-z]:", text):
        raise ValueError("is not relative to `site.toml`")
    path = paths.join(text)
    if path == ".." or path.startswith("../"):
        raise ValueError("leads out of the folder of `site.toml`")
    if path == ".":
        raise ValueError("is the folder of `site.toml` itself")
    return path


def own_folder(path: str) -> bool:
    """Return whether a path lies where git or wol keep their own files."""
    return any(map(paths.is_kept_back, path.split("/")))


def overlap(one: str, other: str) -> bool:
    """Return whether two folders are the same, or one holds the other."""
    return f"{one}/".startswith(f"{other}/") or f"{other}/".startswith(f"{one}/")


def _control(text: str) -> bool:
    return any(ord(char) < 32 or 127 <= ord(char) < 160 for char in text)
