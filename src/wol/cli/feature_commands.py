"""The commands of features on the command line: those of the site, or of wol's own features outside of one."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from wol.cli.invocation import CoreCommand, Invocation, invocation_of

if TYPE_CHECKING:
    from pathlib import Path

    from wol.model.commands import Command, CommandArgument, CommandOption
    from wol.model.config import Config
    from wol.model.feature import Feature

_META = "wol.feature_commands"


def feature_commands(context: click.Context) -> Mapping[str, click.Command]:
    """Return the commands of the features that are on in this site, or of wol's own features outside of a site; raises WolError with what is wrong in site.toml or a plugin."""
    known: dict[str, click.Command] | None = context.meta.get(_META)
    if known is None:
        known = {
            name: _shown(name, command, feature)
            for feature in _features(invocation_of(context))
            for name, command in feature.commands.items()
        }
        context.meta[_META] = known
    return known


def built_in_commands() -> Mapping[str, click.Command]:
    """Return the commands of wol's own features."""
    from wol.features import registry

    return {name: _shown(name, command, feature) for feature in registry.declared() for name, command in feature.commands.items()}


def owner_of(name: str) -> str:
    """Return the built-in feature that brings a command, which may be off in this site; empty if none does."""
    from wol.features import registry

    return next((feature.name for feature in registry.declared() if name in feature.commands), "")


def _features(invocation: Invocation) -> list[Feature]:
    from wol.errors import WolError
    from wol.features import registry

    try:
        root = invocation.root()
    except (WolError, click.UsageError):
        return registry.declared()
    return registry.load(_settings(root), root)


def _settings(root: Path) -> Config:
    """Read the settings as far as they are known without plugins."""
    from wol.engine import toolchain
    from wol.engine.prepare import read_config
    from wol.engine.workspace import records
    from wol.features import registry

    return read_config(root, toolchain.fingerprint(), records(root), registry.declared)[0]


def _shown(name: str, command: Command, feature: Feature) -> click.Command:
    """Make the click command of a feature's."""
    own = [*map(_argument, command.arguments), *map(_option, command.options)]
    form = click.Option(["--format", "form"], type=click.Choice(["text", "json"]), default="text", help="How to print.", show_default=True)
    about = [f"{one.name}: {one.help}" for one in command.arguments if one.help]
    text = "\n\n".join([command.help, *about])
    short = command.help.partition(". ")[0].rstrip(".") + "."
    return CoreCommand(
        name, params=[*own, form], callback=click.pass_context(partial(_run, name, command, feature)), help=text, short_help=short
    )


def _argument(one: CommandArgument) -> click.Argument:
    return click.Argument([_variable(one.name)], required=one.required, nargs=-1 if one.several else 1, metavar=one.name.upper())


def _option(one: CommandOption) -> click.Option:
    names = [f"--{one.name}", _variable(one.name)]
    if one.type == "flag":
        return click.Option(names, is_flag=True, default=bool(one.default), help=one.help)
    kind: Any = click.INT if one.type == "number" else click.Choice(list(one.choices)) if one.choices else click.STRING
    return click.Option(names, type=kind, default=one.default, help=one.help, show_default=one.default is not None)


def _variable(name: str) -> str:
    return name.replace("-", "_")


def _run(name: str, command: Command, feature: Feature, context: click.Context, form: str, **arguments: Any) -> int:
    """Run a command and print what it returns; whatever it prints itself goes to stderr, so that it is in nobody's JSON."""
    from wol.cli.command_context import SiteCommandContext
    from wol.cli.json_output import print_json
    from wol.cli.plain_output import print_plain
    from wol.engine.prepare import completed
    from wol.engine.protocol import result_types
    from wol.engine.protocol.feature_calls import call
    from wol.features import registry
    from wol.model.functions import load_function

    root = invocation_of(context).root()
    config = _settings(root)
    config = completed(config, registry.load(config, root), root, is_checked=False)
    site = SiteCommandContext(root, config, registry.load)

    def run() -> Any:
        return load_function(command.run)(site, **arguments)

    with contextlib.redirect_stdout(sys.stderr):
        result = result_types.plain(call(feature, f"the command `{name}`", run, result_types.plain))
    if form == "json":
        print_json(result)
    else:
        print_plain(result)
    return 0
