"""`wol init`: a new site that builds at once."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterable
from pathlib import Path

import click

from wol.cli.invocation import CoreCommand, create_file, current_folder, display_path, invocation_of

EPILOG = """\b
Examples:
  wol init                                    in this folder
  wol init my-site --title "Thinking aloud"   in a new one
  wol init --base-url https://me.example/blog
"""

_SAMPLE = "https://example.org"


@click.command("init", cls=CoreCommand, short_help="Make a new site.", epilog=EPILOG)
@click.argument(
    "folder", metavar="[DIR]", default=".", type=click.Path(file_okay=False, path_type=Path), help="Where to make it; default: this folder."
)
@click.option("--title", metavar="T", help="The name of the site; default: made of the folder's name.")
@click.option("--base-url", metavar="U", help="Where the site will be published.")
@click.option(
    "--timezone",
    metavar="ZONE",
    help="Zone of dates without an offset, such as `Europe/London`; default: this computer's, with --quiet UTC.",
)
@click.pass_context
def init_command(context: click.Context, folder: Path, title: str | None, base_url: str | None, timezone: str | None) -> int:
    """Make a new site that builds at once, in DIR or here. Nothing is ever overwritten: if a file is in the way, nothing is written.

    What it takes from this computer, readers could see: the time zone and the name of the folder. It tells you what it took.
    """
    from wol.cli.archetypes import stamp
    from wol.cli.new_item import new_id, now_in
    from wol.cli.option_values import base_url_value, title_value
    from wol.cli.scaffold import scaffold
    from wol.cli.terminal import printable

    invocation = invocation_of(context)
    top = (invocation.folder.absolute() if invocation.folder is not None else current_folder()) / folder
    top = Path(os.path.abspath(top))
    name = title_value(title) if title is not None else _title_of(top)
    if not name:
        raise click.BadParameter("The title is empty.", param_hint="--title")
    url = base_url_value(base_url) if base_url is not None else _SAMPLE
    local_time = _local_zone()
    zone = _zone(timezone) if timezone is not None else "UTC" if invocation.quiet else local_time
    is_taken = timezone is None and zone != "UTC"
    files = scaffold(name, url, zone, stamp(now_in(zone)), (new_id(), new_id()), is_local_zone=is_taken)
    _refuse_present(top, files)
    for path, text in files.items():
        create_file(top / path, text.encode(), path)
    if not invocation.quiet:
        click.echo(f"Made a site in {printable(_shown(top))}:")
        click.echo("".join(f"  {path}\n" for path in files))
        click.echo(_taken("" if title is not None else name, zone if is_taken else ""), nl=False)
        click.echo(_next(top, sample=base_url is None))
    return 0


def _title_of(top: Path) -> str:
    from wol.cli.option_values import title_value

    words = re.sub(r"[-_.\s]+", " ", top.name.encode("utf-8", "replace").decode()).strip()
    return title_value(words[:1].upper() + words[1:]) or "My site"


def _zone(typed: str) -> str:
    """Return a time zone by its name; raises click.BadParameter."""
    from wol.config.value_checks import is_zone

    if not is_zone(typed):
        raise click.BadParameter(f"`{typed}` is not a time zone. Write a name such as `Europe/London` or `UTC`.", param_hint="--timezone")
    return typed


def _taken(title: str, zone: str) -> str:
    """Return a sentence on what was taken from this computer: the title, from the folder's name, and the time zone."""
    derived = [f'the title "{title}" from the name of the folder'] if title else []
    derived += [f"the time zone {zone} from this computer"] if zone else []
    if not derived:
        return ""
    both = "them" if len(derived) > 1 else "it"
    where = "site.toml and the date of the first post" if zone else "site.toml"
    return f"site.toml has {' and '.join(derived)}. Readers can see {both}; to change {both}, edit {where}.\n\n"


def _local_zone() -> str:
    """Return the time zone of this computer by its name, UTC where it does not tell one."""
    from wol.config.value_checks import is_zone

    link = os.path.realpath("/etc/localtime")
    for name in (os.environ.get("TZ", "").lstrip(":"), link.partition("/zoneinfo/")[2]):
        if name and is_zone(name):
            return name.removeprefix("Etc/") if name == "Etc/UTC" else name
    return "UTC"


def _refuse_present(top: Path, files: Iterable[str]) -> None:
    """Raise WolError (write-failed) naming everything that stands where a file would be written."""
    from wol.errors import WolError, diagnostic, listed

    present = [path for path in files if os.path.lexists(top / path)]
    for path in files:
        parents = [parent for parent in Path(path).parents if parent.name and (top / parent).exists() and not (top / parent).is_dir()]
        present += [parent.as_posix() for parent in parents if parent.as_posix() not in present]
    if "site.toml" in present:
        hint = "`wol build` builds it; to make another, name its folder: `wol init FOLDER`"
        raise WolError(diagnostic("write-failed", "There is a site in this folder already; nothing was written", "site.toml", hint=hint))
    if present:
        message = f"{listed(present, 'and')} already {'exist' if len(present) > 1 else 'exists'}; nothing was written"
        raise WolError(diagnostic("write-failed", message, present[0], hint="name another folder: `wol init FOLDER`"))


def _shown(top: Path) -> str:
    return "this folder" if top == current_folder() else f"{display_path(top)}/"


def _next(top: Path, *, sample: bool) -> str:
    steps = [f"cd {shlex.quote(display_path(top))}"] if top != current_folder() else []
    steps += ['wol new "What I am working on"', "wol serve --open"]
    base_url_value = f"\nBefore you publish, put its address into site.toml: base_url is {_SAMPLE} for now." if sample else ""
    return (
        "Next:\n"
        + "".join(f"  {step}\n" for step in steps)
        + "The site is then in your browser, and follows each save. `wol build` makes public/."
        + base_url_value
    )
