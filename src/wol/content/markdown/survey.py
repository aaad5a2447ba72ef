"""One walk over the tokens of a text: references, raw HTML, code, anchors, and what the writer should know of each."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markdown_it.token import Token

from wol import local_paths
from wol.content.markdown import limits
from wol.content.markdown.findings import Findings
from wol.content.markdown.foreign_syntax import note, note_paragraph
from wol.content.markdown.foreign_syntax import report as report_foreign
from wol.content.markdown.highlight import Highlighter, language_of
from wol.content.markdown.links import opens, placeholder, refer, report_local, stripped
from wol.content.markdown.marks import MARK, STATES
from wol.content.markdown.page_anchors import freed
from wol.content.markdown.raw_html import Balance, report_alt, rewrite
from wol.content.markdown.render import note_anchor, reference_anchor
from wol.content.markdown.rules.comments import UNCLOSED
from wol.content.markdown.rules.footnotes import report_missing
from wol.content.markdown.rules.headings import image_text
from wol.content.markdown.rules.near_links import TYPED
from wol.content.markdown.rules.percent import UNCLOSED_WAY_OUT, begins_line
from wol.content.markdown.visible_signs import note_asterisks, note_bullets
from wol.errors import shown

_SILENT = frozenset(
    ["text", "softbreak", "hardbreak", "code_inline", "em_open", "em_close", "strong_open", "strong_close", "s_open", "s_close"]
)
"""Inline tokens of which there is nothing to say unless a rule has left a note in them."""

_REFUSED = re.compile(
    r"""(?P<image>!\[[^\[\]]*)?\]\(\s*<?(?P<address>[^()<>"\n]*[^()<>"\s]) | <(?P<auto>file:[^<>\s]*)> | ^\[[^\[\]]+\]:[ \t]*<?(?P<defined>[^\s<>]+)""",
    re.VERBOSE | re.IGNORECASE,
)
_EMPTY = re.compile(r"!?\[[^\]]*\]\([^)]*\)")
_ESCAPED = ("\\[", "\\]", "\\<")


class Survey:
    """The walk. After it, tokens hold all that rendering needs. Rules of features mark tokens only where there are some: `marked`."""

    def __init__(self, findings: Findings, highlighter: Highlighter, limit: int, *, marked: bool = False) -> None:
        self._findings = findings
        self._highlighter = highlighter
        self._balance = Balance(findings)
        self._limit = limit
        self._marked = marked
        self._percents: list[int] = []
        self.states = False
        """Whether there is anything that becomes a mark."""
        self.stated: list[int] | None = None if marked else []
        """The places of blocks in which that may be; None where all have to be looked at, as for anchors that are no heading's."""

    def walk(self, tokens: Iterable[Token], raw: bool) -> None:
        """Look at all tokens; `raw` tells that there is raw HTML, so that the tags of blocks count too."""
        for place, token in enumerate(tokens):
            kind = token.type
            if token.meta and "given" in token.meta and token.nesting >= 0:
                if kind != "heading_open":
                    self.stated = None
                self._anchor(token, self._findings.line(token))
            if self._marked and token.meta and MARK in token.meta:
                self.states = True
            if kind == "inline":
                if token.children and self._inline(token, token.children) and self.stated is not None:
                    self.stated.append(place)
            elif kind == "fence":
                self._code(token)
            elif kind == "code_block" and self._findings.isolates_code:
                token.attrs.setdefault("dir", "ltr")
            elif kind == "html_block":
                links = len(self._findings.links)
                self._raw(token)
                self.states = self.states or any(link.use == "link" for link in self._findings.links[links:])
                if self.stated is not None:
                    self.stated.append(place)
            elif raw and token.nesting > 0:
                self._balance.enter()
            elif raw and token.nesting < 0:
                self._balance.leave()
            elif kind == "footnote_back":
                self.stated = None
                self._findings.anchors.setdefault(note_anchor(token.meta["number"]), 0)
        self._balance.leave()
        report_foreign(self._findings)

    def _inline(self, inline: Token, children: list[Token]) -> bool:
        """Look at the tokens of one block; tells whether any of them becomes a mark."""
        findings = self._findings
        open_links: list[Token] = []
        percents: list[Token] = []
        links = len(findings.links)
        states = False
        written = inline.content
        note_paragraph(findings, written, findings.line(inline))
        if not written.isascii():
            note_bullets(findings, written, findings.line(inline))
        has_asterisks = "**" in written
        may_be_refused = ("]" in written or "<" in written) and not any(escaped in written for escaped in _ESCAPED)
        for child in children:
            kind = child.type
            if kind == "code_inline" and findings.isolates_code:
                child.attrs.setdefault("dir", "ltr")
            if kind in _SILENT and not child.meta:
                if has_asterisks and kind == "text" and "**" in child.content:
                    note_asterisks(findings, child.content, written, findings.line(inline))
                if may_be_refused and kind == "text" and ("]" in child.content or "<" in child.content):
                    self._refused(child.content, inline)
                continue
            if child.meta and "given" in child.meta and child.nesting >= 0:
                self._anchor(child, findings.line(child if child.map else inline))
            if child.meta and MARK in child.meta:
                states = True
            if kind == "link_open":
                if child.map is None:
                    child.map = inline.map
                self._refer(child, "href", "link", inline)
                open_links.append(child)
            elif kind == "link_close":
                child.meta["opens"] = open_links.pop().meta.get("opens")
            elif kind == "image":
                self._refer(child, "src", "image", inline)
                if "alt" not in child.meta and not image_text(child).strip():
                    report_alt(findings, str(child.attrs["src"]), findings.line(child))
            elif kind == "html_inline":
                self._raw(child)
            elif kind == "foreign":
                if not child.meta["formula"]:
                    note(findings, "template", child.content, findings.line(child))
            elif kind == "footnote_ref":
                findings.anchors.setdefault(reference_anchor(child.meta["number"], child.meta["use"]), 0)
            elif kind == "footnote_missing":
                report_missing(findings, child)
            elif kind == "comment_unclosed":
                self._unclosed_comment(findings.line(child))
            elif kind == "percent_unclosed":
                findings.report("comment-unclosed", "The comment `%%` is not closed", findings.line(child), UNCLOSED_WAY_OUT)
            elif kind == "percent":
                percents.append(child)
        if percents:
            self._ambiguous(inline, percents)
        if states or (len(findings.links) > links and any(link.use == "link" for link in findings.links[links:])):
            inline.meta[STATES] = self.states = True
            return True
        return False

    def _anchor(self, token: Token, line: int) -> None:
        """Note the anchor that the writer gave, which is another one if the page has it already."""
        given = token.meta["given"]
        anchor = freed(given, line, self._findings)
        if anchor != given:
            token.meta["given"] = anchor
            token.attrs["id"] = anchor
        self._findings.anchor(anchor, line)

    def _unclosed_comment(self, line: int) -> None:
        """Report a comment without an end, or with one that is in another block of the text."""
        if self._findings.first_line + self._findings.last_comment_end > line:
            message = "The comment `<!--` begins within a paragraph, so it must end before the next empty line"
            self._findings.report("comment-unclosed", message, line, "write `<!--` at the beginning of a line, after an empty one")
        else:
            self._findings.report("comment-unclosed", UNCLOSED, line)

    def _refer(self, token: Token, name: str, use: str, inline: Token) -> None:
        findings = self._findings
        typed = str(token.attrs[name])
        if not typed:
            self._report_empty(token, inline, use)
            return
        self._limit -= len(typed) + len(str(token.attrs.get("title", "")))
        if self._limit < 0:
            limits.refuse_growth(findings)
        if "%7B%7B" in typed or "%7B%25" in typed:
            note(findings, "template", "{{" if "%7B%7B" in typed else "{%", findings.line(token))
        if token.info == "auto":
            return
        number = refer(findings, typed, use, findings.line(token), token.meta.get(TYPED, ""))
        if number is None:
            token.attrs[name] = stripped(findings, typed, findings.line(token))
            return
        token.meta["place"] = placeholder(findings, number)
        token.meta["opens"] = opens(findings.links[number])
        token.meta["link"] = number

    def _report_empty(self, token: Token, inline: Token, use: str) -> None:
        """Report a link or an image without an address."""
        found = _EMPTY.match(inline.content, token.meta.get("at", 0))
        what = f"`{shown(found[0])}`" if found else "The image" if use == "image" else "The link"
        code, end = ("image-missing", "shows no image") if use == "image" else ("link-broken", "leads nowhere")
        self._findings.report(code, f"{what} has no address and {end}", self._findings.line(token), "write the address between `(` and `)`")

    def _refused(self, text: str, inline: Token) -> None:
        """Report what was meant as a link to a file of the computer: the parser makes none of `file:`, nor of a path with spaces."""
        for found in _REFUSED.finditer(text):
            address = found["address"] or found["auto"] or found["defined"]
            if local_paths.is_local(address):
                line = self._findings.line(inline) + inline.content.count("\n", 0, max(0, inline.content.find(address)))
                report_local(self._findings, address, "image" if found["image"] else "link", line)

    def _raw(self, token: Token) -> None:
        for sign in ("{{", "{%", "<?"):
            if sign in token.content:
                line = self._findings.line(token) + token.content.count("\n", 0, token.content.index(sign))
                note(self._findings, "php" if sign == "<?" else "template", sign, line)
        token.content = rewrite(token, self._findings, self._balance)

    def _code(self, token: Token) -> None:
        language = language_of(token.info)
        html = self._highlighter.highlight(token.content, language)
        if html is None:
            line = self._findings.line(token)
            self._findings.report("code-language", f"Pygments has no language `{language}`", line, self._highlighter.suggest(language))
            html = self._highlighter.highlight(token.content, "")
        if self._findings.isolates_code:
            token.attrs.setdefault("dir", "ltr")
        token.meta["language"] = language
        token.meta["html"] = html

    def _ambiguous(self, inline: Token, percents: list[Token]) -> None:
        """Report two `%%` in one paragraph, or the second line of the text that begins with one."""
        findings = self._findings
        second = percents[1] if len(percents) > 1 else None
        for token in percents:
            if begins_line(inline.content, token.meta["at"]):
                self._percents.append(findings.line(token))
                if len(self._percents) > 1 and second is None:
                    second = token
        if second is not None:
            findings.report("comment-ambiguous", "A pair of `%%` may be meant as a comment", findings.line(second))
