"""From findings on pages to lines of sources: a writer mends a text, a template or a setting, never a page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

import msgspec

from wol import paths
from wol.check.address_parser import ParsedAddress
from wol.check.site_inspection import SiteInspection
from wol.codes import CODES
from wol.errors import Diagnostic, Span, diagnostic
from wol.model.inspection import Finding
from wol.model.item import Link

OFTEN = 3
"""Pages of one template with the same finding, if they are most of its pages, after which the template is meant."""

TELLING = frozenset({"link-broken", "link-anchor", "link-unpublished", "image-missing", "image-alt"})
"""Codes by which a build tells of an address; `wol check` does not tell of it again."""


class LocatedFinding(msgspec.Struct, frozen=True):
    """A finding with its place, and all names by which it may be allowed."""

    diagnostic: Diagnostic
    names: tuple[str, ...]


def locate(inspection: SiteInspection, findings: Iterable[Finding]) -> Iterator[LocatedFinding]:
    """Return each finding its place; those of one place, code and sentence are one, which says on how many pages it is."""
    places = SourceLocator(inspection)
    groups: dict[tuple[str, str, Span | None], list[Finding]] = {}
    own_first = sorted(findings, key=lambda finding: not places.subject(finding.page))
    for finding in _by_template(inspection, places, own_first):
        span = finding.span or places.of(finding)
        groups.setdefault((finding.code, finding.message, span), []).append(finding)
    for (code, _, span), group in groups.items():
        if code in CODES and span is not None and any(places.is_told(span, finding.typed) for finding in group):
            continue
        first = group[0]
        urls = list(dict.fromkeys(paths.url_path(finding.page) for finding in group if finding.page))
        is_own = first.page not in inspection.pages or (span is not None and places.is_own(first, span))
        notes = (*first.notes, *_on_pages(urls, is_own=is_own))
        path = span.path if span is not None else ""
        located = _diagnostic(first, span, notes)
        names = dict.fromkeys([path, *urls, *(f.typed for f in group), *(name for f in group for name in f.names)])
        yield LocatedFinding(located, tuple(name for name in names if name))


def _diagnostic(finding: Finding, span: Span | None, notes: Iterable[str]) -> Diagnostic:
    """Return what a finding becomes; only a code of a plugin's own has no entry."""
    if finding.code not in CODES:
        return Diagnostic(finding.code, finding.severity, finding.message, span, finding.hint, tuple(notes))
    path, line, column = (span.path, span.line, span.column) if span is not None else ("", 0, 0)
    return diagnostic(finding.code, finding.message, path, line, column, hint=finding.hint, notes=notes)


def _on_pages(urls: list[str], *, is_own: bool) -> Iterator[str]:
    if len(urls) > 1:
        yield f"on {len(urls):,} pages, the first is `{urls[0]}`"
    elif urls and not is_own:
        yield f"on the page `{urls[0]}`"


def _by_template(inspection: SiteInspection, places: SourceLocator, findings: list[Finding]) -> Iterator[Finding]:
    """Move what most pages of a template have alike to the template."""
    alike: defaultdict[tuple[str, str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        template = places.template(finding.page) if finding.span is None and not finding.typed else ""
        alike[finding.code, finding.message, template].append(finding)
    pages = Counter(places.template(path) for path in inspection.pages)
    for (_, _, template), group in alike.items():
        if template and len(group) >= OFTEN and 2 * len(group) >= pages[template]:
            yield from (msgspec.structs.replace(finding, span=Span(template)) for finding in group)
        else:
            yield from group


class SourceLocator:
    """Finds where things are typed. Files are read when something is looked for in them."""

    def __init__(self, inspection: SiteInspection) -> None:
        self._inspection = inspection
        self._built = inspection.built
        self._folder = inspection.built.config.content.folder
        self._texts: dict[str, str] = {}
        self._known: dict[str, Span] = {}
        """Where each address was found that stands in a text: lists and feeds show parts of texts."""

    def of(self, finding: Finding) -> Span | None:
        """Return the place of a finding: the line where the text is typed, else the file that its page is made of."""
        key = self.subject(finding.page)
        if finding.typed:
            span = self._typed(key, finding)
            if span is not None:
                return span
        return self.source(finding.page)

    def source(self, page: str) -> Span | None:
        """Return the file that a page is made of: its text, its template, or the file that was copied."""
        key, target = self.subject(page), self._inspection.target(page)
        if key:
            return Span(f"{self._folder}/{key}")
        if target is not None and target.role == "copy" and target.source:
            return Span(target.source)
        template = self.template(page)
        if template:
            return Span(template)
        return Span(f"{self._built.config.build.output}/{page}") if page else None

    def subject(self, page: str) -> str:
        """Return the key of the item that a page is about."""
        target = self._inspection.target(page)
        return target.subject if target is not None and target.subject in self._built.items else ""

    def template(self, page: str) -> str:
        """Return the file of the template that made a page."""
        target = self._inspection.target(page)
        for name in (target.template, "page.html") if target is not None and target.template else ():
            source = self._built.templates.find(name)
            if source is not None:
                return source[1].path
        return ""

    def is_own(self, finding: Finding, span: Span) -> bool:
        """Return whether a place is in the text of the finding's page itself."""
        key = self.subject(finding.page)
        return bool(key) and span.path == f"{self._folder}/{key}"

    def is_told(self, span: Span, typed: str) -> bool:
        """Return whether the build has told of an address at a place."""
        raws, key = self._told.get((span.path, span.line), ()), span.path.removeprefix(f"{self._folder}/")
        if not typed or not raws or key not in self._built.items:
            return False
        links = {link.raw: link for link in self._built.items[key].links}
        return any(self._means(key, links.get(raw, Link("link", raw)), typed) for raw in raws)

    @cached_property
    def _told(self) -> Mapping[tuple[str, int], tuple[str, ...]]:
        reported: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        for one in self._built.told:
            if one.code in TELLING and one.span is not None:
                reported[one.span.path, one.span.line] += re.findall(r"`([^`]*)`", one.message)
        return {place: tuple(raws) for place, raws in reported.items()}

    def _typed(self, key: str, finding: Finding) -> Span | None:
        """Search for an address: in the page's own text, in templates and settings, then in any text, of which a list may show a part."""
        target = self._inspection.target(finding.page)
        if key:
            span = self._of_links(key, self._built.items[key].links, finding.typed) or self.line(f"{self._folder}/{key}", finding.typed)
            if span is not None:
                self._known.setdefault(self._meant(finding), span)
                return span
        if target is not None and target.source:
            return self.line(target.source, finding.typed)
        for path in self._shared:
            span = self.line(path, finding.typed, whole=True)
            if span is not None:
                return span
        known = self._known.get(self._meant(finding))
        if known is not None:
            return known
        for other, link in self._links.get(self._normal(finding.typed), ()):
            return self._of_links(other, (link,), finding.typed)
        return None

    def _of_links(self, key: str, links: Iterable[Link], typed: str) -> Span | None:
        for link in links:
            if link.line and self._means(key, link, typed):
                path = f"{self._folder}/{key}"
                lines = self._text(path).split("\n")
                column = lines[link.line - 1].find(link.raw) + 1 if link.line <= len(lines) else 0
                return Span(path, link.line, column)
        return None

    def _means(self, key: str, link: Link, typed: str) -> bool:
        """Return whether an address on a page is what became of one in the text: encoded, made absolute, or that of the file which was published."""
        shown = self._normal(typed)
        if shown == unquote(link.raw.strip()) or (link.path and shown == f"/{link.path}"):
            return True
        target = self._built.items.get(link.path)
        if target is not None and link.fragment and shown == f"{target.url}#{link.fragment}":
            return True
        beside = self._inspection.addresses.read(self._built.items[key].url, link.raw)
        return beside.sort == "inside" and _written(beside) == shown

    def _meant(self, finding: Finding) -> str:
        """Return what an address on a page leads to: the same in a text and in every list that shows a part of it."""
        return _written(self._inspection.addresses.read(paths.url_path(finding.page), finding.typed))

    def _normal(self, typed: str) -> str:
        """Return an address without what differs from place to place: percent-encoding, and the site's own address before it."""
        return _written(self._inspection.addresses.read("/", typed)) if typed[:1] == "/" or "://" in typed else unquote(typed.strip())

    @cached_property
    def _links(self) -> Mapping[str, list[tuple[str, Link]]]:
        """Every address that some text has, without what differs from page to page."""
        links: defaultdict[str, list[tuple[str, Link]]] = defaultdict(list)
        for key, summary in self._built.items.items():
            for link in summary.links:
                links[self._normal(link.raw)].append((key, link))
        return links

    @cached_property
    def _shared(self) -> tuple[str, ...]:
        """The files of which every page may show something: templates, those of the site first, and settings."""
        names = self._built.templates.names
        files = [source[1].path for name in names if (source := self._built.templates.find(name)) is not None]
        return (*sorted(files, key=lambda path: (path.startswith("<"), path)), "site.toml")

    def line(self, path: str, typed: str, *, whole: bool = False) -> Span | None:
        """Return the first place of a file at which an address is typed, as it is or decoded; `whole`: not as a part of another."""
        text = self._text(path)
        for form in dict.fromkeys((typed, unquote(typed), typed.removeprefix(self._inspection.addresses.path))):
            at = -1
            if len(form) > 1 and whole:
                match = re.search(rf"(?<![\w/.%-]){re.escape(form)}(?![\w/.%-])", text) if form in text else None
                at = match.start() if match is not None else -1
            elif len(form) > 1:
                at = text.find(form)
            if at >= 0:
                return Span(path, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
        return None

    def _text(self, path: str) -> str:
        if path not in self._texts:
            try:
                data = Path(self._built.root, path).read_bytes() if path == "site.toml" else self._built.taken.read(path)
            except (OSError, KeyError):
                data = b""
            self._texts[path] = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
        return self._texts[path]


def _written(address: ParsedAddress) -> str:
    return f"{address.place}#{address.fragment}" if address.fragment else address.place
