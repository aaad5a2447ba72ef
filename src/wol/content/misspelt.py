"""Keys that are almost the name of a field: `darft: true` must not publish a text.

Rule: the authoring format, section 2.3 (Damerau's distance of one).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from wol.content.visibility import FOREIGN, answer, hidden_by, sense, word
from wol.model.field_table import FIELDS, STATE_FIELDS, normal

LONG = 5
"""Letters from which on a name is recognised with one letter added, lost or changed; shorter ones have too many neighbours."""

USED_ELSEWHERE = frozenset({"images", "comment", "comments", "update", "updates", "layout", "type"})
"""Keys that others use and that are near a field by chance."""

_NAMES = tuple(field.name for field in (*FIELDS, *STATE_FIELDS) if field.type != "terms")


@lru_cache(maxsize=4096)
def near_fields(key: str, others: tuple[str, ...]) -> tuple[str, ...]:
    """Give the fields, spellings of states and `others` (taxonomies, fields of features) that a foreign key may have been meant for."""
    typed = normal(key)
    if typed in USED_ELSEWHERE:
        return ()
    return tuple(name for name in (*_NAMES, *others) if is_almost(key, name))


def is_almost(key: str, name: str) -> bool:
    """Tell whether a key that is not a name could be a slip for it."""
    typed, known = normal(key), normal(name)
    return (_bare(typed) == known != typed) or is_near(typed, known)


def stray_character(key: str, name: str) -> str:
    """Return the first character that keeps a key from being a name, where nobody sees or means it; otherwise nothing."""
    plain = _bare(normal(key))
    return next((char for char in key.lower() if char not in plain and char not in "-_"), "") if plain == normal(name) else ""


def _bare(name: str) -> str:
    """Strip a key of what nobody sees or means: blanks, invisible and full-width characters, punctuation around it."""
    shown = unicodedata.normalize("NFKC", name)
    letters = [char for char in shown if unicodedata.category(char) not in ("Cf", "Zs", "Mn")]
    while letters and not letters[0].isalnum():
        letters.pop(0)
    while letters and not letters[-1].isalnum():
        letters.pop()
    return "".join(letters)


def near_visibility(key: str, value: str | None, meanings: Mapping[str, str]) -> tuple[str, str] | None:
    """Give the key of visibility that a foreign key may have been meant for, and the state, if the value would hide the text there.

    `meanings` are those of `[content.fields]`, which can add to these keys and take from them.
    """
    name = word(key)
    if value is None or name in FOREIGN or name in USED_ELSEWHERE:
        return None
    plain = _bare(name)
    near = (known for known in {**FOREIGN, **meanings} if plain == known or is_near(name, known))
    for known in near:
        state = "" if sense(known) == "words" and answer(value) is not None else hidden_by(known, value)
        meaning = meanings.get(known, "")
        if meaning != "foreign" and (state or (known not in FOREIGN and answer(value))):
            return known, meaning if meaning in ("draft", "unlisted", "private") else state or "draft"
    return None


def is_near(typed: str, name: str) -> bool:
    """Tell whether two neighbouring letters are swapped or, for long names, one letter is added, lost or changed."""
    if typed == name or abs(len(typed) - len(name)) > 1:
        return False
    begin = 0
    while begin < min(len(typed), len(name)) and typed[begin] == name[begin]:
        begin += 1
    if len(typed) == len(name):
        if typed[begin : begin + 2] == name[begin : begin + 2][::-1] and typed[begin + 2 :] == name[begin + 2 :]:
            return True
        return len(name) >= LONG and typed[begin].isalpha() and typed[begin + 1 :] == name[begin + 1 :]
    longer, shorter = (typed, name) if len(typed) > len(name) else (name, typed)
    return len(name) >= LONG and longer[begin].isalpha() and longer[begin + 1 :] == shorter[begin:]
