"""Reading: from the bytes of one source to its items. Pure, and the same in any process."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from wol import digest, local_paths, paths
from wol.content.fields import Fields, read_fields
from wol.content.front_matter import split
from wol.content.identity import identify
from wol.content.kinds import Naming, naming
from wol.content.markdown.findings import Findings
from wol.content.markdown.links import refer
from wol.content.markdown.rules.east_asian import join_lines
from wol.content.merge_markers import unresolved
from wol.content.value_readers import Reference
from wol.errors import Diagnostic, diagnostic
from wol.model import mark
from wol.model.item import DateFact, Item, Link, LinkFact, MapFact, Moment, Part, PlainFact, StoredFact, Summary
from wol.model.languages import direction
from wol.model.words import reading_minutes

if TYPE_CHECKING:
    from wol.content.markdown.reader import Reader, Text
    from wol.content.raw import Defaults
    from wol.content.settings import ReadSettings

MORE = "\n\n<!--more-->\n"


class Reading(msgspec.Struct, frozen=True):
    """What a source gave: its items with their warnings; or none, and its errors."""

    items: tuple[Item, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


def read_source(key: str, data: bytes, defaults: Sequence[Defaults], settings: ReadSettings, reader: Reader) -> Reading:
    """Read one source; `key` is its path from the content folder, `defaults` come nearest first.

    What a writer did wrong is in the diagnostics, all of it; a source with an error yields no item.
    """
    conflict = unresolved(data, f"{settings.folder}/{key}")
    if conflict is not None:
        return Reading((), (conflict,))
    block = split(data, f"{settings.folder}/{key}")
    if any(d.code == "source-encoding" for d in block.diagnostics):
        return Reading((), block.diagnostics)
    fields = read_fields(block, defaults, settings)
    named = naming(key, settings)
    language = fields.lang or settings.language
    text = reader.read(block.body, key=key, first_line=block.body_line, title=fields.title, language=language)
    excerpt = _excerpt(key, fields, text, reader)
    title, title_html, title_from = _title(fields, named, text, reader)
    who = identify(key, fields, named, settings, title)
    references = _References(key, fields, settings)
    image_link = references.refer("image", fields.image)
    references.refer("link", fields.link)
    for author in fields.authors:
        references.refuse("authors", author.url)
    references.refuse("licence", fields.licence)
    facts = references.facts() if fields.declared else {}
    found = (*block.diagnostics, *fields.diagnostics, *who.diagnostics, *references.diagnostics, *text.diagnostics, *excerpt.diagnostics)
    if any(d.severity == "error" for d in found):
        return Reading((), found)
    description = join_lines(fields.description)
    summary = Summary(
        key=key,
        kind=who.kind,
        title=title,
        title_html=title_html,
        url=who.url,
        slug=who.slug,
        section=who.url if named.index else "",
        bundle=named.bundle,
        id=fields.id,
        guid=fields.guid,
        date=who.date,
        updated=fields.updated,
        publish=fields.publish,
        expires=fields.expires,
        private=who.private,
        draft=who.draft,
        unlisted=fields.unlisted,
        gone=fields.gone,
        gone_reason=fields.gone_reason,
        titled=title_from in ("", "heading"),
        lang=language,
        dir=direction(language),
        template=fields.template,
        aliases=who.aliases,
        names=fields.names,
        terms=fields.terms,
        authors=fields.authors,
        description=description,
        abstract=description or excerpt.text,
        excerpt=excerpt.parts,
        excerpt_links=excerpt.links,
        excerpt_cut=excerpt.cut,
        image=fields.image,
        image_link=image_link,
        image_alt=fields.image_alt,
        canonical=fields.canonical,
        link=fields.link,
        syndication=fields.syndication,
        toc=fields.toc,
        feed=fields.feed,
        licence=fields.licence,
        words=text.words,
        minutes=reading_minutes(text.words),
        anchors=text.anchors,
        links=(*references.links, *excerpt.references, *text.links),
        raw_html=text.raw_html or excerpt.raw_html,
        extra=fields.extra,
        origins={**who.origins, **fields.origins, **_given_by(fields), **({"title": title_from} if title_from else {})},
        lines={
            name: fields.lines[name][0]
            for name in (
                "id",
                "guid",
                "date",
                "url",
                "slug",
                "template",
                *settings.taxonomies,
                *(one.field.name for one in settings.declared),
            )
            if name in fields.lines and name not in fields.origins
        },
        facts=facts,
        marks=mark.encode(text.marks),
    )
    return Reading((Item(summary, text.body, found, digest.short(digest.of_parts((title, block.body)))),))


class _Excerpt(msgspec.Struct, frozen=True):
    parts: tuple[Part, ...]
    links: tuple[Link, ...]
    cut: bool
    text: str
    raw_html: bool
    references: tuple[Link, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def _excerpt(key: str, fields: Fields, text: Text, reader: Reader) -> _Excerpt:
    """Give the excerpt: the field `summary`, read as a text of its own, else what the text begins with."""
    if not fields.summary:
        return _Excerpt(text.excerpt, text.excerpt_links, text.excerpt_cut, text.excerpt_text, text.raw_html)
    line = fields.lines["summary"][0]
    own = reader.read(fields.summary + MORE, key=key, first_line=line, title="", language=fields.lang)
    return _Excerpt(own.excerpt, own.excerpt_links, text.words > 0, own.excerpt_text, own.raw_html, own.links, own.diagnostics)


def _title(fields: Fields, named: Naming, text: Text, reader: Reader) -> tuple[str, str, str]:
    """Give the title as text and as HTML, and where it comes from if no field gave it."""
    given = reader.inline(fields.title, fields.lang) if fields.title is not None else text.title
    if given is not None and given.text.strip():
        return given.text, given.html, "" if fields.title is not None else "heading"
    return named.title, html.escape(named.title, quote=False), named.named_by


def _given_by(fields: Fields) -> dict[str, str]:
    """Tell which key gave a state, where that was another than its own, and in which file."""
    return {name: f"`{key}`" + (f" in `{fields.origins[name]}`" if name in fields.origins else "") for name, key in fields.keys.items()}


class _References:
    """References of the front matter; those of a `_defaults.toml` lead from its folder."""

    def __init__(self, key: str, fields: Fields, settings: ReadSettings) -> None:
        self._key = key
        self._fields = fields
        self._settings = settings
        self.links: list[Link] = []
        self.diagnostics: list[Diagnostic] = []

    def refuse(self, name: str, raw: str) -> None:
        """Report an address that only works on the writer's computer."""
        if local_paths.is_local(raw):
            home = self._fields.origins.get(name, self._key)
            path, place = f"{self._settings.folder}/{home}", self._fields.lines[name]
            hint = "write the address that readers use, or remove it"
            self.diagnostics.append(
                diagnostic(local_paths.CODE, local_paths.message(f"The link of `{name}` to", raw), path, *place, hint=hint)
            )

    def refer(self, name: str, raw: str) -> Link | None:
        """Give the link that a field makes, if it leads into the site."""
        return self._link(name, raw, "image" if name == "image" else "link", self._fields.lines[name][0]) if raw else None

    def facts(self) -> dict[str, StoredFact]:
        """Return the facts that the fields of features make; their links have no line, which would change with every edit above it."""
        names = {one.fact: one.field.name for one in self._settings.declared}
        return {fact: self._fact(names[fact], value) for fact, value in self._fields.declared.items()}

    def _fact(self, name: str, value: Any) -> StoredFact:
        if isinstance(value, dict):
            return MapFact({part: self._simple(name, one) for part, one in value.items()})
        return self._simple(name, value)

    def _simple(self, name: str, value: Any) -> PlainFact | DateFact | LinkFact:
        if isinstance(value, Moment):
            return DateFact(value)
        if isinstance(value, Reference):
            link = self._link(name, value, "link", value.line)
            return PlainFact(str(value)) if link is None else LinkFact(msgspec.structs.replace(link, line=0))
        return PlainFact(value)

    def _link(self, name: str, raw: str, use: str, line: int) -> Link | None:
        home = self._fields.origins.get(name, self._key)
        findings = Findings(f"{self._settings.folder}/{home}", paths.folder(home), 1)
        number = refer(findings, str(raw), use, line)
        self.links += findings.links
        self.diagnostics += findings.diagnostics
        return None if number is None else findings.links[number]
