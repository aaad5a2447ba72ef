"""The options of every command, and what they ask of this run."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

import wol

HELP = ("-h", "--help")


class Invocation:
    """One run of the command line: the folder to start in, and how much to print."""

    __slots__ = ("folder", "quiet", "verbose")

    def __init__(self, folder: Path | None = None, *, quiet: bool = False, verbose: bool = False) -> None:
        self.folder = folder
        self.quiet = quiet
        self.verbose = verbose

    def root(self) -> Path:
        """Return the folder of the site: that of `--root`, else the nearest upward with site.toml; raises WolError (config-missing)."""
        from wol.config.load import NAME, find_root
        from wol.errors import WolError, diagnostic

        if self.folder is None:
            return find_root(current_folder())
        folder = self.folder.absolute()
        if not os.path.isfile(folder / NAME):
            raise WolError(diagnostic("config-missing", f"There is no `{NAME}` in `{folder}`"))
        return folder


def current_folder() -> Path:
    """Return the current folder; raises click.UsageError if it no longer exists."""
    try:
        return Path.cwd()
    except OSError:
        raise click.UsageError("The current folder does not exist any more; change to another one.") from None


def display_path(path: Path | str) -> str:
    """Return a path relative to the current folder, or absolute if it is outside of its parent."""
    try:
        relative = os.path.relpath(path)
    except (OSError, ValueError):
        return str(path)
    return str(path) if relative.startswith(".." + os.sep + "..") else relative


def create_file(file: Path, data: bytes, path: str) -> None:
    """Write a new file; `path` is its name in errors. Raises WolError (write-failed)."""
    from wol import fsio
    from wol.errors import WolError, diagnostic

    try:
        fsio.write_new(file, data)
    except FileExistsError:
        message = f"`{path}` is there already; it was not touched"
        raise WolError(diagnostic("write-failed", message, path, hint="give another name, or write on in that file")) from None
    except OSError as error:
        raise WolError(diagnostic("write-failed", f"`{path}` cannot be written: {error.strerror}", path)) from None


def invocation_of(context: click.Context) -> Invocation:
    """Return the invocation that a command belongs to."""
    return context.ensure_object(Invocation)


def _summary(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    def callback(context: click.Context, _: click.Parameter, value: Any) -> None:
        invocation = invocation_of(context)
        if value:
            setattr(invocation, name, value)
        if invocation.quiet and invocation.verbose and not context.resilient_parsing:
            raise click.UsageError("-q and -v contradict each other.")

    return callback


def _version(context: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        click.echo(f"wol {wol.__version__}")
        context.exit()


def common_options() -> list[click.Parameter]:
    """Return the options of every command, and of `wol` itself."""
    folder = click.Path(exists=True, file_okay=False, path_type=Path)
    return [
        click.Option(
            ["--root"],
            type=folder,
            is_eager=True,
            metavar="DIR",
            expose_value=False,
            callback=_summary("folder"),
            help="The site's folder; default: the nearest one upward with site.toml.",
        ),
        click.Option(["-q", "--quiet"], is_flag=True, expose_value=False, callback=_summary("quiet"), help="Say nothing but errors."),
        click.Option(
            ["-v", "--verbose"],
            is_flag=True,
            expose_value=False,
            callback=_summary("verbose"),
            help="Say everything: all warnings, all files.",
        ),
        click.Option(["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version and exit."),
    ]


class CoreCommand(click.Command):
    """A command of wol: it has the common options after its own."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        settings["params"] = [*(settings.get("params") or ()), *common_options()]
        settings.setdefault("context_settings", {"help_option_names": list(HELP), "max_content_width": 100})
        super().__init__(*arguments, **settings)
