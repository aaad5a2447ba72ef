"""How the fields are read whose value says more than one thing: dates, lists, pictures, maps, and the states of other generators.

Each reader gets the layer that it adds to, the field, whether the key is the field's own name, the key as typed, and its value,
which is not empty.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from wol.content import dates, value_readers
from wol.content.field_types import described
from wol.content.raw import Raw, to_plain
from wol.content.value_readers import is_absent
from wol.content.visibility import STATUSES, trimmed, word
from wol.errors import did_you_mean, suggestion
from wol.fixes import Hint, fix_of
from wol.model.field import Field
from wol.model.field_table import normal

if TYPE_CHECKING:
    from wol.content.field_layer import Layer

KNOWN = (
    *("draft", "auto-draft", "pending", "unpublished", "wip", "future", "scheduled", "hidden", "unlisted"),
    *("private", "skip", "trash", "published", "publish", "featured"),
)
MAX_TERMS = 200
"""Terms that one item may have of a taxonomy: each has a page and feeds, and each of these names all terms of the item."""

_ONE_OF = f"write one of {', '.join(f'`{name}`' for name in KNOWN)}."
_BUILD = {"list": "unlisted", "render": "private"}
_BUILD_WORDS = {"always": True, "true": True, "never": False, "false": False, "local": False, "link": False}
"""Hugo's words. `local` (no lists but its section's) and `link` (a URL without a page) are read as the stricter of what wol has."""


def _read_date(layer: Layer, field: Field, own: bool, key: str, raw: Raw) -> None:
    if field.name == "publish" and own:
        answer = value_readers.switch(raw)
        if answer is not None:
            layer.put("draft", not answer, key, raw)
            return
    try:
        moment = layer.date(key, raw)
    except ValueError as error:
        if own:
            layer.tell("date-invalid", str(error), raw, hint=_date_hint(field, str(raw.value)))
        else:
            layer.unfit(field, own, key, raw)
        return
    if moment is None:
        layer.unfit(field, own, key, raw)
    else:
        layer.put(field.name, moment, key, raw)


def _date_hint(field: Field, typed: str) -> str:
    """Return what was meant by a date that cannot be read; nothing where that of the code says enough."""
    if field.name == "publish" and (hint := did_you_mean(typed.lower(), ("true", "false", "yes", "no"))):
        return hint
    meant = dates.readings(typed)
    if len(meant) == 1:
        return suggestion(typed, meant[0])
    return f"write `{meant[0]}` or `{meant[1]}`, whichever day it is" if meant else ""


def _read_path(layer: Layer, field: Field, own: bool, key: str, raw: Raw) -> None:
    path = value_readers.scalar(raw)
    if path is None or (not own and (":" in path or value_readers.switch(raw) is not None)):
        layer.unfit(field, own, key, raw)
    else:
        layer.put(field.name, path, key, raw)


def _read_terms(layer: Layer, field: Field, own: bool, key: str, raw: Raw) -> None:
    names = value_readers.terms(raw, layer.taxonomies.get(field.name, "comma"))
    if names is None:
        layer.unfit(field, own, key, raw)
    elif len(names) > MAX_TERMS:
        message = f"`{key}` has {len(names):,} names, more than the limit of {MAX_TERMS}"
        layer.tell("terms-too-many", message, raw, at_key=True)
    elif names:
        layer.put(field.name, names, key, raw)


def _read_authors(layer: Layer, field: Field, own: bool, key: str, raw: Raw) -> None:
    found = value_readers.authors(raw, cut=own)
    if found is None:
        layer.unfit(field, own, key, raw)
    elif found:
        layer.put(field.name, found, key, raw)


def _read_image(layer: Layer, field: Field, own: bool, key: str, raw: Raw) -> None:
    image = value_readers.image(raw)
    if image is None:
        layer.unfit(field, own, key, raw)
        return
    layer.put(field.name, image.src, key, raw)
    if not isinstance(raw.value, dict):
        return
    if image.alt:
        layer.put("image_alt", image.alt, f"{key}.alt", next(value for part, value in raw.value.items() if part.lower() == "alt"))
    rest = {part: to_plain(value) for part, value in raw.value.items() if part.lower() not in ("src", "alt")}
    if rest:
        layer.put_extra(key, rest, key, raw)


def _read_extra(layer: Layer, field: Field, own: bool, key: str, raw: Raw) -> None:
    if not isinstance(raw.value, dict):
        layer.unfit(field, own, key, raw)
        return
    for name, value in raw.value.items():
        layer.put_extra(name, to_plain(value), f"{key}.{name}", value)


def _read_map(layer: Layer, field: Field, own: bool, key: str, raw: Raw) -> None:
    """Read a map of named fields; a single value is that of its `shorthand`. What else the map holds is foreign."""
    parts = raw.value
    if not isinstance(parts, dict):
        single = next((one for one in field.fields if one.name == field.shorthand), None)
        if single is None or not layer.fits(single, raw):
            layer.unfit(field, own, key, raw)
        else:
            layer.put(field.name, {single.name: layer.inside([(single, key, raw)]).given[single.name].value}, key, raw)
        return
    known = {normal(name): one for one in field.fields for name in (*one.also, one.name)}
    inner = layer.inside((known[normal(part)], f"{key}.{part}", value) for part, value in parts.items() if normal(part) in known)
    if not own and any(found.severity == "error" for found in inner.diagnostics):
        layer.put_extra(key, to_plain(raw), key, raw)
        return
    layer.diagnostics += inner.diagnostics
    rest = {part: value for part, value in parts.items() if normal(part) not in known}
    layer.check_parts(field, key, rest)
    if rest:
        layer.put_extra(key, {part: to_plain(value) for part, value in rest.items()}, key, raw)
    values = {name: given.value for name, given in inner.given.items()}
    if values and field.shorthand and field.shorthand not in values and not inner.diagnostics:
        needed = next(one for one in field.fields if one.name == field.shorthand)
        layer.tell("front-matter-type", f"`{key}` has no `{needed.name}`", raw, hint=f"add `{needed.name}`: {described(needed)}")
    elif values:
        layer.put(field.name, values, key, raw)


def _read_taxonomies(layer: Layer, field: Field, own: bool, key: str, raw: Raw) -> None:
    """Zola's table: each name in it that is a taxonomy here; the others stay foreign."""
    if not isinstance(raw.value, dict):
        layer.unfit(field, own, key, raw)
        return
    rest: dict[str, object] = {}
    for name, value in raw.value.items():
        spelling = layer.spellings.get(normal(name))
        if spelling is not None and spelling.field.name in layer.taxonomies:
            layer.field(spelling.field, spelling.own, name, value)
        else:
            rest[name] = to_plain(value)
    if rest:
        layer.put_extra(key, rest, key, raw)


def _read_status(layer: Layer, field: Field, own: bool, key: str, raw: Raw) -> None:
    status = value_readers.text(raw)
    if status is None:
        layer.unfit(field, own, key, raw)
        return
    state = STATUSES.get(word(trimmed(status)))
    if state is None:
        meant = did_you_mean(status.lower(), KNOWN)
        layer.tell(
            "status-unknown",
            f"`{key}` has the value {value_readers.shown(raw)}, which wol does not know",
            raw,
            hint=Hint(
                f'{meant or _ONE_OF} If it is not about publication, write `status = "foreign"` under `[content.fields]` in `site.toml`',
                fix_of(meant),
            ),
            cause=f"{normal(key)}={word(trimmed(status))}",
        )
        layer.put_extra(key, to_plain(raw), key, raw)
    elif state == "scheduled":
        layer.scheduled = True
    elif state == "published":
        layer.put("draft", False, key, raw)
    else:
        layer.put(state, True, key, raw)


def _read_published(layer: Layer, field: Field, own: bool, key: str, raw: Raw) -> None:
    answer = value_readers.switch(raw)
    if answer is not None:
        layer.put("draft", not answer, key, raw)
        return
    try:
        moment = layer.date(key, raw)
    except ValueError:
        moment = None
    if moment is None:
        layer.unfit(field, own, key, raw)
    else:
        layer.put("date", moment, key, raw)


def _read_headless(layer: Layer, field: Field, own: bool, key: str, raw: Raw) -> None:
    answer = value_readers.switch(raw)
    if answer is None:
        layer.unfit(field, own, key, raw)
    elif answer:
        layer.put("private", True, key, raw)


def _read_build(layer: Layer, field: Field, own: bool, key: str, raw: Raw) -> None:
    if not isinstance(raw.value, dict):
        layer.unfit(field, own, key, raw)
        return
    known = {part: value for part, value in raw.value.items() if part.lower() in _BUILD}
    if not known:
        layer.put_extra(key, to_plain(raw), key, raw)
    for part, value in known.items():
        if is_absent(value):
            continue
        answer = value.value if isinstance(value.value, bool) else _BUILD_WORDS.get((value_readers.text(value) or "").lower())
        if answer is None:
            message = f"`{key}.{part}` has the unknown value {value_readers.shown(value)}"
            layer.tell("status-unknown", message, value, hint="write `always` or `never`")
        elif not answer:
            layer.put(_BUILD[part.lower()], True, f"{key}.{part}", value)


READERS: dict[str, Callable[[Layer, Field, bool, str, Raw], None]] = {
    "date": _read_date,
    "path": _read_path,
    "terms": _read_terms,
    "authors": _read_authors,
    "image": _read_image,
    "extra": _read_extra,
    "map": _read_map,
    "taxonomies": _read_taxonomies,
    "status": _read_status,
    "published": _read_published,
    "headless": _read_headless,
    "build": _read_build,
}
