"""What no test changes is done once for all builds of a test process: the same templates are parsed and compiled, and wol's own code is digested."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment
from jinja2.nodes import Template

import wol
from wol.engine import toolchain

OWN = Path(wol.__file__).parent

MANY = 5000
"""Texts of templates that are remembered; then all are forgotten."""

KNOWN: dict[tuple[Any, ...], Any] = {}


@contextmanager
def done_once() -> Iterator[None]:
    """Remember what Jinja makes of the text of a template, by all that it depends on (its parser and compiler are pure, and slow), and the digest of wol's own code."""
    known = KNOWN
    parse, compile_template, find_all, code = Environment.parse, Environment.compile, Template.find_all, toolchain.code

    def once(key: tuple[Any, ...], make: Callable[[], Any]) -> Any:
        if key not in known:
            if len(known) >= MANY:
                known.clear()
            known[key] = make()
        return known[key]

    def kind(environment: Environment) -> tuple[Any, ...]:
        return (
            type(environment),
            environment.lexer,
            environment.autoescape,
            *environment.extensions,
            *getattr(environment, "slots", {}).items(),
        )

    def parse_once(self: Environment, source: str, name: str | None = None, filename: str | None = None) -> Any:
        return once(("parse", kind(self), source, name, filename), lambda: parse(self, source, name, filename))

    def compile_once(self: Environment, source: Any, name: str | None = None, filename: str | None = None, *rest: Any, **more: Any) -> Any:
        if not isinstance(source, str) or rest or more:
            return compile_template(self, source, name, filename, *rest, **more)
        return once(("compile", kind(self), source, name, filename), lambda: compile_template(self, source, name, filename))

    def find_once(self: Template, node_type: Any) -> Iterator[Any]:
        return iter(once(("find", self, node_type), lambda: list(find_all(self, node_type))))

    def code_once(place: Path, file: Callable[[str], str] = toolchain.file) -> str:
        if place != OWN or file is not toolchain.file:
            return code(place, file)
        found: str = once(("code",), lambda: code(place, file))
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Environment, "parse", parse_once)
        patch.setattr(Environment, "compile", compile_once)
        patch.setattr(Template, "find_all", find_once)
        patch.setattr(toolchain, "code", code_once)
        yield
