"""What fixes a finding, as data that an editor can apply: an edit of a file, another name for it, or a command."""

from __future__ import annotations

from typing import Self

import msgspec


class Replace(msgspec.Struct, frozen=True, array_like=True, tag="replace"):
    """Write `new` for `old` at the place of the finding, or where `old` comes first after it."""

    old: str
    new: str


class SetLine(msgspec.Struct, frozen=True, array_like=True, tag="set-line"):
    """Write this as the line of the finding, such as `draft: true`, with the indentation that it has."""

    text: str


class RemoveLine(msgspec.Struct, frozen=True, array_like=True, tag="remove-line"):
    """Remove the line of the finding."""


class AddField(msgspec.Struct, frozen=True, array_like=True, tag="add-field"):
    """Add a field to the front matter of the file, or fill it where it is empty."""

    name: str
    value: str | bool


class AddSetting(msgspec.Struct, frozen=True, array_like=True, tag="add-setting"):
    """Add a line to a table of `site.toml`; an empty name means the top of the file."""

    table: str
    line: str


class Rename(msgspec.Struct, frozen=True, array_like=True, tag="rename"):
    """Give a file or folder another path; both are from the site's root."""

    old: str
    new: str


class RunCommand(msgspec.Struct, frozen=True, array_like=True, tag="command"):
    """Run a command in the folder of the site."""

    text: str


Fix = Replace | SetLine | RemoveLine | AddField | AddSetting | Rename | RunCommand


class Hint(str):
    """A hint, with the fix that it describes where there is one."""

    fix: Fix | None

    def __new__(cls, words: str, fix: Fix | None = None) -> Self:
        made = super().__new__(cls, words)
        made.fix = fix
        return made


def fix_of(hint: str) -> Fix | None:
    """Return the fix that a hint describes; None where it describes none that can be applied."""
    return hint.fix if isinstance(hint, Hint) else None
