"""Commands that features add to `wol`: what the command line needs to know of them, and what they may read and write."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, Protocol

import msgspec

from wol.model.config import Config
from wol.model.functions import Function
from wol.model.item import Summary
from wol.model.site import Table
from wol.model.target import Target

CORE_COMMANDS = frozenset(
    {
        *("init", "new", "serve", "build", "watch", "check", "list", "deploy", "rollback", "releases", "mv", "gone", "tag", "id", "record"),
        *("schema", "clean"),
    }
)
"""The commands that wol has itself: no feature may bring one of that name."""

COMMON_OPTIONS = frozenset({"format", "root", "quiet", "verbose", "version", "help"})
"""The options that every command of a feature has already."""


class CommandArgument(msgspec.Struct, frozen=True):
    """What is typed after the name of a command. `run` takes it by its `name`, with `_` for `-`: a text, None if it was left out, or a tuple if there may be `several`."""

    name: str
    help: str = ""
    required: bool = True
    several: bool = False


class CommandOption(msgspec.Struct, frozen=True):
    """An option `--NAME` of a command. `run` takes it by its `name`, with `_` for `-`: a text, a whole number, or, for a `flag`, whether it was typed."""

    name: str
    help: str = ""
    type: Literal["text", "number", "flag"] = "text"
    choices: tuple[str, ...] = ()
    """The texts that are allowed, if not all are."""
    default: str | int | None = None


class Command(msgspec.Struct, frozen=True):
    """A command `wol NAME`.

    `run(context, **arguments)` returns what it has to say as plain data, and prints nothing: a text, a list of texts or of dicts with the same keys, a dict, or a struct of
    msgspec. The command line shows it, as lines and tables or as JSON. `help` is a sentence or more; the first is shown in the list of commands.
    """

    help: str
    run: Function
    arguments: tuple[CommandArgument, ...] = ()
    options: tuple[CommandOption, ...] = ()


class CommandContext(Protocol):
    """The site for which a command runs. It is read when something of it is first asked for, as a release would be built now; errors in it end the command."""

    @property
    def root(self) -> Path:
        """The folder of the site."""
        ...

    @property
    def config(self) -> Config:
        """The settings of the site."""
        ...

    @property
    def now(self) -> int:
        """The instant at which the site was read, in microseconds since 1970 UTC."""
        ...

    @property
    def items(self) -> Mapping[str, Summary]:
        """Every item by its key, published or not, as in `wol list`."""
        ...

    @property
    def states(self) -> Mapping[str, str]:
        """The state of every item by its key: `published`, `draft`, `private` and so on."""
        ...

    @property
    def targets(self) -> Mapping[str, Target]:
        """What a release would have now, by output path."""
        ...

    def table(self, name: str) -> Table:
        """Return a table of a release; empty if no feature makes it."""
        ...

    def write(self, path: str, data: bytes | str, *, replace: bool = False) -> None:
        """Write a file of the site by its path from the site's folder; one that is there already only with `replace`. Raises WolError (write-failed)."""
        ...
