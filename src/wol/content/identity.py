"""Who an item is: kind, state by place, date, slug, URL and aliases, from its front matter and its path."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from wol import paths
from wol.content import dates
from wol.content.kinds import Naming, kind_problem
from wol.content.permalink_presets import IN_SITE_ZONE, pattern_of
from wol.content.settings import DEFAULT_PERMALINKS, ReadSettings
from wol.content.urls import NO_PAGE, expand, same_place, typed_path
from wol.errors import Diagnostic, diagnostic
from wol.fixes import Hint, Replace
from wol.model.item import Moment
from wol.model.slugs import slug, slug_problem, term_key

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from wol.content.fields import Fields


class Identity(msgspec.Struct):
    """What an item is called and where it lives; `origins` says where values come from that no field gave."""

    kind: str = ""
    private: bool = False
    draft: bool = False
    date: Moment | None = None
    slug: str = ""
    url: str = ""
    aliases: tuple[str, ...] = ()
    origins: dict[str, str] = {}
    diagnostics: list[Diagnostic] = []


def identify(key: str, fields: Fields, named: Naming, settings: ReadSettings, title: str = "") -> Identity:
    """Decide all of it; the fields' own findings are not repeated. `title` is what it is called."""
    found = Identity()
    given = _Given(settings.folder, f"{settings.folder}/{key}", fields)
    _kind(found, given, named)
    _date(found, given, named, settings)
    _state(found, given, named)
    _slug(found, given, named)
    _url(found, given, named, settings, title)
    _aliases(found, given)
    return found


class _Given(msgspec.Struct, frozen=True):
    """The fields of a source, and where they stand."""

    folder: str
    path: str
    fields: Fields

    def place(self, name: str) -> tuple[str, int, int]:
        """Give path, line and column of a field: in the file itself, or in the `_defaults.toml` that gave it."""
        line, column = self.fields.lines.get(name, (0, 0))
        origin = self.fields.origins.get(name)
        return (f"{self.folder}/{origin}" if origin else self.path), line, column


def _kind(found: Identity, given: _Given, named: Naming) -> None:
    """Rules 1 to 4. `kind` in `_defaults.toml` is meant for the texts of a folder, not for the `_index.md` that describes it."""
    fields = given.fields
    if fields.kind and not (named.index and "kind" in fields.origins):
        found.kind = fields.kind.lower()
        problem = kind_problem(found.kind, *given.place("kind"))
    else:
        found.kind = named.kind
        found.origins["kind"] = named.kind_from
        problem = kind_problem(found.kind, given.path, folder=named.kind_folder)
    if problem is not None:
        found.diagnostics.append(problem)


def _state(found: Identity, given: _Given, named: Naming) -> None:
    """What a place makes private or a draft stays so: no field undoes it."""
    fields = given.fields
    found.private = fields.private or bool(named.private)
    undated = fields.scheduled and found.date is None and fields.publish is None
    found.draft = fields.draft or bool(named.draft) or undated
    if undated:
        found.origins["draft"] = "`status`, which waits for a date"
    for name, what, place, said in (("private", "private", named.private, fields.private), ("draft", "a draft", named.draft, fields.draft)):
        if not place or said:
            continue
        found.origins[name] = place
        if name in fields.lines and name not in fields.origins:
            message = f"The text says that it is not {what}, but {place} makes it so"
            found.diagnostics.append(
                diagnostic("front-matter-conflict", message, *given.place(name), hint="remove the line, or move or rename the file")
            )
    doubt = named.doubt
    hidden = found.private or fields.gone or (found.draft and doubt is not None and doubt.state == "draft")
    if doubt is not None and not hidden and doubt.state not in fields.lines:
        found.diagnostics.append(diagnostic("name-misspelt", doubt.message, given.path, hint=doubt.hint, cause=doubt.cause))


def _date(found: Identity, given: _Given, named: Naming, settings: ReadSettings) -> None:
    found.date = given.fields.date
    if found.date is None and named.date:
        try:
            found.date = dates.parse(named.date, settings.zone).moment
        except ValueError as error:
            message = f"{error}, with which the {named.named_by} begins"
            hint = f"correct the {named.named_by}, or write `date:` in the front matter"
            found.diagnostics.append(diagnostic("date-invalid", message, given.path, hint=hint))
        found.origins["date"] = named.named_by


def _slug(found: Identity, given: _Given, named: Naming) -> None:
    typed = given.fields.slug
    found.slug = slug(typed or named.name)
    if not typed:
        found.origins["slug"] = named.named_by
    elif problem := slug_problem(typed, found.slug):
        found.diagnostics.append(diagnostic("slug-invalid", problem, *given.place("slug"), hint=_another_slug(typed)))


def _another_slug(typed: str) -> Hint:
    """Return the hint for a slug that cannot be: the slug that its letters make, if they make one."""
    words = "choose another `slug:`, of letters, digits and `-`"
    right = slug(re.sub(r"[/\\.]+", "-", typed))
    return Hint(f"write `slug: {right}`, or choose another", Replace(typed, right)) if not slug_problem(right, right) else Hint(words)


def _url(found: Identity, given: _Given, named: Naming, settings: ReadSettings, title: str) -> None:
    fields = given.fields
    if fields.url:
        found.url, problem = typed_path(fields.url, page=True)
        if problem:
            found.diagnostics.append(diagnostic("url-invalid", f"The URL `{fields.url}` {problem}", *given.place("url")))
        return
    if named.index:
        found.origins["url"] = "folder"
        found.url = "/" + "".join(f"{segment}/" for segment in _folders(found, given.path, named.folders))
        return
    typed = _chosen(found.kind, named, settings)
    pattern = pattern_of(typed, found.kind)
    found.origins["url"] = f"pattern `{pattern}`" if typed == pattern else f"the preset `{typed}`"
    values = {"slug": found.slug, "id": fields.id}
    if found.date is not None:
        values |= _day(found.date, settings.zone if typed in IN_SITE_ZONE else None)
    values |= _names(pattern, found, given, named, title)
    if ":path" in pattern:
        in_kind = found.kind == named.kind and named.folders[:1] == (named.kind_folder,)
        values["path"] = "/".join((*_folders(found, given.path, named.folders[in_kind:]), found.slug))
    if ":categor" in pattern:
        values["categories"] = "/".join(filter(None, (_category_slug(name, settings) for name in fields.terms.get("categories", ()))))
        values["category"] = _category(fields.terms, settings)
    if not fields.slug and (":slug" in pattern or ":path" in pattern) and (problem := slug_problem("", found.slug)):
        problem = problem if found.slug else f"The {named.named_by} `{named.name}` makes no slug"
        found.diagnostics.append(diagnostic("slug-invalid", problem, given.path))
    found.url = expand(pattern, values)


def _chosen(kind: str, named: Naming, settings: ReadSettings) -> str:
    """Return what `[content.permalinks]` has for the nearest folder, else for the kind."""
    for depth in range(len(named.folders), 0, -1):
        folder = "/".join(named.folders[:depth])
        if folder in settings.permalinks and folder not in DEFAULT_PERMALINKS:
            return settings.permalinks[folder]
    return settings.permalinks.get(kind) or DEFAULT_PERMALINKS["page"]


def _day(moment: Moment, zone: ZoneInfo | None) -> dict[str, str]:
    """Return the parts of the day that was written, or that it was then in a zone."""
    year, month, day = moment.year, moment.month, moment.day
    if zone is not None:
        year, month, day = datetime.fromtimestamp(moment.instant // 1_000_000, zone).strftime("%Y %m %d").split()
    return {"year": year, "month": month, "day": day}


def _names(pattern: str, found: Identity, given: _Given, named: Naming, title: str) -> dict[str, str]:
    """Return the values of those tokens of a pattern that are names."""
    values = {}
    if "title" in pattern:
        values["title"] = slug(title)
        values["slugortitle"] = found.slug if given.fields.slug else values["title"] or found.slug
    if "filename" in pattern:
        values["filename"] = slug(f"{named.date}-{named.name}" if named.date else named.name)
        values["slugorfilename"] = found.slug if given.fields.slug else values["filename"]
    if ":section" in pattern:
        folders = _folders(found, given.path, named.folders)
        values |= {"section": folders[0] if folders else "", "sections": "/".join(folders)}
    return values


def _folders(found: Identity, path: str, folders: tuple[str, ...]) -> list[str]:
    """Give the slugs of folders that stand in a URL."""
    segments = []
    for folder in folders:
        segment = slug(folder)
        problem = slug_problem("", segment)
        if problem:
            message = f"{problem}, made of the folder `{folder}`" if segment else f"The folder `{folder}` makes no slug"
            found.diagnostics.append(
                diagnostic("slug-invalid", message, path, hint="rename the folder, or write `url:` in the front matter")
            )
        segments.append(segment)
    return segments


def _category(terms: Mapping[str, tuple[str, ...]], settings: ReadSettings) -> str:
    names = terms.get("categories", ())
    return _category_slug(names[0], settings) if names else ""


def _category_slug(name: str, settings: ReadSettings) -> str:
    return settings.category_slugs.get(term_key(name)) or slug(name)


def _aliases(found: Identity, given: _Given) -> None:
    """Take the paths that redirect here, each place once, and not the item's own."""
    places = {same_place(found.url)}
    taken = []
    for typed in given.fields.aliases:
        alias, problem = typed_path(typed, page=False)
        if problem:
            found.diagnostics.append(diagnostic("url-invalid", f"The alias `{typed}` {problem}", *given.place("aliases")))
        elif same_place(alias) not in places:
            places.add(same_place(alias))
            taken.append(alias)
            if paths.is_file_of_data(alias):
                found.diagnostics.append(diagnostic("redirect-file", f"The alias `{typed}` {NO_PAGE}", *given.place("aliases")))
    found.aliases = tuple(taken)
