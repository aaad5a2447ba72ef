"""Reading the files that features declare as inputs: each is parsed by the feature's own function, in any process."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import BinaryIO

import msgspec

from wol import digest, stamps
from wol.engine.steps import owned_steps
from wol.errors import Diagnostic, WolError, diagnostic
from wol.model.feature import Feature
from wol.model.functions import Function, load_function
from wol.model.inputs import Input
from wol.model.plugin_errors import is_of_plugin, told
from wol.model.source import Source

BATCH = 32

_LINE = r"line (?P<line>[0-9]{1,9})(?:,? col(?:umn)? (?P<column>[0-9]{1,9}))?"
_AT_END = re.compile(rf"[\s:,]*\(?(?:(?:at|on|in) )?{_LINE}(?: \(char [0-9]+\))?\)?\.?$", re.IGNORECASE)
_AT_START = re.compile(rf"(?:(?:at|on|in) )?{_LINE}\s*[:,]\s+", re.IGNORECASE)
_ANYWHERE = re.compile(rf"\b{_LINE}\b", re.IGNORECASE)
_LAST = " (at end of document)"
"""How `tomllib` says that the end of a text is what is wrong."""


class ParseContext(msgspec.Struct, frozen=True):
    """What the job needs: where paths begin, the inputs by table, and the tables of wol's own features."""

    root: str
    inputs: Mapping[str, Input]
    built_in: frozenset[str]


class ParseTask(msgspec.Struct, frozen=True):
    """One file for one table."""

    table: str
    source: Source


class ParsedInput(msgspec.Struct, frozen=True):
    """The value of a file, encoded; or what is wrong with the file; or how the feature failed; or nothing, of a file that changed meanwhile."""

    value: bytes = b""
    problem: str = ""
    line: int = 0
    column: int = 0
    not_utf8: bool = False
    failure: str = ""


def declared(features: Iterable[Feature]) -> dict[str, Input]:
    """Return all inputs by their tables; raises WolError (plugin-failed) if two features use one name."""
    inputs: dict[str, Input] = {}
    owners = {
        table: owned.feature.name if owned.feature is not None else "wol"
        for owned in owned_steps(features)
        for table in (*owned.step.provides, owned.step.moments)
    }
    for feature in features:
        for name, one in feature.inputs.items():
            if name in owners:
                whose = f"`{feature.name}` twice" if owners[name] == feature.name else f"both `{owners[name]}` and `{feature.name}`"
                raise WolError(
                    diagnostic("plugin-failed", f"The table `{name}` is declared by {whose}", hint="give the input another name")
                )
            owners[name] = feature.name
            inputs[name] = one
    return inputs


def owners(features: Iterable[Feature]) -> dict[str, Feature]:
    """Return the feature of each input's table."""
    return {name: feature for feature in features for name in feature.inputs}


def context(root: str, features: Sequence[Feature]) -> ParseContext:
    """Return the context of the job."""
    return ParseContext(root, declared(features), frozenset(name for name, feature in owners(features).items() if not feature.plugin))


def code_name(one: Input) -> str:
    """Name what parses, to tell it from what parsed before; that its code is the same, the toolchain says."""
    parse = one.parse if isinstance(one.parse, str) else f"{one.parse.__module__}:{one.parse.__qualname__}"
    return f"{parse} {one.whole}"


def parse_batch(context: ParseContext, tasks: Sequence[ParseTask]) -> list[ParsedInput]:
    """The job: the same in any process. It reads the files itself, so that no large one is handed around."""
    return [_parse(context, task) for task in tasks]


def _parse(context: ParseContext, task: ParseTask) -> ParsedInput:
    try:
        with open(os.path.join(context.root, task.source.path), "rb") as file:
            if not context.inputs[task.table].whole:
                made = _made(context, task, file) if _is_as_scanned(file, task.source) else ParsedInput()
                return made if file.closed or _is_as_scanned(file, task.source) else ParsedInput()
            data = file.read()
    except OSError:
        return ParsedInput()
    return _made(context, task, data) if digest.of_bytes(data) == task.source.digest else ParsedInput()


def _is_as_scanned(file: BinaryIO, source: Source) -> bool:
    """Whether an open file has the stamp that it had when its digest was taken."""
    return source.has(stamps.of(os.fstat(file.fileno())))


def _made(context: ParseContext, task: ParseTask, content: bytes | BinaryIO) -> ParsedInput:
    """Let the feature make a value."""
    try:
        return ParsedInput(_encoded(_parser(context.inputs[task.table].parse)(task.source.key, content)))
    except ValueError as error:
        return _wrong(error, content if isinstance(content, bytes) else None)
    except BaseException as error:
        if task.table in context.built_in or not is_of_plugin(error):
            raise
        return ParsedInput(failure=told(error))


def _encoded(value: object) -> bytes:
    """Encode a value; raises TypeError if it is not plain, ValueError if the file holds what no value can."""
    _refuse_sets(value)
    try:
        return msgspec.msgpack.encode(value)
    except OverflowError:
        raise ValueError("it holds a number that does not fit into 64 bits") from None
    except UnicodeEncodeError:
        raise ValueError("it holds half of a surrogate pair, which is no character") from None


def _refuse_sets(value: object) -> None:
    """Raise TypeError for a set anywhere in a value: it has no order, so two builds could differ."""
    if isinstance(value, (set, frozenset)):
        raise TypeError("it gives a set, which has no order; give a sorted list")
    if isinstance(value, Mapping):
        for one in value.values():
            _refuse_sets(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            _refuse_sets(one)


def _parser(parse: Function) -> Callable[..., object]:
    try:
        return load_function(parse)
    except (ImportError, AttributeError, ValueError) as error:
        raise LookupError(f"there is no `{parse}`: {error}") from error


def _wrong(error: ValueError, data: bytes | None) -> ParsedInput:
    """Take the place out of what was raised."""
    if isinstance(error, UnicodeDecodeError) and error.encoding.replace("-", "").casefold() == "utf8":
        line = data.count(b"\n", 0, error.start) + 1 if data is not None and error.object == data else 0
        return ParsedInput(problem=f"The byte 0x{error.object[error.start]:02X} is not UTF-8", line=line, not_utf8=True)
    message = str(error).strip()
    line, column = (number if isinstance(number := getattr(error, name, 0), int) else 0 for name in ("lineno", "colno"))
    if message.endswith(_LAST) and data is not None:
        message, line = message.removesuffix(_LAST), line or data.rstrip().count(b"\n") + 1
    for pattern in (_AT_END, _AT_START, _ANYWHERE):
        if match := pattern.search(message) if pattern is not _AT_START else pattern.match(message):
            line = line or int(match["line"])
            column = column or int(match["column"] or 0)
            if pattern is not _ANYWHERE:
                message = f"{message[: match.start()]}{message[match.end() :]}"
            break
    return ParsedInput(
        problem=message.strip() or "it is not as the feature expects", line=max(line, 0), column=max(column, 0) if line > 0 else 0
    )


def problems(tasks: Sequence[ParseTask], results: Sequence[ParsedInput], features: Sequence[Feature]) -> Iterator[Diagnostic]:
    """Report what is wrong with the files, and with the features that read them."""
    owner = owners(features)
    for task, result in zip(tasks, results, strict=True):
        path, feature = task.source.path, owner[task.table]
        if result.value:
            continue
        if result.not_utf8:
            yield diagnostic("source-encoding", result.problem, path, result.line)
        elif result.problem:
            message = f"The feature `{feature.name}` cannot use this file: {result.problem}"
            hint = f"correct line {result.line}" if result.line else ""
            yield diagnostic("input-invalid", message, path, result.line, result.column, hint=hint)
        elif result.failure:
            message = f"The plugin `{feature.name}` failed in `parse` of the input `{task.table}`: {result.failure}"
            yield diagnostic("plugin-failed", message, path, cause=message)
        else:
            yield diagnostic("source-changed", f"`{path}` changed while the site was being read", path)
