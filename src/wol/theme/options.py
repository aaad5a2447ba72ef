"""`theme.toml`: the options of a theme, and the check of what `[theme] options` gives them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from wol.config import syntax
from wol.config.locate import KeyPositions, locate
from wol.errors import Diagnostic, diagnostic, did_you_mean
from wol.model.numbers import huge_number
from wol.model.target import Value

API = 1
"""The number of the theme API that this wol serves."""

_KEYS = frozenset({"name", "api", "options", "description", "author", "version", "licence", "url"})
_OPTION_KEYS = frozenset({"type", "default", "help", "choices"})
_COLOUR = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})|[a-z]+(?:-[a-z]+)*(?:\([a-z0-9#.,%/ ()+-]*\))?", re.IGNORECASE)


def _is_text_list(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(v, str) for v in value)


TYPES: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "text": ("a text", lambda v: isinstance(v, str)),
    "yes/no": ("`true` or `false`", lambda v: isinstance(v, bool)),
    "integer": ("a whole number", lambda v: isinstance(v, int) and not isinstance(v, bool)),
    "number": ("a number", lambda v: isinstance(v, int | float) and not isinstance(v, bool)),
    "colour": ('a colour as CSS has it, such as `"#7a3e9d"`', lambda v: isinstance(v, str) and bool(_COLOUR.fullmatch(v.strip()))),
    "list": ("a list of texts", _is_text_list),
    "table": ("a table", lambda v: isinstance(v, Mapping)),
}
"""The types of options: what a value is called, and whether a value is one."""


class Option(msgspec.Struct, frozen=True):
    """One option of a theme. `choices`, if there are any, are all the values that it may have."""

    type: str
    default: Value
    help: str = ""
    choices: tuple[Value, ...] = ()

    def wrong(self, value: Any) -> str:
        """Return what a value should be; empty if it is right."""
        name, is_right = TYPES[self.type]
        if not is_right(value):
            return name
        if self.choices and value not in self.choices:
            return "one of " + ", ".join(f"`{c}`" for c in self.choices)
        return ""


class ThemeManifest(msgspec.Struct, frozen=True):
    """What `theme.toml` says."""

    name: str = ""
    options: dict[str, Option] = msgspec.field(default_factory=dict)


def read_toml(data: bytes, path: str) -> tuple[str, dict[str, Any], Diagnostic | None]:
    """Read a TOML file of a theme: its text, what it says, and what is wrong with it as a whole."""
    text = ""
    try:
        text = syntax.decode(data)
        return text, tomllib.loads(text), None
    except UnicodeDecodeError as error:
        return text, {}, syntax.encoding_problem(data, error, path)
    except tomllib.TOMLDecodeError as error:
        return text, {}, syntax.syntax_problem(text, error, path)
    except RecursionError:
        return text, {}, diagnostic("config-syntax", "Lists or tables are nested too deeply", path, hint="flatten them")
    except ValueError:  # a whole number of over 4,300 digits
        found = diagnostic("config-syntax", "A number has too many digits", path, huge_number(text), hint="put it in quotes")
        return text, {}, found


def read_manifest(data: bytes, path: str) -> tuple[ThemeManifest, list[Diagnostic]]:
    """Read a `theme.toml`; all that is wrong with it comes back as diagnostics at its lines."""
    text, values, wrong = read_toml(data, path)
    if wrong is not None:
        return ThemeManifest(), [wrong]
    reader = _ManifestReader(path, locate(text))
    return reader.read(values), reader.found


class _ManifestReader(msgspec.Struct):
    path: str
    places: KeyPositions
    found: list[Diagnostic] = msgspec.field(default_factory=list)

    def read(self, values: Mapping[str, Any]) -> ThemeManifest:
        for key in values.keys() - _KEYS:
            self.add("config-unknown", f"`theme.toml` has no key `{key}`", (key,), did_you_mean(key, sorted(_KEYS)) or "remove the key")
        if "api" not in values:
            self.add("theme-api", "The theme does not say for which theme API it was made", (), f"add `api = {API}`")
        elif values["api"] != API:
            self.add("theme-api", f"The theme was made for theme API {values['api']}, and this wol has theme API {API}", ("api",))
        name = values.get("name", "")
        if not isinstance(name, str):
            self.add("config-value", "`name` is not a text", ("name",))
            name = ""
        table = values.get("options", {})
        if not isinstance(table, Mapping):
            self.add("theme-option", "`options` is not a table", ("options",), "write `[options.NAME]` with `type`, `default` and `help`")
            table = {}
        options = {key: self.option(key, value) for key, value in table.items()}
        return ThemeManifest(name, {key: option for key, option in options.items() if option is not None})

    def option(self, name: str, table: Any) -> Option | None:
        at = ("options", name)
        if not isinstance(table, Mapping):
            self.add(
                "theme-option", f"The option `{name}` is not a table", at, f"write `[options.{name}]` with `type`, `default` and `help`"
            )
            return None
        for key in table.keys() - _OPTION_KEYS:
            hint = did_you_mean(key, sorted(_OPTION_KEYS))
            self.add(
                "theme-option",
                f"The option `{name}` has no key `{key}`",
                (*at, key),
                hint or "an option has `type`, `default`, `help` and `choices`",
            )
        kind = table.get("type")
        if kind not in TYPES:
            names = ", ".join(f"`{t}`" for t in TYPES)
            said = f"has the type `{kind}`" if kind is not None else "has no `type`"
            self.add(
                "theme-option", f"The option `{name}` {said}", (*at, "type"), did_you_mean(str(kind), TYPES) or f"the types are {names}"
            )
            return None
        if "default" not in table:
            self.add("theme-option", f"The option `{name}` has no `default`", at, "give the value that it has where a site does not set it")
            return None
        choices = table.get("choices", [])
        option = Option(kind, table["default"], str(table.get("help", "")), tuple(choices) if isinstance(choices, list) else ())
        if should_be := option.wrong(option.default):
            self.add("theme-option", f"The `default` of the option `{name}` is not {should_be}", (*at, "default"), f"give it {should_be}")
        return option

    def add(self, code: str, message: str, at: tuple[str, ...], hint: str = "") -> None:
        line, column = self.places.of_key(at)
        self.found.append(diagnostic(code, message, self.path, line, column, hint=hint))


def check_options(
    chosen: Mapping[str, Any], options: Mapping[str, Option], settings: Callable[[], str]
) -> tuple[dict[str, Value], list[Diagnostic]]:
    """Return the value of every option, and what is wrong with those that `site.toml` gives; `settings` reads its text where a line is needed."""
    values = {name: option.default for name, option in options.items()}
    problems: list[Diagnostic] = []
    places: KeyPositions | None = None
    for name, value in chosen.items():
        option = options.get(name)
        if option is not None and not option.wrong(value):
            values[name] = value
            continue
        places = places or locate(settings())
        at = ("theme", "options", name)
        if option is None:
            line, column = places.of_key(at)
            known = ", ".join(f"`{o}`" for o in options) or "none"
            hint = did_you_mean(name, options) or f"its options are: {known}"
            problems.append(diagnostic("theme-option", f"The theme has no option `{name}`", "site.toml", line, column, hint=hint))
        else:
            line, column = places.of_value(at)
            hint = f"give it {option.wrong(value)}"
            problems.append(
                diagnostic(
                    "theme-option", f"The theme's option `{name}` is not {option.wrong(value)}", "site.toml", line, column, hint=hint
                )
            )
    return values, problems
