"""What a target depends on is what rendering it asked for: the names of the values that views handed out."""

from __future__ import annotations

from wol.model.target import Name


class Recorder:
    """The names that the target which is being rendered has used so far; a lookup that found nothing counts like any other."""

    __slots__ = ("names",)

    def __init__(self) -> None:
        self.names: set[Name] = set()

    def record(self, table: str, key: str) -> None:
        self.names.add((table, key))


class View:
    """Base of all that templates may see of a site: public names are properties, unknown ones are errors, nothing can be set."""

    __slots__ = ()

    def __repr__(self) -> str:
        return type(self).__name__
