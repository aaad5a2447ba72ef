"""Options that every command has, and what they say for the run."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

import wol

HELP = ("-h", "--help")


class Session:
    """What one run of the command line was told: the folder to begin in, and how much to say."""

    __slots__ = ("folder", "quiet", "verbose")

    def __init__(self, folder: Path | None = None, *, quiet: bool = False, verbose: bool = False) -> None:
        self.folder = folder
        self.quiet = quiet
        self.verbose = verbose

    def root(self) -> Path:
        """Give the folder of the site: that of `--root`, else the nearest upward with site.toml; raises WolError (config-missing)."""
        from wol.config.load import NAME, find_root
        from wol.errors import WolError, diagnostic

        if self.folder is None:
            return find_root(here())
        folder = self.folder.absolute()
        if not os.path.isfile(folder / NAME):
            raise WolError(diagnostic("config-missing", f"There is no `{NAME}` in `{folder}`"))
        return folder


def here() -> Path:
    """Give the folder that the command was called in; raises click.UsageError if it is gone."""
    try:
        return Path.cwd()
    except OSError:
        raise click.UsageError("The current folder does not exist any more; change to another one.") from None


def near(path: Path | str) -> str:
    """Give a path as one types it from here, or whole where that is shorter to understand: outside of this folder."""
    try:
        found = os.path.relpath(path)
    except (OSError, ValueError):
        return str(path)
    return str(path) if found.startswith(".." + os.sep + "..") else found


def write_new(file: Path, data: bytes, path: str) -> None:
    """Write a file that is not there yet; `path` is what an error calls it. Raises WolError (write-failed)."""
    from wol import fsio
    from wol.errors import WolError, diagnostic

    try:
        fsio.write_new(file, data)
    except FileExistsError:
        message = f"`{path}` is there already; it was not touched"
        raise WolError(diagnostic("write-failed", message, path, hint="give another name, or write on in that file")) from None
    except OSError as error:
        raise WolError(diagnostic("write-failed", f"`{path}` cannot be written: {error.strerror}", path)) from None


def session_of(context: click.Context) -> Session:
    """Give the session of a run."""
    return context.ensure_object(Session)


def _told(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    def callback(context: click.Context, _: click.Parameter, value: Any) -> None:
        session = session_of(context)
        if value:
            setattr(session, name, value)
        if session.quiet and session.verbose and not context.resilient_parsing:
            raise click.UsageError("-q and -v contradict each other.")

    return callback


def _version(context: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        click.echo(f"wol {wol.__version__}")
        context.exit()


def common() -> list[click.Parameter]:
    """Give the options of every command, and of `wol` itself."""
    folder = click.Path(exists=True, file_okay=False, path_type=Path)
    return [
        click.Option(
            ["--root"],
            type=folder,
            metavar="DIR",
            expose_value=False,
            callback=_told("folder"),
            help="The site's folder; default: the nearest one upward with site.toml.",
        ),
        click.Option(["-q", "--quiet"], is_flag=True, expose_value=False, callback=_told("quiet"), help="Say nothing but errors."),
        click.Option(
            ["-v", "--verbose"],
            is_flag=True,
            expose_value=False,
            callback=_told("verbose"),
            help="Say everything: all warnings, all files.",
        ),
        click.Option(["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version and exit."),
    ]


class Command(click.Command):
    """A command of wol: it has the common options after its own."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        settings["params"] = [*(settings.get("params") or ()), *common()]
        settings.setdefault("context_settings", {"help_option_names": list(HELP), "max_content_width": 100})
        super().__init__(*arguments, **settings)
