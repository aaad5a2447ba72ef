"""What plugins declare, held to the types that `wol.model.feature.Feature` promises: a wrong one is named where it comes in, not where it hurts."""

from __future__ import annotations

import re
from keyword import iskeyword
from typing import get_args

import msgspec

from wol.codes import OWN
from wol.codes.diagnostic_code import DiagnosticCode
from wol.content.input_globs import compiled
from wol.engine.protocol.type_checks import check_function, check_names, several, shown, text_keys
from wol.errors import Severity, did_you_mean, listed
from wol.model.commands import COMMON_OPTIONS, Command, CommandArgument, CommandOption
from wol.model.config import Config
from wol.model.feature import Feature, Name
from wol.model.field import Field
from wol.model.functions import import_string
from wol.model.inputs import Input
from wol.model.markdown_syntax import Syntax
from wol.model.settings_table import SettingsTable
from wol.model.slots import SLOTS
from wol.model.step import Step
from wol.theme.folders import feature_theme_folder

_WORD = re.compile(r"[a-z][a-z0-9-]*")
_TABLE_NAME = re.compile(r"[a-z][a-z0-9_]*")


def feature(found: object) -> Feature:
    """Check one feature of a plugin, and all that it declares; raises TypeError with a sentence."""
    if isinstance(found, type):
        raise TypeError(f"`wol_features` gives the class `{found.__name__}`, where a `Feature(name=…)` belongs")
    if not isinstance(found, Feature):
        raise TypeError(f"`wol_features` gives {shown(found)}, where a `Feature(name=…)` belongs")
    for name in ("name", "version"):
        if not isinstance(getattr(found, name), str) or not getattr(found, name):
            raise TypeError(f"`{name}` of a feature is {shown(getattr(found, name))}, where a text belongs")
    _settings(found)
    for field in several(found.fields, f"`fields` of the feature `{found.name}`"):
        _field(field, found.name)
    check_names(found.marks, f"`marks` of the feature `{found.name}`", "mention")
    _syntax(found)
    _codes(found)
    _theme(found)
    _inputs(found)
    for step in several(found.steps, f"`steps` of the feature `{found.name}`"):
        _step(step, found.name)
    check_names(found.channels, f"`channels` of the feature `{found.name}`", f"{found.name}.channels")
    for table in found.channels:
        if not any(table in step.provides for step in found.steps):
            raise TypeError(f"`channels` of the feature `{found.name}` names the table `{table}`, which none of its steps provides")
    for key, made in text_keys(found.kinds, f"`kinds` of the feature `{found.name}`").items():
        check_function(made, f"`kinds` of the feature `{found.name}` has {{}} for `{key}`")
    for view in ("page", "site", "term", "context"):
        for key, made in text_keys(getattr(found, view), f"`{view}` of the feature `{found.name}`").items():
            if not isinstance(made, Name):
                raise TypeError(f"`{view}` of the feature `{found.name}` has {shown(made)} for `{key}`, where a `Name` belongs")
            check_function(made.make, f"the name `{key}` of the feature `{found.name}` is made by {{}}")
            hash(made)
    for part in ("rules", "output_rules"):
        for rule in several(getattr(found, part), f"`{part}` of the feature `{found.name}`"):
            check_function(rule, f"`{part}` of the feature `{found.name}` has {{}}")
    _commands(found)
    for hook in ("sources", "assets", "entry"):
        if getattr(found, hook) is not None:
            check_function(getattr(found, hook), f"`{hook}` of the feature `{found.name}` is {{}}")
    return found


def _settings(found: Feature) -> None:
    """Check the tables of `site.toml` that a feature declares; raises TypeError with a sentence."""
    if not found.settings:
        return
    from wol.config.classes import is_table, validated_class
    from wol.config.declared_tables import class_of

    for name, table in text_keys(found.settings, f"`settings` of the feature `{found.name}`").items():
        what = f"the table `[{name}]` of the feature `{found.name}`"
        if not isinstance(table, SettingsTable):
            raise TypeError(f"{what} is {shown(table)}, where a `SettingsTable` belongs")
        if not _TABLE_NAME.fullmatch(name) or iskeyword(name) or name in dir(Config):
            raise TypeError(f"{what} cannot be called so; write a name of small letters, digits and `_`")
        if not isinstance(table.description, str):
            raise TypeError(f"`description` of {what} is {shown(table.description)}, where a text belongs")
        check_function(table.kind, f"`kind` of {what} is {{}}")
        kind = class_of(table)
        if not is_table(kind):
            raise TypeError(f"`kind` of {what} is {shown(kind)}, where a subclass of `Table` belongs")
        try:
            validated_class(kind)
            msgspec.json.schema(kind)
        except (TypeError, ValueError, NameError) as error:
            raise TypeError(f"`kind` of {what} cannot be used: {error}") from error
        if table.check is not None:
            check_function(table.check, f"`check` of {what} is {{}}")


def _field(found: object, feature: str) -> None:
    if not isinstance(found, Field):
        raise TypeError(f"`fields` of the feature `{feature}` has {shown(found)}, where a `Field(…)` belongs")
    try:
        msgspec.convert(msgspec.to_builtins(found), Field)
    except (msgspec.ValidationError, TypeError) as error:
        raise TypeError(f"the field `{found.name}` of the feature `{feature}` has a wrong value: {error}") from None


def _step(found: object, feature: str) -> None:
    if not isinstance(found, Step):
        raise TypeError(f"`steps` of the feature `{feature}` has {shown(found)}, where a `Step(name=…, make=…)` belongs")
    if not isinstance(found.name, str) or not found.name:
        raise TypeError(f"`name` of a step of the feature `{feature}` is {shown(found.name)}, where a text belongs")
    check_function(found.make, f"`make` of the step `{feature}.{found.name}` is {{}}")
    for name in ("columns", "needs", "provides"):
        check_names(getattr(found, name), f"`{name}` of the step `{feature}.{found.name}`", name[:-1])


def _syntax(found: Feature) -> None:
    """Check the Markdown syntax of a feature; raises TypeError."""
    syntax = found.syntax
    if syntax is None:
        return
    if not isinstance(syntax, Syntax):
        raise TypeError(f"`syntax` of the feature `{found.name}` is {shown(syntax)}, where a `Syntax` belongs")
    check_function(syntax.rules, f"`rules` in `syntax` of the feature `{found.name}` is {{}}")
    try:
        import_string(syntax.rules)
    except ValueError as error:
        raise TypeError(f"`rules` in `syntax` of the feature `{found.name}` must be known in every process: {error}") from error
    for kind, render in text_keys(syntax.parts, f"`parts` in `syntax` of the feature `{found.name}`").items():
        check_function(render, f"`parts` in `syntax` of the feature `{found.name}` has {{}} for `{kind}`")


def _codes(found: Feature) -> None:
    """Check the codes that a feature declares; raises TypeError with a sentence."""
    for name, code in text_keys(found.codes, f"`codes` of the feature `{found.name}`").items():
        if not isinstance(code, DiagnosticCode) or not all(isinstance(part, str) for part in code):
            raise TypeError(f"`codes` of the feature `{found.name}` has {shown(code)} for `{name}`, where a `DiagnosticCode` belongs")
        if name in OWN:
            raise TypeError(f"the feature `{found.name}` declares the code `{name}`, which is one of wol's own")
        if code.severity not in get_args(Severity):
            raise TypeError(
                f"the code `{name}` of the feature `{found.name}` has the severity `{code.severity}`, where `error` or `warning` belongs"
            )


def _theme(found: Feature) -> None:
    """Check the slots and the theme of a feature; raises TypeError with a sentence."""
    for slot, templates in text_keys(found.slots, f"`slots` of the feature `{found.name}`").items():
        if slot not in SLOTS:
            meant = did_you_mean(slot, SLOTS) or f"the slots are {listed(SLOTS, 'and')}"
            raise TypeError(f"the feature `{found.name}` shows something in the slot `{slot}`, which does not exist; {meant}")
        check_names(templates, f"`slots` of the feature `{found.name}` for `{slot}`", "parts/series.html")
    if not isinstance(found.theme, str):
        raise TypeError(
            f"`theme` of the feature `{found.name}` is {shown(found.theme)}, where the path of a folder or `package:folder` belongs"
        )
    if found.theme:
        try:
            feature_theme_folder(found)
        except ValueError as error:
            raise TypeError(f"`theme` of the feature `{found.name}` is `{found.theme}`, {error}") from None


def _inputs(found: Feature) -> None:
    """Check the inputs that a feature declares; raises TypeError with a sentence."""
    for name, one in text_keys(found.inputs, f"`inputs` of the feature `{found.name}`").items():
        what = f"the input `{name}` of the feature `{found.name}`"
        if not isinstance(one, Input):
            raise TypeError(f"{what} is {shown(one)}, where an `Input` belongs")
        if not all(isinstance(glob, str) for glob in one.globs):
            raise TypeError(f"`glob` of {what} is {shown(one.glob)}, where a pattern or several belong")
        try:
            compiled(one.globs)
        except ValueError as error:
            raise TypeError(f"`glob` of {what} cannot be used: {error}") from error
        check_function(one.parse, f"`parse` of {what} is {{}}")
        try:
            import_string(one.parse)
        except ValueError as error:
            raise TypeError(f"`parse` of {what} must be known in every process: {error}; write it as a `def` of the module") from error


def _commands(value: Feature) -> None:
    """Check the commands that a feature declares; raises TypeError with a sentence."""
    for name, command in text_keys(value.commands, f"`commands` of the feature `{value.name}`").items():
        what = f"the command `{name}` of the feature `{value.name}`"
        if not isinstance(command, Command):
            raise TypeError(f"{what} is {shown(command)}, where a `Command` belongs")
        if not _WORD.fullmatch(name):
            raise TypeError(f"{what} has a name that cannot be typed; use small letters, digits and `-`")
        if not isinstance(command.help, str) or not command.help.strip():
            raise TypeError(f"`help` of {what} is {shown(command.help)}, where a sentence belongs")
        check_function(command.run, f"`run` of {what} is {{}}")
        names: set[str] = set(COMMON_OPTIONS)
        for part, type_ in (("arguments", CommandArgument), ("options", CommandOption)):
            for one in several(getattr(command, part), f"`{part}` of {what}"):
                if not isinstance(one, type_):
                    raise TypeError(f"`{part}` of {what} has {shown(one)}, where a `{type_.__name__}` belongs")
                try:
                    msgspec.convert(msgspec.to_builtins(one), type_)
                except (msgspec.ValidationError, TypeError) as error:
                    raise TypeError(f"`{part}` of {what} has a wrong value: {error}") from None
                if not _WORD.fullmatch(one.name) or one.name in names:
                    raise TypeError(f"`{part}` of {what} has the name `{one.name}`, which is taken or cannot be typed")
                names.add(one.name)
