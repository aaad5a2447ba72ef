"""Markdown text to `Text`: HTML in pieces with symbolic references, headings, excerpt, and what the writer should know."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from wol import paths
from wol.content.markdown import excerpt, limits
from wol.content.markdown.feature_parts import Taker
from wol.content.markdown.findings import Findings
from wol.content.markdown.highlight import Highlighter
from wol.content.markdown.links import opens
from wol.content.markdown.marks import find_marks
from wol.content.markdown.parser import make_inline_parser, make_parser
from wol.content.markdown.parts import renumber, split
from wol.content.markdown.raw_html import balanced
from wol.content.markdown.rule_failures import RuleFailedError, report
from wol.content.markdown.rules.headings import flat_html, give_anchors, plain, squeeze
from wol.content.markdown.survey import Survey
from wol.content.markdown.tags import closed_names
from wol.content.markdown.visible_words import visible
from wol.content.source_text import FORBIDDEN, is_clean
from wol.errors import Diagnostic
from wol.model.item import Body, Link, Part
from wol.model.languages import direction
from wol.model.mark import Mark
from wol.model.words import count_words

if TYPE_CHECKING:
    from wol.content.settings import ReadSettings

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_MARKED = re.compile(r"[\\`*_~&=^:'\".<>\-]")

_EMPTY = Body()


class Inline(msgspec.Struct, frozen=True):
    """A title: its HTML without links, and its text."""

    html: str
    text: str


class Text(msgspec.Struct, frozen=True):
    """What a Markdown text says.

    `title` is that of the only heading of level 1, if none was given. `links` has all references into the site, with their lines in the
    file: a pure `#fragment` has neither path nor URL, and so has one that leads out of the content folder; those that begin with `/` have
    both. `Link.raw` is not escaped. `body.links` is the same tuple; `excerpt` counts in `excerpt_links`. `words` counts what readers see.
    """

    title: Inline | None = None
    body: Body = _EMPTY
    excerpt: tuple[Part, ...] = ()
    excerpt_links: tuple[Link, ...] = ()
    excerpt_cut: bool = False
    excerpt_text: str = ""
    links: tuple[Link, ...] = ()
    anchors: tuple[str, ...] = ()
    words: int = 0
    raw_html: bool = False
    marks: dict[str, tuple[Mark, ...]] = {}
    diagnostics: tuple[Diagnostic, ...] = ()


class SmallText(NamedTuple):
    """A small text of the site: its pieces of HTML, and the references in it."""

    parts: tuple[Part, ...]
    links: tuple[Link, ...]


class Reader:
    """Reads texts under the settings of a site. Made once in each process; reading one text leaves no trace in the next."""

    def __init__(self, settings: ReadSettings) -> None:
        self._settings = settings
        self._parser = make_parser(settings.markdown, settings.callouts, settings.language, settings.syntax)
        self._inline = make_inline_parser(settings.markdown, settings.language)
        self._own_callouts = frozenset(settings.callouts)
        self._part_kinds = frozenset(kind for feature in settings.syntax for kind in feature.parts)
        self._mark_kinds = tuple(kind for feature in settings.syntax for kind in feature.marks)
        self.highlighter = Highlighter()

    def read(self, text: str, *, key: str, first_line: int = 1, title: str | None = None, language: str = "") -> Text:
        """Read the text of an item.

        `first_line` is the line of the file at which the text begins; `title` the item's title as typed, or None if it has none;
        `language` that of the item, where it is not the site's.
        Nothing is raised for what a writer typed: errors are among the diagnostics.
        """
        findings = Findings(paths.join(self._settings.folder, key), paths.folder(key), first_line, strip_images=self._settings.strip_images)
        try:
            return self._read(_clean(text), findings, title, language or self._settings.language)
        except limits.TextRefusedError:
            pass
        except RuleFailedError as error:
            report(findings, error)
        except RecursionError:
            findings.report("markdown-nesting", f"The text is nested over {limits.NESTING} levels deep", first_line)
        return Text(diagnostics=tuple(findings.diagnostics))

    def inline(self, text: str, language: str = "") -> Inline:
        """Read a title, in a language or in the site's: code, emphasis and entities are read, tags and links are shown as typed."""
        text = squeeze(_clean(text))
        if not _MARKED.search(text):
            return Inline(escapeHtml(text), text)
        children = self._inline.parseInline(text, {"language": language})[0].children
        return Inline(flat_html(children, tags=True), squeeze(plain(children)))

    def block(self, text: str) -> SmallText:
        """Read a small text of the site, such as a biography, that can be on any page: no anchors, no notes. Its references are from the content folder."""
        findings = Findings("", "", 1, strip_images=self._settings.strip_images)
        try:
            tokens, raw = self._parse(_clean(text), findings, self._small)
            Survey(findings, self.highlighter, limits.largest(text)).walk(tokens, raw)
            return SmallText(self._parts(excerpt.bare(tokens), findings, raw), tuple(findings.links))
        except (limits.TextRefusedError, RecursionError):
            return SmallText((f"<p>{escapeHtml(_clean(text))}</p>\n",), ())

    def _read(self, text: str, findings: Findings, title: str | None, language: str) -> Text:
        findings.closed = closed_names(text)
        findings.language = language
        findings.isolates_code = direction(language) == "rtl" or (not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None)
        tokens, raw = self._parse(text, findings, self._parser)
        found, tokens = self._take_title(tokens, title, language)
        survey = Survey(findings, self.highlighter, limits.largest(text), marked=bool(self._mark_kinds))
        survey.walk(tokens, raw)
        headings = give_anchors(tokens, findings, self._settings.markdown.heading_ids)
        marks = find_marks(tokens, survey.stated, findings, self._mark_kinds, language) if survey.states else {}
        parts = self._parts(tokens, findings, raw, limits.largest(text))
        chosen, cut = excerpt.find_excerpt(tokens, more=findings.more)
        excerpt_parts, excerpt_links = renumber(self._parts(chosen, findings, raw), findings.links)
        return Text(
            title=found,
            body=Body(parts, tuple(findings.links), headings),
            excerpt=excerpt_parts,
            excerpt_links=excerpt_links,
            excerpt_cut=cut,
            excerpt_text=squeeze(visible(chosen)),
            links=tuple(findings.links),
            anchors=tuple(findings.anchors),
            words=count_words(visible(tokens)),
            raw_html=raw,
            marks=marks,
            diagnostics=tuple(sorted(findings.diagnostics, key=_line)),
        )

    @cached_property
    def _small(self) -> MarkdownIt:
        """The parser of small texts."""
        return make_parser(
            msgspec.structs.replace(self._settings.markdown, footnotes=False), self._settings.callouts, self._settings.language
        )

    def _parse(self, text: str, findings: Findings, parser: MarkdownIt) -> tuple[list[Token], bool]:
        """Give the tokens of a text, and whether there is raw HTML among them."""
        findings.pipes = "|" in text
        findings.markdown_in_html = "markdown=" in text
        if (at := text.rfind("-->")) >= 0:
            findings.last_comment_end = text.count("\n", 0, at)
        tokens = parser.parse(text, {"findings": findings})
        raw = "<" in text and any(
            token.type == "html_block" or any(child.type == "html_inline" for child in token.children or ()) for token in tokens
        )
        return tokens, raw

    def _take_title(self, tokens: list[Token], title: str | None, language: str) -> tuple[Inline | None, list[Token]]:
        """Find the title in the text if none is given: its only heading of level 1. Leave the heading out that says again what the page's header says."""
        first = next((place for place, token in enumerate(tokens) if token.type != "comment"), 0)
        places = [place for place, token in enumerate(tokens) if token.tag == "h1" and token.nesting > 0 and token.level == 0]
        place = places[0] if places else None
        if place is None or (place != first if title is not None else len(places) > 1):
            return None, tokens
        children = tokens[place + 1].children or []
        heading = Inline(flat_html(children, tags=True), squeeze(plain(children, images=True, tags=True)))
        found = heading if title is None else None
        same = title is None or _same(heading.text, self.inline(title, language).text)
        if place != first or not same or not heading.text or any(child.type in ("image", "footnote_ref") for child in children):
            return found if heading.text else None, tokens
        given = tokens[place].meta.get("given")
        rest = tokens[:place] + tokens[place + 3 :]
        if given:
            rest.insert(
                0, Token("html_block", "", 0, content=f'<span id="{escapeHtml(given)}"></span>\n', map=tokens[place].map, block=True)
            )
        return found, rest

    def _parts(self, tokens: Sequence[Token], findings: Findings, raw: bool, limit: int = 0) -> tuple[Part, ...]:
        """Render tokens to parts."""
        taker = Taker(self._own_callouts, self._part_kinds, lambda inner: self._parts(inner, findings, raw), uncertain=findings.uncertain)
        if self._own_callouts or self._part_kinds or findings.uncertain:
            tokens = taker.blocks(tokens)
        html: str = self._parser.renderer.render(tokens, self._parser.options, {})
        if limit and len(html) > limit:
            limits.refuse_growth(findings)
        if raw:
            html = balanced(html, [number for number, link in enumerate(findings.links) if opens(link)])
        return split(html, taker.taken)


def _clean(text: str) -> str:
    """Replace what XML forbids; placeholders are made of some of these signs."""
    try:
        if is_clean(text.encode()):
            return text
    except UnicodeEncodeError:
        pass  # a surrogate, which is one of them
    return FORBIDDEN.sub("\ufffd", text)


def _same(one: str, other: str) -> bool:
    return unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)


def _line(finding: Diagnostic) -> int:
    return finding.span.line if finding.span else 0
