"""What a target depends on is what rendering it asked for: the names of the values that views handed out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wol.model.target import Name


class Recorder:
    """The names that the target which is being rendered has used so far; a lookup that found nothing counts like any other."""

    __slots__ = ("names",)

    def __init__(self) -> None:
        self.names: set[Name] = set()

    def record(self, table: str, key: str) -> None:
        self.names.add((table, key))


class Remembered:
    """Values that many targets of one build use, each with the names that making it used: a target that takes a value has used them too.

    The oldest go when there are too many. A value that a template had a part in is made anew each time, since templates see the target (`url`).
    """

    def __init__(self, recorder: Recorder, limit: int = 1000) -> None:
        self.templates_run = 0
        self._recorder = recorder
        self._limit = limit
        self._known: dict[str, tuple[Any, set[Name]]] = {}

    def get(self, key: str, make: Callable[[], Any]) -> Any:
        """Give what is known by a key, or make it."""
        found = self._known.get(key)
        if found is not None:
            self._recorder.names |= found[1]
            return found[0]
        names, runs = self._recorder.names, self.templates_run
        self._recorder.names = used = set[Name]()
        try:
            value = make()
        finally:
            self._recorder.names = names
            names |= used
        if runs == self.templates_run:
            if len(self._known) == self._limit:
                del self._known[next(iter(self._known))]
            self._known[key] = value, used
        return value


class View:
    """Base of all that templates may see of a site: public names are properties, unknown ones are errors, nothing can be set."""

    _sort = "A value"
    """What messages call it."""

    __slots__ = ()

    def __repr__(self) -> str:
        return type(self).__name__
