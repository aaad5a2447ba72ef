"""Reading a value as one type: a function for each, which gives None where the value does not fit, and how messages name a value.

Empty values never get here (`is_absent`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import NamedTuple
from unicodedata import normalize

from wol.content.raw import Raw
from wol.model.item import Author

_BLANKS = " \t\n"
_NULLS = frozenset({"null", "Null", "NULL"})
_SWITCH = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}
_BREAK = re.compile(r"[ \t]*\n[ \t\n]*")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s/?#]\S*")
_WEB = re.compile(r"https?://[^\s/?#]\S*", re.IGNORECASE)
NUMBER = re.compile(r"[+-]?[0-9]{1,19}")
_NAME = re.compile(r"[\w.-]+(?:/[\w.-]+)*")
ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_TAG = (  # RFC 5646, without grandfathered tags
    r"[a-z]{2,3}(?:-[a-z]{3}){0,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
    r"(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?"
)


class Reference(str):
    """A reference as typed, and where it is."""

    line: int
    column: int

    def __new__(cls, typed: str, line: int, column: int) -> Reference:
        made = super().__new__(cls, typed)
        made.line, made.column = line, column
        return made


class Image(NamedTuple):
    """A picture: path or URL, its text, and what else a map said."""

    src: str
    alt: str = ""


def is_absent(raw: Raw, *, keep_tilde: bool = False) -> bool:
    """Tell whether a value counts as not given: empty, or null. `keep_tilde`: `~` is text, for types of text."""
    value = raw.value
    if isinstance(value, str):
        if raw.plain:
            return value in _NULLS or (value == "~" and not keep_tilde)
        return not value.strip(_BLANKS)
    return value is None or value == [] or value == {}


def text(raw: Raw) -> str | None:
    """A text in one line: line breaks of folded texts become spaces."""
    found = scalar(raw)
    return found if found is None or "\n" not in found else _BREAK.sub(" ", found)


def scalar(raw: Raw) -> str | None:
    """A text as typed, without blanks around it. TOML's whole numbers are read as text too."""
    value = raw.value
    if isinstance(value, str):
        return value.strip(_BLANKS)
    return str(value) if type(value) is int else None


def markdown(raw: Raw) -> str | None:
    """A text whose line breaks count."""
    value = raw.value
    return value.strip("\n") if isinstance(value, str) else None


def typed(raw: Raw) -> str | None:
    """A single value as a writer types it: a text, a number, `true`; None for lists, maps and dates."""
    value = raw.value
    if isinstance(value, bool):
        return "true" if value else "false"
    return scalar(raw)


def switch(raw: Raw) -> bool | None:
    """Yes or no, in the words of YAML 1.1, in any case."""
    value = raw.value
    if isinstance(value, str):
        return _SWITCH.get(value.strip(_BLANKS).lower())
    return value if isinstance(value, bool) else None


def reason(raw: Raw) -> bool | str | None:
    """Yes, no, or a text that is the reason."""
    found = switch(raw)
    return text(raw) if found is None else found


def name(raw: Raw) -> str | None:
    """The name of a kind or template: letters, digits, `_`, `-`, `.`, and `/` between."""
    found = scalar(raw)
    return found if found and _NAME.fullmatch(found) and ".." not in found else None


def identity(raw: Raw) -> str | None:
    """An id: `[a-z0-9][a-z0-9_-]{0,63}`."""
    found = scalar(raw)
    return found if found and ID.fullmatch(found) else None


def language(raw: Raw) -> str | None:
    """A language tag (BCP 47); `en_GB` is read as `en-GB`."""
    found = scalar(raw)
    found = found and found.replace("_", "-")
    return found if found and re.fullmatch(_TAG, found, re.IGNORECASE) else None


def url(raw: Raw) -> str | None:
    """An absolute URL of the web."""
    found = scalar(raw)
    return found if found and _WEB.fullmatch(found) else None


def link(raw: Raw) -> str | None:
    """A URL with a host, or a path."""
    found = text(raw)
    return found if found and (_URL.fullmatch(found) or not _SCHEME.match(found)) else None


def reference(raw: Raw) -> Reference | None:
    """A file or page of the site, or a URL."""
    found = link(raw)
    return None if found is None else Reference(found, raw.line, raw.column)


def number(raw: Raw) -> int | None:
    """A whole number that fits 64 bits."""
    value = raw.value
    if isinstance(value, str) and NUMBER.fullmatch(value := value.strip(_BLANKS)):
        value = int(value)
    return value if type(value) is int and -(2**63) <= value < 2**63 else None


def urls(raw: Raw) -> tuple[str, ...] | None:
    """URLs of the web: a list, or one."""
    elements = raw.value if isinstance(raw.value, list) else [raw]
    found = [url(element) for element in elements if not is_absent(element)]
    return None if None in found else tuple(one for one in found if one is not None)


def texts(raw: Raw) -> tuple[str, ...] | None:
    """Texts: a list, or one."""
    return _texts(raw.value if isinstance(raw.value, list) else [raw])


def terms(raw: Raw, split: str) -> tuple[str, ...] | None:
    """Names of terms: a list, or a text cut at commas (`split` of `space`: at blanks too). A leading `#` and repeated names are dropped.

    They are in NFC: systems and keyboards differ in how they store `é`, and no reader sees it.
    """
    if isinstance(raw.value, list):
        found = _texts(raw.value)
    else:
        typed = scalar(raw)
        found = None if typed is None else tuple(re.split(r"[,\s]+" if split == "space" else ",", typed))
    if found is None:
        return None
    names = (_BREAK.sub(" ", one.strip(_BLANKS)).removeprefix("#").strip(_BLANKS) for one in found)
    return tuple(dict.fromkeys(normalize("NFC", one) for one in names if one))


def authors(raw: Raw, *, cut: bool) -> tuple[Author, ...] | None:
    """Authors: a name, a map with `name` and perhaps `url`, or a list of such; `cut`: a text is cut at `;` or, without one, at commas."""
    value = raw.value
    if isinstance(value, str) and cut:
        names = (one.strip(_BLANKS) for one in value.split(";" if ";" in value else ","))
        return tuple(Author(one) for one in names if one)
    found = [_author(one) for one in (value if isinstance(value, list) else [raw]) if not is_absent(one)]
    return None if None in found else tuple(dict.fromkeys(one for one in found if one is not None))


def image(raw: Raw) -> Image | None:
    """A picture: path or URL, or a map with `src` and perhaps `alt`."""
    if not isinstance(raw.value, dict):
        src = link(raw)
        return None if src is None else Image(src)
    parts = {key.lower(): value for key, value in raw.value.items()}
    src = link(parts["src"]) if "src" in parts and not is_absent(parts["src"]) else None
    alt = text(parts["alt"]) if "alt" in parts and not is_absent(parts["alt"], keep_tilde=True) else ""
    return None if src is None or alt is None else Image(src, alt)


def _texts(elements: Sequence[Raw]) -> tuple[str, ...] | None:
    found: list[str] = []
    for element in elements:
        one = text(element)
        if one:
            found.append(one)
        elif one is None and element.value is not None:
            return None
    return tuple(found)


def _author(raw: Raw) -> Author | None:
    if not isinstance(raw.value, dict):
        called = text(raw)
        return Author(called) if called else None
    parts = {key.lower(): value for key, value in raw.value.items() if not is_absent(value)}
    called = text(parts["name"]) if "name" in parts else None
    home = text(parts["url"]) if "url" in parts else ""
    return Author(called, home) if called and home is not None else None


def shown(raw: Raw) -> str:
    """Give a value as a message names it."""
    value = raw.value
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "a map"
    if isinstance(value, bool):
        return "`true`" if value else "`false`"
    if isinstance(value, (date, datetime, time)):
        return f"the date `{value.isoformat()}`"
    typed = _BREAK.sub(" ", str(value))
    return f"`{typed if len(typed) <= 40 else typed[:39] + '…'}`"
