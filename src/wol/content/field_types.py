"""What a field makes of a value: one reader for each type, its words for messages and its JSON Schema; the limits of a field narrow these.

A reader gives None where the value does not fit. Empty values never get here (`is_absent`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple

import msgspec

from wol.content.raw import Raw
from wol.errors import did_you_mean, listed
from wol.model.field import Field
from wol.model.item import Author

_BLANKS = " \t\n"
_NULLS = frozenset({"null", "Null", "NULL"})
_SWITCH = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}
_BREAK = re.compile(r"[ \t]*\n[ \t\n]*")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s/?#]\S*")
_WEB = re.compile(r"https?://[^\s/?#]\S*", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?[0-9]{1,19}")
_NAME = re.compile(r"[\w.-]+(?:/[\w.-]+)*")
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
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
    return found if found and _ID.fullmatch(found) else None


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
    if isinstance(value, str) and _NUMBER.fullmatch(value := value.strip(_BLANKS)):
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
    """Names of terms: a list, or a text cut at commas (`split` of `space`: at blanks too). A leading `#` and repeated names are dropped."""
    if isinstance(raw.value, list):
        found = _texts(raw.value)
    else:
        typed = scalar(raw)
        found = None if typed is None else tuple(re.split(r"[,\s]+" if split == "space" else ",", typed))
    if found is None:
        return None
    names = (_BREAK.sub(" ", one.strip(_BLANKS)).removeprefix("#").strip(_BLANKS) for one in found)
    return tuple(dict.fromkeys(one for one in names if one))


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


class FieldType(msgspec.Struct, frozen=True):
    """How messages name a type, its JSON Schema, and whether `~` is a text in it."""

    says: str
    schema: dict[str, Any]
    read: Callable[[Raw], Any] | None = None
    """The reader, for types that need nothing but the value."""
    keep_tilde: bool = False


_TEXT: dict[str, Any] = {"type": ["string", "number", "boolean", "null"]}
_SWITCH_WORD = r"^([Yy][Ee][Ss]|[Nn][Oo]|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]|[Oo][Nn]|[Oo][Ff][Ff])$"
_SWITCH_SCHEMA: dict[str, Any] = {"anyOf": [{"type": ["boolean", "null"]}, {"type": "string", "pattern": _SWITCH_WORD}]}
_STRING: dict[str, Any] = {"type": ["string", "null"]}


def _list_of(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [*elements, {"type": "array", "items": {"anyOf": [*elements]}}]}


_AUTHOR = {"type": "object", "properties": {"name": {"type": "string"}, "url": {"type": "string"}}, "required": ["name"]}
_IMAGE = {"type": "object", "properties": {"src": {"type": "string"}, "alt": {"type": "string"}}, "required": ["src"]}
_URL_SCHEMA = {"type": ["string", "null"], "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://"}
_BUILD = {
    "type": ["object", "null"],
    "properties": {
        "list": {"enum": ["always", "local", "never", True, False]},
        "render": {"enum": ["always", "link", "never", True, False]},
        "publishResources": {"type": "boolean"},
    },
}

TYPES: dict[str, FieldType] = {
    "text": FieldType("a text", _TEXT, text, keep_tilde=True),
    "markdown": FieldType("a text", _TEXT, markdown),
    "name": FieldType("a name", _STRING, name),
    "id": FieldType("an id", {"type": ["string", "integer", "null"], "pattern": f"^{_ID.pattern}$"}, identity),
    "date": FieldType("a date such as `2026-11-20` or `2026-11-20 14:05`", _STRING),
    "path": FieldType("a path from the root such as `/a/b/`", _STRING, scalar),
    "list": FieldType("a list of texts", _list_of(_TEXT), texts),
    "terms": FieldType("a list of names", _list_of(_TEXT), keep_tilde=True),
    "authors": FieldType("a name, a map with `name`, or a list of such", _list_of(_TEXT, _AUTHOR)),
    "image": FieldType("a path, a URL, or a map with `src` and `alt`", {"anyOf": [_STRING, _IMAGE]}),
    "language": FieldType("a language tag such as `en` or `pt-BR`", _STRING, language),
    "yes-no": FieldType("`yes` or `no`", _SWITCH_SCHEMA, switch),
    "reason": FieldType("`yes`, `no` or a reason", _TEXT, reason),
    "number": FieldType("a whole number", {}, number),
    "reference": FieldType("a file, a page or a URL", _STRING, reference),
    "map": FieldType("a map", {}),
    "url": FieldType("a URL such as `https://example.org/`", _URL_SCHEMA, url),
    "link": FieldType("a URL or a path", _STRING, link),
    "urls": FieldType("a list of URLs", _list_of(_URL_SCHEMA), urls),
    "extra": FieldType("a map", {"type": ["object", "null"]}),
    "status": FieldType(
        "a word such as `draft` or `published`",
        {"type": "string", "examples": ["draft", "private", "unlisted", "scheduled", "published"]},
        text,
    ),
    "published": FieldType("`yes` or `no`, or a date", {"type": ["boolean", "string"]}),
    "build": FieldType("a map with `list` or `render`", _BUILD),
    "headless": FieldType("`yes` or `no`", _SWITCH_SCHEMA, switch),
}
TYPES["taxonomies"] = FieldType("a map of lists", {"type": "object"})


def is_allowed(field: Field, value: Any) -> bool:
    """Tell whether a value of the right type is within the limits of its field."""
    if isinstance(value, tuple) and field.maximum is not None and len(value) > field.maximum:
        return False
    if field.choices:
        return all(one in field.choices for one in (value if isinstance(value, tuple) else (value,)))
    if field.type == "list":
        return True
    return (field.minimum is None or value >= field.minimum) and (field.maximum is None or value <= field.maximum)


def described(field: Field) -> str:
    """Return how messages name what a field must be: its type within its limits."""
    says = TYPES[field.type].says
    if field.type == "list" and field.maximum == 1:
        return listed(field.choices) if field.choices else "a single text"
    if field.choices:
        choices = listed(field.choices)
        says = f"a list of {choices}" if field.type == "list" else choices
    if field.type == "list" and field.maximum is not None:
        return f"{says}, {field.maximum} at most"
    if field.choices:
        return says
    if field.minimum is not None and field.maximum is not None:
        return f"{says} from {field.minimum} to {field.maximum}"
    if field.minimum is not None:
        return f"{says} of at least {field.minimum}"
    if field.maximum is not None:
        return f"{says} of at most {field.maximum}"
    if field.type == "map":
        single = next((f"{described(one)}, or " for one in field.fields if one.name == field.shorthand), "")
        return f"{single}{says} with {listed((one.name for one in field.fields), 'and')}"
    return says


def suggested(field: Field, raw: Raw) -> str:
    """Return the hint for a value that a field cannot have; nothing where that of the code says enough."""
    if field.type == "list" and field.maximum is not None and isinstance(raw.value, list) and len(raw.value) > field.maximum:
        return f"keep {field.maximum} of them"
    if field.choices:
        return did_you_mean(str(raw.value).lower(), field.choices) or f"write {listed(field.choices)}"
    if field.type == "number":
        low, high = field.minimum, field.maximum
        return f"write a number such as `{low if low is not None else high if high is not None else 1}`"
    return ""


def schema(field: Field) -> dict[str, Any]:
    """Return the JSON Schema of what a field may be."""
    if field.type == "list":
        single_or_list = _list_of({"enum": [*field.choices, None]} if field.choices else _TEXT)
        if field.maximum is None:
            return single_or_list
        one, several = single_or_list["anyOf"]
        return {"anyOf": [one, {**several, "maxItems": field.maximum}]}
    if field.choices:
        return {"enum": [*field.choices, None]}
    if field.type == "number":
        limits = {name: limit for name, limit in (("minimum", field.minimum), ("maximum", field.maximum)) if limit is not None}
        return {"anyOf": [{"type": ["integer", "null"], **limits}, {"type": "string", "pattern": f"^{_NUMBER.pattern}$"}]}
    if field.type == "map":
        inside = {one.name: {**schema(one), "description": one.description} for one in field.fields}
        whole: dict[str, Any] = {"type": ["object", "null"], "properties": inside}
        if not field.shorthand:
            return whole
        single = next(schema(one) for one in field.fields if one.name == field.shorthand)
        return {"anyOf": [single, {**whole, "required": [field.shorthand]}]}
    return TYPES[field.type].schema
