"""`wol new`: a file to write into."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from wol.cli.invocation import CoreCommand, create_file, display_path, invocation_of
from wol.cli.new_item import new_id, now_in
from wol.cli.option_values import date_value, title_value

if TYPE_CHECKING:
    from wol.cli.archetypes import Setting
    from wol.content.settings import ReadSettings
    from wol.errors import Diagnostic
    from wol.model.config import Config
    from wol.model.item import Moment

KINDS = ("post", "note", "page")

EPILOG = """\b
Examples:
  wol new "What I learned about asking"
  wol new note "On asking" --tag learning --tag questions
  wol new page About
  $EDITOR "$(wol new 'First steps' --draft)"

A post goes to content/posts/DATE-slug.md, a note to content/notes/slug.md, a page to content/slug.md.
It begins as archetypes/KIND.md, if the site has that file.
"""


def _complete(_: click.Context, __: click.Parameter, typed: str) -> list[str]:
    return [kind for kind in KINDS if kind.startswith(typed)]


@click.command("new", cls=CoreCommand, short_help="Make a file to write into.", epilog=EPILOG)
@click.argument(
    "words", nargs=-1, metavar="[KIND] TITLE", shell_complete=_complete, help="`post` (the default), `note` or `page`, and the title."
)
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="A tag; may be given several times, or with commas.")
@click.option("--draft", is_flag=True, help="Mark it as a draft.")
@click.option("--date", metavar="DATE", help="Its date; default: now, in the site's time zone.")
@click.pass_context
def new_command(context: click.Context, words: tuple[str, ...], tags: tuple[str, ...], draft: bool, date: str | None) -> int:
    """Make a post (or a note, or a page) with a title, a date and a permanent id, and print its path. Nothing is ever overwritten: where the name or the
    address is taken, the new file gets the next free one."""
    from wol.cli.archetypes import fill
    from wol.cli.free_name import free_key, taken_urls
    from wol.config.load import load
    from wol.content.settings import read_settings
    from wol.features.registry import tables

    kind, title = _kind_and_title(words)
    root = invocation_of(context).root()
    config = load(root, tables())
    settings = read_settings(config)
    moment = _moment(date, settings)
    identity = new_id()
    archetype, path = _archetype(root, kind)

    def text_of(key: str) -> str:
        fields: dict[str, Setting] = {"title": title}
        if kind != "page" or date is not None:
            fields["date"] = moment
        fields["id"] = identity
        return fill(archetype, path, fields | _options(key, kind, tags, draft, settings))

    content = root / config.content.folder
    key, in_the_way = free_key(
        content,
        lambda number: _key(kind, title, moment, identity, root, config, settings, number),
        lambda key: _url(key, text_of(key), settings),
        taken_urls(root),
    )
    text = text_of(key)
    if archetype:
        _refuse_archetype(archetype, text, path, _with_fields_of_features(config, root))
    create_file(content / key, text.encode(), f"{config.content.folder}/{key}")
    if in_the_way:
        click.echo(f"There is already something at {in_the_way}, so the new {kind} has a number in its name.", err=True)
    click.echo(display_path(content / key))
    return 0


def _kind_and_title(words: tuple[str, ...]) -> tuple[str, str]:
    """Split the kind from the title; raises click.UsageError where a kind seems to be meant that does not exist."""
    from wol.errors import near as closest

    kind = words[0] if words and words[0] in KINDS else ""
    title = title_value(" ".join(words[1:] if kind else words))
    if not title:
        example = f'wol new {kind or "post"} "What I learned"'
        raise click.UsageError(f"Give the {kind or 'post'} a title: {example}")
    if not kind and len(words) > 1:
        guesses = closest(words[0], KINDS)
        if guesses or (len(words) == 2 and " " not in words[0] and " " in words[1]):
            hint = f"Did you mean `{guesses[0]}`?" if guesses else f"Kinds are {', '.join(KINDS)}."
            raise click.UsageError(f"There is no kind `{words[0]}`. {hint} If it belongs to the title, put all of it in quotes.")
    return kind or "post", title


def _moment(typed: str | None, settings: ReadSettings) -> Moment:
    """Return the date of the file: as typed, else now; raises click.BadParameter."""
    if typed is None:
        return now_in(settings.zone.key)
    parsed = date_value(typed, settings.zone, "--date")
    if parsed.gap:
        from wol.cli.archetypes import stamp

        click.echo(f"The clocks skip that time; the date is {stamp(parsed.moment)}.", err=True)
    return parsed.moment


def _url(key: str, text: str, settings: ReadSettings) -> str:
    """Return the URL that a new file will have."""
    from wol.content.fields import read_fields
    from wol.content.front_matter import split
    from wol.content.identity import identify
    from wol.content.kinds import naming

    return identify(key, read_fields(split(text.encode(), key), (), settings), naming(key, settings), settings).url


def _key(kind: str, title: str, moment: Moment, identity: str, root: Path, config: Config, settings: ReadSettings, number: int = 1) -> str:
    """Return the path of the new file from the content folder; a `number` above 1 is for a name that is taken."""
    name = _name(title, identity) + (f"-{number}" if number > 1 else "")
    if kind == "post":
        name = f"{moment.local[:10]}-{name}"
    elif name in ("index", "readme"):
        name = f"{name}-{identity}"
    folder = "" if kind == "page" else _folder(kind, root / config.content.folder, config, settings)
    return f"{folder}/{name}.md" if folder else f"{name}.md"


def _name(title: str, identity: str) -> str:
    """Make a file name of a title; where none can be made that every system keeps and wol reads, the id stands in."""
    from wol.content.look_alikes import doubt, has_private
    from wol.model.slugs import MAX_BYTES, slug_problem, title_slug

    slug = title_slug(title).lstrip("_").strip("-\u200c\u200d")
    while len(slug.encode()) > MAX_BYTES:
        slug = slug[:-1]
    if slug_problem(slug, slug) or has_private(slug) or doubt([], slug, slug, "") or "sync-conflict" in slug:
        return f"{slug.replace('.', '-').replace('sync-', 'sync')}-{identity}".lstrip("-")
    return slug


def _folder(kind: str, content: Path, config: Config, settings: ReadSettings) -> str:
    """Return the folder of a kind: one that `[content.kinds]` names, else the usual one; the first that is there, if any is."""
    from wol.content.kinds import DRAFT_FOLDERS
    from wol.content.settings import DEFAULT_KINDS

    named = config.content.kinds.get(kind, ())
    usual = [
        folder for folder, its in DEFAULT_KINDS.items() if its == kind and settings.kinds[folder] == kind and folder not in DRAFT_FOLDERS
    ]
    folders = [*named, *(folder for folder in usual if folder not in named)]
    there = [folder for folder in folders if (content / folder).is_dir()]
    return next(iter([*there, *folders]), f"{kind}s")


def _options(key: str, kind: str, tags: tuple[str, ...], draft: bool, settings: ReadSettings) -> dict[str, Setting]:
    """Return the fields that the options ask for, and the kind if the place alone would make another one."""
    from wol.content.kinds import naming

    fields: dict[str, Setting] = {}
    if naming(key, settings).kind != kind:
        fields["kind"] = kind
    names = dict.fromkeys(title_value(name).lstrip("#").strip() for tag in tags for name in tag.split(","))
    if names := {name: None for name in names if name}:
        fields["tags"] = tuple(names)
    if draft:
        fields["draft"] = True
    return fields


def _archetype(root: Path, kind: str) -> tuple[bytes, str]:
    """Return the site's archetype of a kind, and its path from the root; else an empty one. Raises WolError if it cannot be read."""
    from wol.errors import WolError, diagnostic

    path = f"archetypes/{kind}.md"
    try:
        return (root / path).read_bytes(), path
    except FileNotFoundError:
        return b"", path
    except OSError as error:
        raise WolError(diagnostic("source-unreadable", f"`{path}` cannot be read: {error.strerror}", path)) from None


def _with_fields_of_features(config: Config, root: Path) -> ReadSettings:
    """Return the settings by which a build reads sources."""
    from wol.content.settings import read_settings
    from wol.engine.protocol.feature_declarations import site_fields
    from wol.features import registry

    fields = site_fields(registry.load(config, root), config)
    return read_settings(config, (), fields.declared, fields.absent_names)


def _refuse_archetype(archetype: bytes, text: str, path: str, settings: ReadSettings) -> None:
    """Raise WolError if an archetype, once filled, has fields that no build would take: at their lines in the archetype."""
    from wol.content.fields import read_fields
    from wol.content.front_matter import split
    from wol.errors import WolError

    def errors(source: bytes) -> list[Diagnostic]:
        return [problems for problems in read_fields(split(source, path), (), settings).diagnostics if problems.severity == "error"]

    if problems := errors(text.encode()):
        raise WolError(errors(archetype) or problems)
