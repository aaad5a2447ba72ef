"""What does not change in a test is done once for all its builds: templates are compiled, and our own code is digested."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from jinja2 import Environment

from wol.build import toolchain


@contextmanager
def done_once() -> Iterator[None]:
    """Remember what Jinja makes of the text of a template, by all that it depends on: its parser and compiler are pure, and slow."""
    known: dict[tuple[Any, ...], Any] = {}
    parse, compile_template, code = Environment.parse, Environment.compile, toolchain.code

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

    Environment.parse, Environment.compile = parse_once, compile_once  # type: ignore[method-assign]
    toolchain.code = cache(code)
    try:
        yield
    finally:
        Environment.parse, Environment.compile = parse, compile_template  # type: ignore[method-assign]
        toolchain.code = code
