"""Names that do not exist: an error with the nearest name that does, but for keys of foreign data, where absence is a value."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any, cast

from jinja2 import StrictUndefined, TemplateRuntimeError, Undefined, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.utils import missing

from wol.errors import did_you_mean
from wol.render.recorder import View


class UnknownNameError(UndefinedError):
    """A template used a name that does not exist: of the context, or of `owner`."""

    def __init__(self, name: object, owner: object, refused: bool, said: str | None, message: str | None = None) -> None:
        super().__init__(message)
        self.name = name
        self.owner = owner
        self.refused = refused
        self.said = said

    @property
    def of_context(self) -> bool:
        return self.owner is missing

    def sentence(self) -> str:
        """Say what does not exist."""
        if self.refused:
            return f"`{self.name}` is not for templates"
        if self.said:
            return self.said[0].upper() + self.said[1:].rstrip(".").replace("'", "`")
        if self.of_context:
            return f"Templates know no name `{self.name}`"
        if self.owner is None:
            return f"There is nothing here that could have `{self.name}`"
        if not isinstance(self.name, str):
            return f"The list has no element number {self.name}"
        return f"{_called(self.owner)} has no `{self.name}`"

    def hint(self, context: Iterable[str]) -> str:
        """Give the way out; `context` are the names that there are."""
        if self.refused:
            return "names that begin with `_` are wol's own"
        if self.said:
            return "give it, or ask with `is defined` whether it is there"
        if self.of_context:
            return did_you_mean(str(self.name), context)
        if self.owner is None or isinstance(self.owner, Undefined):
            return "ask first whether it is there: `{% if page.next %}{{ page.next.title }}{% endif %}`"
        if not isinstance(self.name, str):
            return "ask first whether the list has any: `{% if posts %}`"
        return did_you_mean(self.name, (n for n in dir(self.owner) if not n.startswith("_")))


class Unknown(StrictUndefined):
    """What an unknown name gives: anything but `is defined` and `default` raises `UnknownNameError`."""

    __slots__ = ()

    def __init__(
        self, hint: str | None = None, obj: Any = missing, name: str | None = None, exc: type[TemplateRuntimeError] = UndefinedError
    ) -> None:
        failure = partial(UnknownNameError, name, obj, exc is SecurityError, hint)
        super().__init__(hint, obj, name, cast(type[TemplateRuntimeError], failure))

    def __bool__(self) -> bool:  # type: ignore[override]  # Jinja's never returns
        if self._undefined_name == "caller" and self._undefined_hint:
            return False  # a macro may ask whether it was called with a block
        return super().__bool__()


class Absent(Undefined):
    """What a key that foreign data does not have gives: nothing, and false; but it has no names of its own."""

    __slots__ = ()

    def __init__(self, owner: object, name: object) -> None:
        failure = partial(UnknownNameError, name, owner, False, None)
        super().__init__(None, owner, cast(str, name), cast(type[TemplateRuntimeError], failure))


def _called(thing: object) -> str:
    if isinstance(thing, View):
        return thing._sort
    names = {dict: "The table", list: "A list", tuple: "A list", str: "A text", int: "A number", float: "A number", bool: "A yes/no"}
    return next((name for kind, name in names.items() if isinstance(thing, kind)), f"A {type(thing).__name__}")
