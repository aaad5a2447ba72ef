"""The reference of commands, from the commands themselves."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

import click

from wol.cli.invocation import common_options
from wol.reference.definitions import entry, heading


def lines() -> Iterator[str]:
    """Describe every command from its own help."""
    from wol.cli.command_group import own_commands
    from wol.cli.feature_commands import built_in_commands
    from wol.cli.main import main

    context = click.Context(main, info_name="wol", **main.context_settings)
    yield main.help or ""
    yield heading("Options of every command", "options")
    yield from _options(main, context, "wol")
    for name, command in {**own_commands(), **built_in_commands()}.items():
        inner = click.Context(command, info_name=f"wol {name}", **command.context_settings)
        yield heading(f"`wol {name}`", name)
        yield f"```\nwol {name} {' '.join(command.collect_usage_pieces(inner))}\n```\n\n{command.help or ''}"
        yield from _options(command, inner, name)
        yield from _epilog(command)
    yield heading("Getting help", "help")
    yield from _epilog(main)


def _options(command: click.Command, context: click.Context, name: str) -> Iterator[str]:
    """Describe the options of a command; those that every command has are told once, for `wol` itself."""
    everywhere = {option.name for option in common_options()} if name != "wol" else set()
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record is None or parameter.name in everywhere or ("--help" in parameter.opts and name != "wol"):
            continue
        option = max(parameter.opts, key=len) if isinstance(parameter, click.Option) else str(parameter.name)
        yield from entry(record[0], f"{name}-{option.lstrip('-')}", "", record[1])


def _epilog(command: click.Command) -> Iterator[str]:
    """Return what a command's help ends with: a block that begins with `\\b` is a line of words and examples as they are typed."""
    for block in (command.epilog or "").strip().split("\n\n"):
        if block.startswith("\b"):
            words, _, examples = block.strip("\b\n").partition("\n")
            yield f"\n{words}\n\n```\n{textwrap.dedent(examples)}\n```"
        else:
            yield f"\n{block}"
