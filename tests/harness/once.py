"""What does not change in a test is done once for all its builds: templates are compiled, and our own code is digested."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from jinja2 import Environment
from jinja2.nodes import Template

from wol.build import toolchain

_KNOWN: dict[tuple[Any, ...], Any] = {}


@contextmanager
def done_once() -> Iterator[None]:
    """Remember what Jinja makes of the text of a template, by all that it depends on: its parser and compiler are pure, and slow."""
    known = _KNOWN
    parse, compile_template, find_all, code = Environment.parse, Environment.compile, Template.find_all, toolchain.code

    def parse_once(self: Environment, source: str, name: str | None = None, filename: str | None = None) -> Any:
        key = ("parse", type(self), source, name, filename)
        if key not in known:
            known[key] = parse(self, source, name, filename)
        return known[key]

    def compile_once(self: Environment, source: Any, name: str | None = None, filename: str | None = None, *rest: Any, **more: Any) -> Any:
        if not isinstance(source, str) or rest or more:
            return compile_template(self, source, name, filename, *rest, **more)
        key = ("compile", type(self), source, name, filename)
        if key not in known:
            known[key] = compile_template(self, source, name, filename)
        return known[key]

    def find_once(self: Template, node_type: Any) -> Iterator[Any]:
        key = ("find", self, node_type)
        if key not in known:
            known[key] = list(find_all(self, node_type))
        return iter(known[key])

    Environment.parse, Environment.compile = parse_once, compile_once  # type: ignore[method-assign]
    Template.find_all = find_once  # type: ignore[method-assign, assignment]
    toolchain.code = cache(code)
    often = gc.get_threshold()
    gc.set_threshold(100_000, 20, 100)  # there are many objects that stay, and looking through them all takes long
    try:
        yield
    finally:
        Environment.parse, Environment.compile = parse, compile_template  # type: ignore[method-assign]
        Template.find_all = find_all  # type: ignore[method-assign]
        toolchain.code = code
        gc.set_threshold(*often)
