"""The commands and where each is found: wol's own by import string, those of features by what the site switches on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

import click

from wol.cli.invocation import invocation_of
from wol.model.functions import load_function

COMMANDS = {
    "init": "wol.cli.commands.init:init_command",
    "new": "wol.cli.commands.new:new_command",
    "serve": "wol.cli.commands.serve:serve_command",
    "build": "wol.cli.commands.build:build_command",
    "watch": "wol.cli.commands.watch:watch_command",
    "check": "wol.cli.commands.check:check_command",
    "list": "wol.cli.commands.list:list_command",
    "deploy": "wol.cli.commands.deploy:deploy_command",
    "rollback": "wol.cli.commands.rollback:rollback_command",
    "releases": "wol.cli.commands.releases:releases_command",
    "mv": "wol.cli.commands.mv:move_command",
    "gone": "wol.cli.commands.gone:gone_command",
    "tag": "wol.cli.commands.tag:tag_command",
    "id": "wol.cli.commands.id:id_command",
    "record": "wol.cli.commands.record:record_command",
    "schema": "wol.cli.commands.schema:schema_command",
    "clean": "wol.cli.commands.clean:clean_command",
}
"""The commands of wol itself, in the order in which one meets them. Each is imported when it is used."""


class CommandGroup(click.Group):
    """All commands: wol's own, each imported when it is used, and those of features."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order in which one meets them, then those of features; of wol's own features alone where the site's cannot be loaded."""
        return [*COMMANDS, *sorted(_of_features(ctx))]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command of wol itself or of a feature."""
        return _own_command(cmd_name) if cmd_name in COMMANDS else _of_features(ctx).get(cmd_name)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command to run; a `--root` after its name says in which site. Raises WolError with what is wrong in site.toml or a plugin, and click.UsageError."""
        if args and args[0] not in COMMANDS and not ctx.resilient_parsing:
            from wol.cli.feature_commands import feature_commands, owner_of

            invocation = invocation_of(ctx)
            folder = _root_of(args)
            if invocation.folder is None and folder is not None and folder.is_dir():
                invocation.folder = folder
            if args[0] not in feature_commands(ctx) and (owner := owner_of(args[0])):
                raise click.UsageError(f"`wol {args[0]}` belongs to the feature `{owner}`, which is switched off in `site.toml`.", ctx)
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as error:
            raise click.NoSuchCommand(error.command_name, possibilities=self.list_commands(ctx), ctx=ctx) from None


def own_commands() -> dict[str, click.Command]:
    """Return all commands of wol itself, by name."""
    return {name: _own_command(name) for name in COMMANDS}


def _own_command(name: str) -> click.Command:
    return cast("click.Command", load_function(COMMANDS[name]))


def _of_features(ctx: click.Context) -> Mapping[str, click.Command]:
    """Return the commands of features for help and completion, which work whatever is wrong in the site."""
    from wol.cli.feature_commands import built_in_commands, feature_commands
    from wol.errors import WolError

    try:
        return feature_commands(ctx)
    except (WolError, OSError):
        return built_in_commands()


def _root_of(arguments: Sequence[str]) -> Path | None:
    """Return the folder that `--root` names among the arguments of a command."""
    for number, word in enumerate(arguments):
        if word == "--":
            return None
        if word.startswith("--root="):
            return Path(word.removeprefix("--root="))
        if word == "--root" and number + 1 < len(arguments):
            return Path(arguments[number + 1])
    return None
