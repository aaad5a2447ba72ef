"""The types of fields: how messages name each, its reader and its JSON Schema; the limits of a field narrow these."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import msgspec

from wol.content.raw import Raw
from wol.content.value_readers import (
    ID,
    NUMBER,
    identity,
    language,
    link,
    markdown,
    name,
    number,
    reason,
    reference,
    scalar,
    switch,
    text,
    texts,
    url,
    urls,
)
from wol.errors import did_you_mean, listed
from wol.fixes import Hint, Replace
from wol.model.field import Field


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
    "id": FieldType("an id", {"type": ["string", "integer", "null"], "pattern": f"^{ID.pattern}$"}, identity),
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


_HOST = re.compile(r"(?:[\w-]+\.)+[A-Za-z]{2,}(?:/\S*)?")


def suggested(field: Field, raw: Raw) -> str:
    """Return the hint for a value that a field cannot have; nothing where that of the code says enough."""
    if field.type == "list" and field.maximum is not None and isinstance(raw.value, list) and len(raw.value) > field.maximum:
        return f"keep {field.maximum} of them"
    if field.choices:
        return did_you_mean(str(raw.value).lower(), field.choices) or f"write {listed(field.choices)}"
    if field.type == "number":
        low, high = field.minimum, field.maximum
        return f"write a number such as `{low if low is not None else high if high is not None else 1}`"
    typed = raw.value
    if field.type == "url" and isinstance(typed, str) and _HOST.fullmatch(typed):
        return Hint(f"write `https://{typed}`", Replace(typed, f"https://{typed}"))
    return f"write {described(field)}"


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
        return {"anyOf": [{"type": ["integer", "null"], **limits}, {"type": "string", "pattern": f"^{NUMBER.pattern}$"}]}
    if field.type == "map":
        inside = {one.name: {**schema(one), "description": one.description} for one in field.fields}
        whole: dict[str, Any] = {"type": ["object", "null"], "properties": inside}
        if not field.shorthand:
            return whole
        single = next(schema(one) for one in field.fields if one.name == field.shorthand)
        return {"anyOf": [single, {**whole, "required": [field.shorthand]}]}
    return TYPES[field.type].schema
