"""Bounds of what an operation of a template may make: one that would make more than any page needs is refused before it is done."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import wraps
from typing import Any

from jinja2.filters import FILTERS

from wol.model.page import MAX_PAGE
from wol.render.failures import EndlessError

MAX_TEXT = 1_000_000
"""Characters or elements of what one operation may make."""

WIDTH = re.compile(r"\d{6}|\*")
"""A width in a format that is larger than any page needs."""

GROWING = frozenset({"ljust", "rjust", "center", "zfill", "expandtabs", "format", "format_map", "replace", "join"})
"""Methods of texts that may make a much longer one."""

_SIZED = ("center", "indent", "batch", "slice", "wordwrap", "truncate", "format")
"""Filters that make as much as a number says."""

_JOINING = ("join", "replace", "string", "tojson", "pprint")
"""Filters whose result is as long as all that is inside of what they get, or longer."""

_NESTED = (list, tuple, set, frozenset, Mapping)


def bounded_filters() -> dict[str, Callable[..., Any]]:
    """Return the filters of Jinja that need a bound, each with its bound."""
    return {
        **{name: _bounded_filter(FILTERS[name]) for name in _SIZED},
        **{name: _joining_filter(name, FILTERS[name]) for name in _JOINING},
    }


def size_of(value: Any, limit: int = MAX_TEXT) -> int:
    """Count the characters of texts and the elements of collections, those inside them too; counting ends above a limit.

    A list may hold itself many times over, so a short value can be endless when it is shown.
    """
    if not isinstance(value, _NESTED):
        return len(value) if hasattr(value, "__len__") else 1
    size = 0
    pending: list[Iterable[Any]] = [_elements(value)]
    while pending and size <= limit:
        for element in pending.pop():
            if isinstance(element, _NESTED):
                size += 1
                pending.append(_elements(element))
            else:
                size += max(1, len(element)) if isinstance(element, str | bytes) else 1
            if size > limit:
                break
    return size


def _elements(value: Collection[Any]) -> Iterable[Any]:
    return [*value.keys(), *value.values()] if isinstance(value, Mapping) else value


def factor(value: Any) -> int:
    """Return by how much a value lengthens what it is added to or multiplied with."""
    return value if isinstance(value, int) else size_of(value)


def _check_length(size: int) -> None:
    """Refuse a text that is longer than any page; raises EndlessError."""
    if size > MAX_PAGE:
        raise EndlessError(f"it makes a text of over {MAX_PAGE:,} characters")


def _check_replaced(text: str, old: object = "", new: object = "", *_: object, **__: object) -> None:
    _check_length(len(text) + text.count(str(old)) * len(str(new)))


def bounded_method(method: Callable[..., Any], text: str, name: str) -> Callable[..., Any]:
    """Keep a method of a text from making one that is much longer than all that it gets."""

    def bounded(*arguments: Any, **named: Any) -> Any:
        if name == "replace":
            _check_replaced(text, *arguments)
        elif name == "join" and arguments:
            arguments = (list(arguments[0]),)
            _check_length(size_of(arguments[0], MAX_PAGE) + len(text) * len(arguments[0]))
        elif any(isinstance(a, int) and a > MAX_TEXT for a in arguments) or ("{" in text and WIDTH.search(text)):
            raise EndlessError("a method makes too long a text")
        return method(*arguments, **named)

    return bounded


def _joining_filter(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Keep a filter of Jinja from making a text that is longer than any page; those that need Jinja's settings get them first."""
    place = 1 if hasattr(function, "jinja_pass_arg") else 0

    @wraps(function)
    def bounded(*arguments: Any, **named: Any) -> Any:
        before, value, more = arguments[:place], arguments[place], arguments[place + 1 :]
        if isinstance(value, Iterator):
            value = list(value)
        if name == "replace":
            _check_replaced(str(value), *more, **named)
        elif name == "join":
            separator = more[0] if more else named.get("d", "")
            value = list(value) if not isinstance(value, str | list | tuple) else value
            _check_length(size_of(value, MAX_PAGE) + len(str(separator)) * len(value))
        else:
            _check_length(size_of(value, MAX_PAGE))
        return function(*before, value, *more, **named)

    return bounded


def _bounded_filter(function: Callable[..., Any]) -> Callable[..., Any]:
    """Keep a filter of Jinja from making a text as long as a number says."""

    @wraps(function)
    def bounded(*arguments: Any, **named: Any) -> Any:
        for argument in (*arguments, *named.values()):
            if isinstance(argument, int) and argument > MAX_TEXT:
                raise EndlessError(f"a filter is asked for {argument:,} elements")
        if function.__name__ == "do_format" and WIDTH.search(str(arguments[0])):
            raise EndlessError("a format makes too long a text")
        return function(*arguments, **named)

    return bounded
