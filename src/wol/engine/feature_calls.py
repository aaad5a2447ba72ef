"""Calling the functions of features: what a plugin raises, or returns in the wrong type, becomes an error that names it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from wol.content.input_globs import compiled
from wol.engine.cache_files import CorruptCacheError
from wol.errors import Diagnostic, WolError, diagnostic
from wol.model.feature import Feature, Name
from wol.model.field import Field
from wol.model.functions import Function, import_string, load_function
from wol.model.inputs import Input
from wol.model.markdown_syntax import Syntax
from wol.model.plugin_errors import is_of_plugin, told
from wol.model.step import Made, Step
from wol.model.target import File, Target


def call(feature: Feature, hook: str, reference: Function, check: Callable[[Any], Any], *arguments: Any) -> Any:
    """Call a function of a feature; what it raises, or gives in another type than `check` allows, becomes an error that names the feature, if it is a plugin's."""
    if not feature.plugin:
        return load_function(reference)(*arguments)
    try:
        return check(load_function(reference)(*arguments))
    except (WolError, CorruptCacheError):
        raise
    except BaseException as error:
        if not is_of_plugin(error):
            raise
        message = f"The plugin `{feature.name}` failed in {hook}: {told(error)}"
        raise WolError(diagnostic("plugin-failed", message)) from error


def feature(value: object) -> Feature:
    """Check one feature of a plugin, and all that it declares; raises TypeError with a sentence."""
    if isinstance(value, type):
        raise TypeError(f"`wol_features` gives the class `{value.__name__}`, where a `Feature(name=…)` belongs")
    if not isinstance(value, Feature):
        raise TypeError(f"`wol_features` gives {_kind(value)}, where a `Feature(name=…)` belongs")
    for name in ("name", "version"):
        if not isinstance(getattr(value, name), str) or not getattr(value, name):
            raise TypeError(f"`{name}` of a feature is {_kind(getattr(value, name))}, where a text belongs")
    for field in several(value.fields, f"`fields` of the feature `{value.name}`"):
        _field(field, value.name)
    _names(value.marks, f"`marks` of the feature `{value.name}`", "mention")
    _syntax(value)
    _inputs(value)
    for step in several(value.steps, f"`steps` of the feature `{value.name}`"):
        _step(step, value.name)
    for key, step_result in _texts(value.kinds, f"`kinds` of the feature `{value.name}`").items():
        _function(step_result, f"`kinds` of the feature `{value.name}` has {{}} for `{key}`")
    for view in ("page", "site", "term", "context"):
        for key, step_result in _texts(getattr(value, view), f"`{view}` of the feature `{value.name}`").items():
            if not isinstance(step_result, Name):
                raise TypeError(f"`{view}` of the feature `{value.name}` has {_kind(step_result)} for `{key}`, where a `Name` belongs")
            _function(step_result.make, f"the name `{key}` of the feature `{value.name}` is made by {{}}")
            hash(step_result)
    for hook in ("sources", "assets"):
        if getattr(value, hook) is not None:
            _function(getattr(value, hook), f"`{hook}` of the feature `{value.name}` is {{}}")
    return value


def _field(value: object, feature: str) -> None:
    if not isinstance(value, Field):
        raise TypeError(f"`fields` of the feature `{feature}` has {_kind(value)}, where a `Field(…)` belongs")
    try:
        msgspec.convert(msgspec.to_builtins(value), Field)
    except (msgspec.ValidationError, TypeError) as error:
        raise TypeError(f"the field `{value.name}` of the feature `{feature}` has a wrong value: {error}") from None


def _step(value: object, feature: str) -> None:
    if not isinstance(value, Step):
        raise TypeError(f"`steps` of the feature `{feature}` has {_kind(value)}, where a `Step(name=…, make=…)` belongs")
    if not isinstance(value.name, str) or not value.name:
        raise TypeError(f"`name` of a step of the feature `{feature}` is {_kind(value.name)}, where a text belongs")
    _function(value.make, f"`make` of the step `{feature}.{value.name}` is {{}}")
    for name in ("columns", "needs", "provides"):
        _names(getattr(value, name), f"`{name}` of the step `{feature}.{value.name}`", name[:-1])


def _names(value: object, what: str, example: str) -> None:
    if not isinstance(value, (tuple, list, set, frozenset)) or not all(isinstance(one, str) for one in value):
        raise TypeError(f"{what} is {_kind(value)}, where several names belong, such as `({example!r},)`")


def _syntax(feature: Feature) -> None:
    """Check the Markdown syntax of a feature; raises TypeError."""
    syntax = feature.syntax
    if syntax is None:
        return
    if not isinstance(syntax, Syntax):
        raise TypeError(f"`syntax` of the feature `{feature.name}` is {_kind(syntax)}, where a `Syntax` belongs")
    _function(syntax.rules, f"`rules` in `syntax` of the feature `{feature.name}` is {{}}")
    try:
        import_string(syntax.rules)
    except ValueError as error:
        raise TypeError(f"`rules` in `syntax` of the feature `{feature.name}` must be known in every process: {error}") from error
    for kind, render in _texts(syntax.parts, f"`parts` in `syntax` of the feature `{feature.name}`").items():
        _function(render, f"`parts` in `syntax` of the feature `{feature.name}` has {{}} for `{kind}`")


def _inputs(feature: Feature) -> None:
    """Check the inputs that a feature declares; raises TypeError with a sentence."""
    for name, one in _texts(feature.inputs, f"`inputs` of the feature `{feature.name}`").items():
        what = f"the input `{name}` of the feature `{feature.name}`"
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


def _function(function: object, what: str) -> None:
    """Check a function, or an import string of one."""
    if isinstance(function, str):
        try:
            function = load_function(function)
        except (ImportError, AttributeError, ValueError) as error:
            raise TypeError(f"{what.format(f'`{function}`')}, which cannot be imported: {error}") from error
    if not callable(function):
        raise TypeError(f"{what.format(_kind(function))}, where a function belongs")


def several(value: object, what: str) -> Iterable[Any]:
    """Check that a hook gives a list; raises TypeError."""
    if isinstance(value, (str, bytes, Mapping)) or not isinstance(value, Iterable):
        raise TypeError(f"{what} is {_kind(value)}, where a list belongs")
    return value


def text_map(mapping: object) -> Mapping[str, str]:
    """Check a mapping of texts to texts, as `sources` and `assets` give; raises TypeError."""
    texts = _texts(mapping, "what it gives")
    for key, value in texts.items():
        if not isinstance(value, str):
            raise TypeError(f"it gives {_kind(value)} for `{key}`, where a text belongs")
        value.encode()
    return texts


def step_result(value: object) -> Made:
    """Check what a step has made; raises TypeError, ValueError or OverflowError."""
    if not isinstance(value, Made):
        raise TypeError(f"it gives {_kind(value)}, where a `Made` belongs")
    for name, table in _texts(value.tables, "`tables`").items():
        msgspec.msgpack.encode(dict(_texts(table, f"the table `{name}`")))
    for key, moment in _texts(value.moments, "`moments`").items():
        if not isinstance(moment, int):
            raise TypeError(f"it gives {_kind(moment)} as the moment of `{key}`, where a number of microseconds belongs")
    return Made(value.tables, _targets(value.targets), _diagnostics(value.diagnostics), value.moments)


def _targets(value: object) -> tuple[Target, ...]:
    targets = tuple(several(value, "`targets`"))
    for target in targets:
        if not isinstance(target, Target):
            raise TypeError(f"it gives {_kind(target)}, where a `Target` belongs")
        plain = msgspec.structs.replace(target, role="")  # what it may be has an error of its own
        msgspec.msgpack.decode(msgspec.msgpack.encode(plain), type=Target)
    return targets


def _diagnostics(value: object) -> tuple[Diagnostic, ...]:
    diagnostics = tuple(several(value, "`diagnostics`"))
    for one in diagnostics:
        if not isinstance(one, Diagnostic):
            raise TypeError(f"it gives {_kind(one)}, where a `Diagnostic` belongs")
        msgspec.msgpack.decode(msgspec.msgpack.encode(one), type=Diagnostic)
    return diagnostics


def artifact(value: object) -> bytes | File:
    """Check the bytes of a target; raises TypeError."""
    if isinstance(value, str):
        raise TypeError("it gives a text, where bytes belong; write `.encode()` behind it")
    if not isinstance(value, (bytes, File)):
        raise TypeError(f"it gives {_kind(value)}, where bytes belong")
    return value


def target_types(value: object) -> Mapping[str, Callable[[Any], Any]]:
    """Check the types of deploy targets; raises TypeError."""
    types = _texts(value, "`wol_targets`")
    for key, make in types.items():
        if not callable(make):
            raise TypeError(f"`wol_targets` gives {_kind(make)} for `{key}`, where a function belongs")
    return types


def _texts(value: object, what: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise TypeError(f"{what} is {_kind(value)}, where a dict belongs")
    for key in value:
        if not isinstance(key, str):
            raise TypeError(f"{what} has the key {_kind(key)}, where a text belongs")
    return value


def _kind(value: object) -> str:
    return (
        f"`{value!r:.40}`"
        if value is None or isinstance(value, (bool, int, str, float))
        else f"a value of the type `{type(value).__name__}`"
    )
