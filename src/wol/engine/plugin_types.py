"""What plugins give, held to the types that `wol.model.feature.Feature` promises: a wrong one is named where it comes in, not where it hurts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from keyword import iskeyword
from typing import Any, get_args

import msgspec

from wol.codes import OWN
from wol.codes.diagnostic_code import DiagnosticCode
from wol.content.input_globs import compiled
from wol.errors import Diagnostic, Severity, did_you_mean, listed
from wol.model.commands import COMMON_OPTIONS, Command, CommandArgument, CommandOption
from wol.model.config import Config
from wol.model.feature import Feature, Name
from wol.model.field import Field
from wol.model.functions import import_string, load_function
from wol.model.inputs import Input
from wol.model.inspection import Finding
from wol.model.markdown_syntax import Syntax
from wol.model.settings_table import SettingsTable
from wol.model.slots import SLOTS
from wol.model.step import Made, Step
from wol.model.target import File, Target
from wol.theme.folders import feature_theme_folder

_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
_WORD = re.compile(r"[a-z][a-z0-9-]*")
_TABLE_NAME = re.compile(r"[a-z][a-z0-9_]*")


def feature(found: object) -> Feature:
    """Check one feature of a plugin, and all that it declares; raises TypeError with a sentence."""
    if isinstance(found, type):
        raise TypeError(f"`wol_features` gives the class `{found.__name__}`, where a `Feature(name=…)` belongs")
    if not isinstance(found, Feature):
        raise TypeError(f"`wol_features` gives {_kind(found)}, where a `Feature(name=…)` belongs")
    for name in ("name", "version"):
        if not isinstance(getattr(found, name), str) or not getattr(found, name):
            raise TypeError(f"`{name}` of a feature is {_kind(getattr(found, name))}, where a text belongs")
    _settings(found)
    for field in several(found.fields, f"`fields` of the feature `{found.name}`"):
        _field(field, found.name)
    _names(found.marks, f"`marks` of the feature `{found.name}`", "mention")
    _syntax(found)
    _codes(found)
    _theme(found)
    _inputs(found)
    for step in several(found.steps, f"`steps` of the feature `{found.name}`"):
        _step(step, found.name)
    _names(found.channels, f"`channels` of the feature `{found.name}`", f"{found.name}.channels")
    for table in found.channels:
        if not any(table in step.provides for step in found.steps):
            raise TypeError(f"`channels` of the feature `{found.name}` names the table `{table}`, which none of its steps provides")
    for key, made in _texts(found.kinds, f"`kinds` of the feature `{found.name}`").items():
        _function(made, f"`kinds` of the feature `{found.name}` has {{}} for `{key}`")
    for view in ("page", "site", "term", "context"):
        for key, made in _texts(getattr(found, view), f"`{view}` of the feature `{found.name}`").items():
            if not isinstance(made, Name):
                raise TypeError(f"`{view}` of the feature `{found.name}` has {_kind(made)} for `{key}`, where a `Name` belongs")
            _function(made.make, f"the name `{key}` of the feature `{found.name}` is made by {{}}")
            hash(made)
    for part in ("rules", "output_rules"):
        for rule in several(getattr(found, part), f"`{part}` of the feature `{found.name}`"):
            _function(rule, f"`{part}` of the feature `{found.name}` has {{}}")
    _commands(found)
    for hook in ("sources", "assets", "entry"):
        if getattr(found, hook) is not None:
            _function(getattr(found, hook), f"`{hook}` of the feature `{found.name}` is {{}}")
    return found


def _settings(found: Feature) -> None:
    """Check the tables of `site.toml` that a feature declares; raises TypeError with a sentence."""
    if not found.settings:
        return
    from wol.config.classes import is_table, validated_class
    from wol.config.declared_tables import class_of

    for name, table in _texts(found.settings, f"`settings` of the feature `{found.name}`").items():
        what = f"the table `[{name}]` of the feature `{found.name}`"
        if not isinstance(table, SettingsTable):
            raise TypeError(f"{what} is {_kind(table)}, where a `SettingsTable` belongs")
        if not _TABLE_NAME.fullmatch(name) or iskeyword(name) or name in dir(Config):
            raise TypeError(f"{what} cannot be called so; write a name of small letters, digits and `_`")
        if not isinstance(table.description, str):
            raise TypeError(f"`description` of {what} is {_kind(table.description)}, where a text belongs")
        _function(table.kind, f"`kind` of {what} is {{}}")
        kind = class_of(table)
        if not is_table(kind):
            raise TypeError(f"`kind` of {what} is {_kind(kind)}, where a subclass of `Table` belongs")
        try:
            validated_class(kind)
            msgspec.json.schema(kind)
        except (TypeError, ValueError, NameError) as error:
            raise TypeError(f"`kind` of {what} cannot be used: {error}") from error
        if table.check is not None:
            _function(table.check, f"`check` of {what} is {{}}")


def _field(found: object, feature: str) -> None:
    if not isinstance(found, Field):
        raise TypeError(f"`fields` of the feature `{feature}` has {_kind(found)}, where a `Field(…)` belongs")
    try:
        msgspec.convert(msgspec.to_builtins(found), Field)
    except (msgspec.ValidationError, TypeError) as error:
        raise TypeError(f"the field `{found.name}` of the feature `{feature}` has a wrong value: {error}") from None


def _step(found: object, feature: str) -> None:
    if not isinstance(found, Step):
        raise TypeError(f"`steps` of the feature `{feature}` has {_kind(found)}, where a `Step(name=…, make=…)` belongs")
    if not isinstance(found.name, str) or not found.name:
        raise TypeError(f"`name` of a step of the feature `{feature}` is {_kind(found.name)}, where a text belongs")
    _function(found.make, f"`make` of the step `{feature}.{found.name}` is {{}}")
    for name in ("columns", "needs", "provides"):
        _names(getattr(found, name), f"`{name}` of the step `{feature}.{found.name}`", name[:-1])


def _names(found: object, what: str, example: str) -> None:
    if not isinstance(found, (tuple, list, set, frozenset)) or not all(isinstance(one, str) for one in found):
        raise TypeError(f"{what} is {_kind(found)}, where several names belong, such as `({example!r},)`")


def _syntax(found: Feature) -> None:
    """Check the Markdown syntax of a feature; raises TypeError."""
    syntax = found.syntax
    if syntax is None:
        return
    if not isinstance(syntax, Syntax):
        raise TypeError(f"`syntax` of the feature `{found.name}` is {_kind(syntax)}, where a `Syntax` belongs")
    _function(syntax.rules, f"`rules` in `syntax` of the feature `{found.name}` is {{}}")
    try:
        import_string(syntax.rules)
    except ValueError as error:
        raise TypeError(f"`rules` in `syntax` of the feature `{found.name}` must be known in every process: {error}") from error
    for kind, render in _texts(syntax.parts, f"`parts` in `syntax` of the feature `{found.name}`").items():
        _function(render, f"`parts` in `syntax` of the feature `{found.name}` has {{}} for `{kind}`")


def _codes(found: Feature) -> None:
    """Check the codes that a feature declares; raises TypeError with a sentence."""
    for name, code in _texts(found.codes, f"`codes` of the feature `{found.name}`").items():
        if not isinstance(code, DiagnosticCode) or not all(isinstance(part, str) for part in code):
            raise TypeError(f"`codes` of the feature `{found.name}` has {_kind(code)} for `{name}`, where a `DiagnosticCode` belongs")
        if name in OWN:
            raise TypeError(f"the feature `{found.name}` declares the code `{name}`, which is one of wol's own")
        if code.severity not in get_args(Severity):
            raise TypeError(
                f"the code `{name}` of the feature `{found.name}` has the severity `{code.severity}`, where `error` or `warning` belongs"
            )


def _theme(found: Feature) -> None:
    """Check the slots and the theme of a feature; raises TypeError with a sentence."""
    for slot, templates in _texts(found.slots, f"`slots` of the feature `{found.name}`").items():
        if slot not in SLOTS:
            meant = did_you_mean(slot, SLOTS) or f"the slots are {listed(SLOTS, 'and')}"
            raise TypeError(f"the feature `{found.name}` shows something in the slot `{slot}`, which does not exist; {meant}")
        _names(templates, f"`slots` of the feature `{found.name}` for `{slot}`", "parts/series.html")
    if not isinstance(found.theme, str):
        raise TypeError(
            f"`theme` of the feature `{found.name}` is {_kind(found.theme)}, where the path of a folder or `package:folder` belongs"
        )
    if found.theme:
        try:
            feature_theme_folder(found)
        except ValueError as error:
            raise TypeError(f"`theme` of the feature `{found.name}` is `{found.theme}`, {error}") from None


def _inputs(found: Feature) -> None:
    """Check the inputs that a feature declares; raises TypeError with a sentence."""
    for name, one in _texts(found.inputs, f"`inputs` of the feature `{found.name}`").items():
        what = f"the input `{name}` of the feature `{found.name}`"
        if not isinstance(one, Input):
            raise TypeError(f"{what} is {_kind(one)}, where an `Input` belongs")
        if not all(isinstance(glob, str) for glob in one.globs):
            raise TypeError(f"`glob` of {what} is {_kind(one.glob)}, where a pattern or several belong")
        try:
            compiled(one.globs)
        except ValueError as error:
            raise TypeError(f"`glob` of {what} cannot be used: {error}") from error
        _function(one.parse, f"`parse` of {what} is {{}}")
        try:
            import_string(one.parse)
        except ValueError as error:
            raise TypeError(f"`parse` of {what} must be known in every process: {error}; write it as a `def` of the module") from error


def _commands(value: Feature) -> None:
    """Check the commands that a feature declares; raises TypeError with a sentence."""
    for name, command in _texts(value.commands, f"`commands` of the feature `{value.name}`").items():
        what = f"the command `{name}` of the feature `{value.name}`"
        if not isinstance(command, Command):
            raise TypeError(f"{what} is {_kind(command)}, where a `Command` belongs")
        if not _WORD.fullmatch(name):
            raise TypeError(f"{what} has a name that cannot be typed; use small letters, digits and `-`")
        if not isinstance(command.help, str) or not command.help.strip():
            raise TypeError(f"`help` of {what} is {_kind(command.help)}, where a sentence belongs")
        _function(command.run, f"`run` of {what} is {{}}")
        names: set[str] = set(COMMON_OPTIONS)
        for part, type_ in (("arguments", CommandArgument), ("options", CommandOption)):
            for one in several(getattr(command, part), f"`{part}` of {what}"):
                if not isinstance(one, type_):
                    raise TypeError(f"`{part}` of {what} has {_kind(one)}, where a `{type_.__name__}` belongs")
                try:
                    msgspec.convert(msgspec.to_builtins(one), type_)
                except (msgspec.ValidationError, TypeError) as error:
                    raise TypeError(f"`{part}` of {what} has a wrong value: {error}") from None
                if not _WORD.fullmatch(one.name) or one.name in names:
                    raise TypeError(f"`{part}` of {what} has the name `{one.name}`, which is taken or cannot be typed")
                names.add(one.name)


def plain(value: object) -> Any:
    """Check what a command returns, and return it as plain data; raises TypeError for what is none."""
    return msgspec.json.decode(msgspec.json.encode(list(value) if isinstance(value, Iterator) else value))


def _function(found: object, what: str) -> None:
    """Check a function, or an import string of one."""
    if isinstance(found, str):
        try:
            found = load_function(found)
        except (ImportError, AttributeError, ValueError) as error:
            raise TypeError(f"{what.format(f'`{found}`')}, which cannot be imported: {error}") from error
    if not callable(found):
        raise TypeError(f"{what.format(_kind(found))}, where a function belongs")


def several(found: object, what: str) -> Iterable[Any]:
    """Check that a hook gives a list; raises TypeError."""
    if isinstance(found, (str, bytes, Mapping)) or not isinstance(found, Iterable):
        raise TypeError(f"{what} is {_kind(found)}, where a list belongs")
    return found


def text_map(found: object) -> Mapping[str, str]:
    """Check a mapping of texts to texts, as `sources` and `assets` give; raises TypeError."""
    given = _texts(found, "what it gives")
    for key, value in given.items():
        if not isinstance(value, str):
            raise TypeError(f"it gives {_kind(value)} for `{key}`, where a text belongs")
        value.encode()
    return given


def made(found: object) -> Made:
    """Check what a step has made; raises TypeError, ValueError or OverflowError."""
    if not isinstance(found, Made):
        raise TypeError(f"it gives {_kind(found)}, where a `Made` belongs")
    for name, table in _texts(found.tables, "`tables`").items():
        msgspec.msgpack.encode(dict(_texts(table, f"the table `{name}`")))
    for key, moment in _texts(found.moments, "`moments`").items():
        if not isinstance(moment, int):
            raise TypeError(f"it gives {_kind(moment)} as the moment of `{key}`, where a number of microseconds belongs")
    return Made(found.tables, _targets(found.targets), _diagnostics(found.diagnostics), found.moments)


def _targets(found: object) -> tuple[Target, ...]:
    given = tuple(several(found, "`targets`"))
    for target in given:
        if not isinstance(target, Target):
            raise TypeError(f"it gives {_kind(target)}, where a `Target` belongs")
        plain = msgspec.structs.replace(target, role="")  # what it may be has an error of its own
        msgspec.msgpack.decode(msgspec.msgpack.encode(plain), type=Target)
    return given


def _diagnostics(found: object) -> tuple[Diagnostic, ...]:
    given = tuple(several(found, "`diagnostics`"))
    for one in given:
        if not isinstance(one, Diagnostic):
            raise TypeError(f"it gives {_kind(one)}, where a `Diagnostic` belongs")
        msgspec.msgpack.decode(msgspec.msgpack.encode(one), type=Diagnostic)
    return given


def findings(value: object) -> tuple[Finding, ...]:
    """Check what a rule of `wol check` returns, and all that it yields; raises TypeError."""
    given = tuple(several(value, "what it gives"))
    for one in given:
        if not isinstance(one, Finding):
            raise TypeError(f"it gives {_kind(one)}, where a `Finding` belongs")
        msgspec.convert(msgspec.to_builtins(one), Finding)
        if not _CODE.fullmatch(one.code):
            raise TypeError(f"it gives the code `{one.code}`, where one such as `recipes-empty` belongs")
    return given


def artifact(found: object) -> bytes | File:
    """Check the bytes of a target; raises TypeError."""
    if isinstance(found, str):
        raise TypeError("it gives a text, where bytes belong; write `.encode()` behind it")
    if not isinstance(found, (bytes, File)):
        raise TypeError(f"it gives {_kind(found)}, where bytes belong")
    return found


def target_types(found: object) -> Mapping[str, Callable[[Any], Any]]:
    """Check the types of deploy targets; raises TypeError."""
    given = _texts(found, "`wol_targets`")
    for key, made in given.items():
        if not callable(made):
            raise TypeError(f"`wol_targets` gives {_kind(made)} for `{key}`, where a function belongs")
    return given


def _texts(found: object, what: str) -> Mapping[str, Any]:
    if not isinstance(found, Mapping):
        raise TypeError(f"{what} is {_kind(found)}, where a dict belongs")
    for key in found:
        if not isinstance(key, str):
            raise TypeError(f"{what} has the key {_kind(key)}, where a text belongs")
    return found


def _kind(found: object) -> str:
    return (
        f"`{found!r:.40}`"
        if found is None or isinstance(found, (bool, int, str, float))
        else f"a value of the type `{type(found).__name__}`"
    )
