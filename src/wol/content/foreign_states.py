"""What foreign keys of visibility do to a text: told where they would hide it, or read as `[content.fields]` says.

Source: the authoring format, section 2.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from wol.content import value_readers
from wol.content.raw import Raw, to_plain
from wol.content.value_readers import is_absent
from wol.content.visibility import FOREIGN, STATUSES, answer, hidden_by, sense, word
from wol.errors import Diagnostic
from wol.fixes import Hint, SetLine
from wol.model.field_table import SECRECY, normal

if TYPE_CHECKING:
    from wol.content.field_layer import Layer

STRENGTH = {"": 0, "unlisted": 1, "draft": 2, "private": 2, "gone": 2}
"""States by how much a release keeps from readers."""

_SWITCHES = ("draft", "unlisted", "private")


def hiding(layer: Layer, key: str, raw: Raw) -> tuple[str, Diagnostic] | None:
    """Give the state that a foreign key stands for, and the finding that wol does not read it; None if it hides nothing."""
    name = word(key)
    typed = value_readers.typed(raw) if name in FOREIGN else None
    state = hidden_by(key, typed) if typed is not None else ""
    if not state:
        return None
    meaning = "status" if FOREIGN[name].sense == "words" else state
    found = layer.finding(
        "foreign-state",
        f"`{layer.typed(key, typed or '')}` keeps a text from readers in other generators; wol would publish it",
        raw,
        at_key=True,
        hint=Hint(
            f"write `{layer.line(state)}` instead; or, for the whole site, `{layer.for_all(key, meaning)}` under `[content.fields]` in `site.toml` "
            '(`"foreign"` if it means something else)',
            SetLine(layer.line(state)),
        ),
        cause=f"{name}={word(typed or '')}",
    )
    return state, found


def set_below(layer: Layer, key: str, raw: Raw) -> Diagnostic | None:
    """Tell of Hugo's `cascade`, or of a table in a `_defaults.toml`, where it would hide what lies below."""
    if normal(key) != "cascade" and not layer.path.endswith("/_defaults.toml"):
        return None
    for inner, value in _pairs(raw):
        typed = value_readers.typed(value)
        state = hidden_by(inner, typed) if typed is not None else ""
        if state:
            message = f"`{key}` says `{layer.typed(inner, typed or '')}` for all that lies below; wol would publish it"
            hint = f"take it out, and write `{state} = true` at the top of the `_defaults.toml` in the same folder"
            return layer.finding("foreign-state", message, value, at_key=True, hint=hint)
    return None


def _pairs(raw: Raw) -> Iterator[tuple[str, Raw]]:
    if isinstance(raw.value, list):
        for element in raw.value:
            yield from _pairs(element)
    elif isinstance(raw.value, dict):
        for inner, value in raw.value.items():
            yield inner, value
            yield from _pairs(value)


def meant(layer: Layer, meaning: str, key: str, raw: Raw) -> bool:
    """Read a key as the field that `[content.fields]` names; False: it is to be read as if nothing were said there."""
    spelling = layer.spellings.get(normal(meaning))
    if spelling is None:  # the field of a feature that is off
        layer.put_extra(key, to_plain(raw), key, raw)
        return True
    field = spelling.field
    if field.name not in _SWITCHES or is_absent(raw):
        layer.field(field, True, key, raw)
        return True
    typed = value_readers.typed(raw)
    if typed is None:
        layer.put_extra(key, to_plain(raw), key, raw)
        return True
    said = _said(word(key), typed)
    if said is not None:
        layer.put(field.name, said, key, raw)
    elif normal(key) in layer.spellings:
        return False
    else:
        message = f"`{key}` must be `yes` or `no`, not {value_readers.shown(raw)}, since it means `{field.name}` on this site"
        layer.tell("front-matter-type", message, raw)
    return True


def _said(name: str, typed: str) -> bool | None:
    """Tell whether a value says that the text is to be kept back: `public: no` does, `hidden: yes` too."""
    if name in SECRECY and name != "visibility":
        return answer(typed) is not False if name != "password" else True
    if sense(name) == "words":
        if hidden_by(name, typed):
            return True
        return False if STATUSES.get(word(typed)) == "published" or answer(typed) else None
    said = answer(typed)
    return None if said is None else said == (sense(name) == "yes")
