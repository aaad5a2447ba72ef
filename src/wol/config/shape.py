"""Keys and types of the settings, checked by pydantic against the classes of `wol.model.config`: unknown, absent and wrong ones."""

from __future__ import annotations

import datetime
import math
import re
import typing
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

from wol.config.classes import fields, is_table, validated_class
from wol.config.locate import Path
from wol.config.problems import Problem, header, listed, named, quoted, sentence, text
from wol.errors import did_you_mean, near, suggestion
from wol.fixes import AddSetting, Hint, Replace, SetLine
from wol.model.config import Config

if TYPE_CHECKING:
    from pydantic import TypeAdapter
    from pydantic_core import ErrorDetails

_ELSEWHERE: Mapping[str, str] = {
    "url": "base_url",
    "siteurl": "base_url",
    "rooturl": "base_url",
    "name": "title",
    "sitename": "title",
    "lang": "language",
    "locale": "language",
    "languagecode": "language",
    "defaultlang": "language",
    "defaultlanguage": "language",
    "license": "licence",
    "subtitle": "description",
    "tagline": "description",
    "paginate": "page_size",
    "paginateby": "page_size",
    "pagination": "page_size",
    "postsperpage": "page_size",
    "outputdir": "output",
    "publishdir": "output",
    "destination": "output",
    "permalink": "permalinks",
    "menu": "nav",
    "menus": "nav",
    "navigation": "nav",
    "params": "extra",
    "highlight": "code",
}
"""Settings of other generators, and what they are called here."""

_ENTRY = ["text", "to"]
_ENTRY_ELSEWHERE = {
    "name": "text",
    "title": "text",
    "label": "text",
    "url": "to",
    "href": "to",
    "link": "to",
    "page": "to",
    "pageref": "to",
}
"""The keys of an entry of the navigation, and what others call them."""


def shape_problems(data: Mapping[str, Any], settings: type[Config]) -> list[Problem]:
    """Find all keys that are unknown or absent and all values of a wrong type; `settings` is the class of all that may be there."""
    from pydantic import ValidationError

    try:
        _validator(settings).validate_json(msgspec.json.encode(_as_json(data)), strict=True)
    except ValidationError as error:
        found = [problem for wrong in error.errors(include_url=False) for problem in _problems(wrong, data, settings)]
        return [problem for problem in found if not _is_misnamed(problem, found)]
    return []


def _is_misnamed(absent: Problem, problems: Sequence[Problem]) -> bool:
    """Whether a setting seems to be absent because it is there under another name, which is a problem of its own."""
    if absent.code != "config-required":
        return False
    *table, name = absent.where
    return any(
        other.code == "config-unknown" and [*other.where[:-1]] == table and other.hint == f"did you mean `{name}`?" for other in problems
    )


@cache
def _validator(settings: type[Config]) -> TypeAdapter[Any]:
    """Return the validator of all settings, which takes longer to make than to use."""
    from pydantic import TypeAdapter

    return TypeAdapter(validated_class(settings))


def plain(value: Any) -> Any:
    """Return a TOML value as plain data: dates become text, as `[extra]` and the options of a theme hand them out."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, datetime.date | datetime.time) else value


def _as_json(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data for pydantic. A date becomes what no key may have, so that it is no text; in the tables that are free it is legal."""

    def walk(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: walk(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [walk(inner) for inner in value]
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 2**63:
            return _OTHER
        is_other = isinstance(value, datetime.date | datetime.time) or (isinstance(value, float) and not math.isfinite(value))
        return _OTHER if is_other else value

    return {key: walk(value) for key, value in data.items()}


def _problems(wrong: ErrorDetails, data: Mapping[str, Any], settings: type[Config]) -> Iterator[Problem]:
    where, sort = wrong["loc"], wrong["type"]
    if sort == "unexpected_keyword_argument":
        yield _unknown(where, _at(data, where), settings)
    elif sort == "missing":
        yield from _absent(where, settings)
    else:
        yield _mistyped(where, sort, wrong.get("ctx", {}), _at(data, where))


def _absent(where: Path, settings: type[Config]) -> Iterator[Problem]:
    kind = _kind(where, settings)
    if is_table(kind):
        for field in fields(kind):
            if field.default is msgspec.NODEFAULT:
                yield from _absent((*where, field.name), settings)
        return
    example = {"title": "My site", "base_url": "https://example.org", "to": "about.md"}.get(str(where[-1]), "About")
    line = f"{where[-1]} = {text(example) if kind is str else _EXAMPLES.get(typing.get_origin(kind) or kind, text(example))}"
    is_of_table = not any(isinstance(part, int) for part in where)
    hint = Hint(f"add `{line}`", AddSetting(".".join(map(str, where[:-1])), line) if is_of_table else None)
    if len(where) == 2 and is_table(_kind(where[:-1], settings)):
        message = f"`site.toml` lacks `{where[-1]}` in `{header(where[:-1])}`"
        yield Problem(where, message, hint, "config-required", "key")
    else:
        yield Problem(where, sentence(f"{named(where[:-1])} lacks `{where[-1]}`"), hint, "config-required", "key")


_EXAMPLES: Mapping[Any, str] = {int: "1", bool: "true", tuple: "[]", dict: "{}"}
"""What can be added for an absent key that is no text."""


def _mistyped(where: Path, sort: str, context: Mapping[str, Any], value: Any) -> Problem:
    name, key = named(where), quoted(str(where[-1])) if isinstance(where[-1], str) else ""
    assign = f"{key} = " if key else ""
    if sort == "literal_error":
        allowed = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        message = f"{name} is {_shown(value)}; it must be {listed(allowed)}"
        hint = did_you_mean(value, allowed) if isinstance(value, str) else ""
        return Problem(where, sentence(message), hint or "write one of these, in quotes")
    if sort in ("greater_than_equal", "less_than_equal"):
        limit = f"at least {context['ge']}" if sort == "greater_than_equal" else f"at most {context['le']}"
        return Problem(where, sentence(f"{name} is {value}; it must be {limit}"), "give a number within the limits")
    wanted, hint = _WANTED.get(sort, ("a value of another sort", ""))
    if sort == "string_type":
        shown = plain(value)
        hint = _written("put it in quotes", assign, text(str(shown).lower() if isinstance(shown, bool) else str(shown)))
        hint = "write one text in quotes" if isinstance(value, dict | list) else hint
    elif sort == "int_type" and isinstance(value, str) and value.strip().isdecimal():
        hint = _written("take the quotes away", assign, value.strip())
    elif sort == "tuple_type" and isinstance(value, str):
        hint = _written("write a list", assign, f"[{text(value)}]")
    elif sort == "bool_type" and isinstance(value, str) and value.strip().lower() in _SWITCHES:
        hint = _written("take the quotes away", assign, _SWITCHES[value.strip().lower()])
    elif sort in ("dataclass_type", "dict_type"):
        hint = _TABLES.get(where, "").format(text(value)) if isinstance(value, str) else ""
        hint = hint or f"write a table `{header(where)}` with a line for each setting"
    return Problem(where, sentence(f"{name} must be {wanted}; it is {_shown(value)}"), hint)


def _written(words: str, assign: str, value: str) -> Hint:
    """Return the hint to write a value in another way; an entry of a list has no line of its own."""
    return Hint(f"{words}: `{assign}{value}`", SetLine(f"{assign}{value}") if assign else None)


_SWITCHES = {**dict.fromkeys(("true", "yes", "on"), "true"), **dict.fromkeys(("false", "no", "off"), "false")}

_OTHER = None

_WANTED = {
    "float_type": ("a number", "write digits, without quotes"),
    "string_type": ("a text", ""),
    "int_type": ("a whole number", "write digits alone, without quotes or a point"),
    "bool_type": ("`true` or `false`", "write `true` or `false`, without quotes and in small letters"),
    "tuple_type": ("a list", 'write it in brackets: `["a", "b"]`'),
    "dict_type": ("a table", ""),
    "dataclass_type": ("a table", ""),
}

_TABLES: Mapping[Path, str] = {
    ("theme",): "write `[theme]`, and below it `use = [{}]`",
    ("site", "author"): "write `author = {{name = {}}}`",
}
"""What was meant by a text where a table is expected."""


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, str):
        return f"the text `{value if len(value) <= 60 else value[:60] + '…'}`" if value else "an empty text"
    if isinstance(value, int | float):
        return f"the number {value}" if abs(value) < 1e15 else "a very large number"
    if isinstance(value, datetime.date | datetime.time):
        return f"the date {value.isoformat()}" if isinstance(value, datetime.date) else f"the time {value.isoformat()}"
    return "a list" if isinstance(value, list) else "a table"


def _unknown(where: Path, value: Any, settings: type[Config]) -> Problem:
    """Report that a key is unknown, and where it belongs or what was meant."""
    key, table = str(where[-1]), where[:-1]
    own = [f.name for f in fields(kind)] if is_table(kind := _kind(table, settings)) else []
    if isinstance(value, dict) and not any(isinstance(part, int) for part in where):
        message = f"`site.toml` has no table `{header(where)}`"
    elif not table:
        message = f"`site.toml` has no key `{key}` outside of its tables"
    elif any(isinstance(part, int) for part in table):
        message = sentence(f"{named(table)} has a key `{key}` that wol does not know")
    else:
        message = f"`site.toml` has no key `{key}` in `{header(table)}`"
    hint = _meant(key, own, settings, is_table=isinstance(value, dict))
    if not hint and table == ("theme",) and not isinstance(value, dict):
        shown = text(value) if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
        hint = f"if it is an option of the theme, write `options.{quoted(key)} = {shown}` in `[theme]`"
    return Problem(where, message, hint, "config-unknown", "key")


def _meant(key: str, own: list[str], settings: type[Config], *, is_table: bool) -> str:
    """Return the nearest known name: in the same table, in another one, by another generator's word."""
    simple = _simple(key)
    if own == _ENTRY:
        found = [_ENTRY_ELSEWHERE[simple]] if simple in _ENTRY_ELSEWHERE else list(near(key, own))
        return suggestion(key, found[0]) if found else "an entry has `text` and `to`"
    homes, top = _homes(settings), [field.name for field in fields(settings)]
    meant = _ELSEWHERE.get(simple)
    if here := [n for n in own if _simple(n) == simple] or [n for n in own if n == meant]:
        return _did_you_mean(key, here[0], is_top=own == top)
    if there := [n for n in homes if _simple(n) == simple] or [n for n in homes if n == meant]:
        return _belongs(there[0], homes[there[0]], is_table=is_table)
    if found := [*near(key, own), *near(simple, own)]:
        return _did_you_mean(key, found[0], is_top=own == top)
    if own == top and (found := list(near(simple, homes))):
        return _belongs(found[0], homes[found[0]], is_table=is_table)
    return ""


def _did_you_mean(typed: str, name: str, *, is_top: bool) -> Hint:
    return Hint(f"did you mean `[{name}]`?" if is_top else f"did you mean `{name}`?", Replace(typed, name))


def _belongs(name: str, home: str, *, is_table: bool) -> str:
    if not home:
        return f"it is the table `[{name}]`"
    if is_table:
        return f"it is `{home[:-1]}.{name}]`"
    return f"`{name}` belongs in `{home}`"


def _simple(key: str) -> str:
    return key.lower().replace("-", "").replace("_", "")


@cache
def _homes(settings: type[Config]) -> dict[str, str]:
    """Return each known key with the header of its table, the nearest to the top first."""
    homes: dict[str, str] = {}
    pending: list[tuple[str, Any]] = [("", settings)]
    while pending:
        table, kind = pending.pop(0)
        for name, inner in ((field.name, field.type) for field in fields(kind)):
            homes.setdefault(name, f"[{table}]" if table else "")
            below = f"{table}.{name}" if table else name
            if is_table(inner):
                pending.append((below, inner))
            elif typing.get_origin(inner) is dict and is_table(typing.get_args(inner)[1]):
                pending.append((f"{below}.NAME", typing.get_args(inner)[1]))
    return homes


def _kind(table: Path, settings: type[Config]) -> Any:
    """Return the class or type that a table has."""
    kind: Any = settings
    for part in table:
        if is_table(kind):
            kind = next((field.type for field in fields(kind) if field.name == part), None)
        else:
            arguments = typing.get_args(kind)
            kind = arguments[1 if typing.get_origin(kind) is dict else 0] if arguments else None
    return kind


def _at(data: Any, where: Path) -> Any:
    for part in where:
        data = data[part]
    return data
