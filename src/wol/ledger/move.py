"""Renaming a source or a folder of sources so that no address and no id is lost: the old places become aliases, references follow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import unquote

import msgspec

from wol import paths
from wol.content.amend import Value, amend
from wol.content.fields import read_fields
from wol.content.front_matter import split
from wol.content.identity import identify
from wol.content.kinds import naming
from wol.content.raw import Defaults
from wol.content.read import read_source
from wol.content.reference import read_reference
from wol.content.relink import relative, relink
from wol.engine.reading import read_all_defaults
from wol.errors import WolError, diagnostic
from wol.ledger.edits import Edit, edit
from wol.ledger.overview import Overview
from wol.ledger.place import Renaming
from wol.model.item import Item, Link, Moment
from wol.site.feed_ids import id_urn

if TYPE_CHECKING:
    from wol.content.markdown.reader import Reader


class MovePlan(msgspec.Struct, frozen=True):
    """What a renaming takes: `aliases` are old and new URLs, `notes` are sentences about what its writer has to look at."""

    edits: tuple[Edit, ...]
    rename: tuple[str, str] | None
    aliases: tuple[tuple[str, str], ...]
    relinked: int
    notes: tuple[str, ...]


def move(over: Overview, renaming: Renaming, *, links: bool) -> MovePlan:
    """Decide all that a renaming changes; `links` says whether references in texts are written anew. Raises WolError where an item's new place is an
    error, or as `wol.content.amend`.
    """
    return _Move(over, renaming).plan(links=links)


class _Move:
    """One renaming on the way to its plan."""

    def __init__(self, over: Overview, renaming: Renaming) -> None:
        self.over = over
        self.renaming = renaming
        self.settings = over.sources.settings
        self.aliases: list[tuple[str, str]] = []
        self.notes: list[str] = []
        self.relinked = 0

    def plan(self, *, links: bool) -> MovePlan:
        over, renaming, folder = self.over, self.renaming, self.over.folder
        tree = over.sources.scan.tree
        moving = [renaming.new] if renaming.is_done else [key for key in tree.items if renaming.of(key) != key]
        if not moving and not any(renaming.of(key) != key for key in tree.others):
            path = f"{folder}/{renaming.old}"
            raise WolError(diagnostic("url-unknown", f"`{path}` is no file that wol reads", hint=over.suggestion(renaming.old)))
        for key in moving:
            over.refuse_errors(key)
        edits = []
        for key in tree.items:
            if key not in over.summaries or tree.items[key].path != f"{folder}/{key}":
                continue
            fields = self.fields(key) if key in moving else {}
            wanted = self.wanted(key)
            if not fields and not wanted:
                continue
            path = f"{folder}/{key}"
            before = (over.root / path).read_bytes()
            data = self.follow(key, before, wanted) if links else before
            if not links:
                self.notes += (self.told(key, over.summaries[key].links[number], to) for number, to in wanted.items())
            if fields:
                data = amend(data, path, fields)
            if data != before:
                edits.append(edit(path, before, data))
        self.notes += self.settings_told()
        unread = sorted(key for key in tree.items if key not in over.summaries and over.errors(key))
        if unread:
            self.notes.append(
                f"References in {', '.join(f'{folder}/{key}' for key in unread[:3])} were not looked for: `wol build` says why"
            )
        moved = None if renaming.is_done else (f"{folder}/{renaming.old}", f"{folder}/{renaming.new}")
        return MovePlan(tuple(edits), moved, tuple(self.aliases), self.relinked, tuple(self.notes))

    # What a source gets

    def fields(self, key: str) -> dict[str, Value]:
        """Give the fields that keep the address, the id and the date of an item that is renamed."""
        over, summary = self.over, self.over.summaries[key]
        new = self.renaming.of(key)
        if self.renaming.is_done:
            return self.fields_of_done(key)
        fields: dict[str, Value] = {}
        made = self.identity(key, new)
        if summary.date is not None and made.date is None:
            fields["date"] = summary.date.local[:10]
            made = self.identity(key, new, fields)
        if not over.was_published(key):
            return fields
        if made.kind != summary.kind:
            self.notes.append(
                f"`{over.folder}/{new}` is a {made.kind} there and no {summary.kind} any more: it is in other lists and feeds"
            )
        if made.url == summary.url:
            return fields
        other = over.by_url.get(made.url) or over.aliases.get(made.url, key)
        if self.renaming.of(other) == other != key:
            message = f"`{over.folder}/{other}` and `{over.folder}/{new}` would both be at `{made.url}`"
            raise WolError(diagnostic("url-collision", message, f"{over.folder}/{other}", hint="give another name"))
        fields["aliases"] = (summary.url,)
        if not summary.id and not summary.guid:
            fields["guid"] = over.feed_ids[key]
        self.aliases.append((summary.url, made.url))
        if made.draft and not summary.draft:
            self.notes.append(f"`{over.folder}/{new}` is a draft there: its old URL `{summary.url}` would vanish; `wol gone` withdraws it")
        return fields

    def fields_of_done(self, key: str) -> dict[str, Value]:
        """Give the fields of an item whose file was renamed before."""
        over, summary = self.over, self.over.summaries[key]
        url = self.renaming.url or self.identity(key, self.renaming.old).url
        fields: dict[str, Value] = {}
        if url == summary.url:
            return fields
        if url not in summary.aliases:
            fields["aliases"] = (url,)
            self.aliases.append((url, summary.url))
        told = over.held[url].feed_id if url in over.held else ""
        if not summary.guid and (not summary.id or (told and told != id_urn(summary.id))):
            fields["guid"] = told or paths.permalink(over.config.site.base_url, url)
        return fields

    def identity(self, key: str, new: str, fields: Mapping[str, Value] = {}) -> _Place:
        """Read where an item will be under a path; raises WolError for what is wrong with it there."""
        path = f"{self.over.folder}/{key}"
        data = (self.over.root / path).read_bytes()
        block = split(amend(data, path, fields) if fields else data, f"{self.over.folder}/{new}")
        found = identify(new, read_fields(block, self.defaults_of(new), self.settings), naming(new, self.settings), self.settings)
        errors = [d for d in found.diagnostics if d.severity == "error"]
        if errors:
            raise WolError(errors)
        return _Place(found.url, found.kind, found.draft or found.private, found.date)

    @cached_property
    def defaults(self) -> Mapping[str, Defaults]:
        """The defaults of each folder, as they will be."""
        return read_all_defaults(self.over.sources.scan.tree, self.over.root)[0]

    def defaults_of(self, key: str) -> tuple[Defaults, ...]:
        found = []
        folder = paths.folder(key)
        while True:
            for old, given in self.defaults.items():
                if self.renaming.of(old) == folder:
                    found.append(given)
            if not folder:
                return tuple(found)
            folder = paths.folder(folder)

    # References

    def wanted(self, key: str) -> dict[int, str]:
        """Give for each reference of a source that would lead elsewhere the content path that it means, by its number."""
        home = paths.folder(self.renaming.of(key))
        found: dict[int, str] = {}
        for number, link in enumerate(self.over.summaries[key].links):
            if not link.path or not (link.path in self.known or self.renaming.of(link.path) != link.path):
                continue
            to = self.renaming.of(link.path)
            now = link.path if link.raw.startswith("/") else paths.join(home, unquote(re.split("[?#]", link.raw, maxsplit=1)[0]))
            if now != to:
                found[number] = to
        return found

    @cached_property
    def known(self) -> frozenset[str]:
        """Every file that a reference may mean, and the folders of bundles."""
        tree = self.over.sources.scan.tree
        return frozenset({*tree.items, *tree.others, *(s.bundle for s in self.over.summaries.values() if s.bundle)})

    def follow(self, key: str, data: bytes, wanted: Mapping[int, str]) -> bytes:
        """Write the references of a source anew."""
        if not wanted:
            return data
        new = self.renaming.of(key)

        def read(changed: bytes) -> Item | None:
            items = read_source(new, changed, self.defaults_of(new), self.settings, self.reader).items
            return items[0] if items else None

        done = relink(data, wanted, paths.folder(new), read)
        self.relinked += done.done
        self.notes += (self.told(new, link, to) for link, to in done.left)
        return done.data

    @cached_property
    def reader(self) -> Reader:
        from wol.content.markdown.reader import Reader

        return Reader(self.settings)

    def told(self, key: str, link: Link, to: str) -> str:
        new = self.renaming.of(key)
        shown = to if to.startswith(("/", ".")) or "#" in to else relative(link.raw, to, paths.folder(new))
        return f"{self.over.folder}/{new}:{link.line}: the reference `{link.raw}` should be `{shown}` now"

    def settings_told(self) -> Iterator[str]:
        """Tell of what `site.toml` refers to."""
        config = self.over.config
        named = [("[theme] nav", entry.to) for entry in config.theme.nav]
        named += [("[site] image", config.site.image), ("[site.author] photo", config.site.author.photo)]
        for name, typed in named:
            link = read_reference(typed)
            if link is not None and link.path and self.renaming.of(link.path) != link.path:
                yield f"site.toml: `{typed}` in `{name}` should be `{self.renaming.of(link.path)}` now"


class _Place(msgspec.Struct, frozen=True):
    url: str
    kind: str
    draft: bool
    date: Moment | None
